package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Levels;
import org.scaledimaging.engine.image.SpatialAxes;

/**
 * An image downsampled lazily from the coarsest level of its pyramid that will do: means of that level's voxels, which are
 * means themselves, rounded to the pixel type where that is an integer. Which level does is known from the metadata, or,
 * where these do not tell, found out when the first voxel is read.
 */
public final class PyramidDownsampling implements ImageSource {
    private final ImageSource image;
    private final int[] wanted;
    private final ImageSource fromFull;
    private ImageSource chosen;

    private PyramidDownsampling(ImageSource image, int[] wanted, ImageSource fromFull) {
        this.image = image;
        this.wanted = wanted;
        this.fromFull = fromFull;
    }

    /**
     * @param image closed together with the result
     * @param factors per axis in the image's order, 1 on axes that are not spatial
     */
    public static ImageSource of(ImageSource image, int[] factors) {
        ImageSource fromFull =
                DownsampledSource.of(image, factors, image.metadata().pixelType());
        int[] wanted = SpatialAxes.only(factors, image.metadata());
        return Pyramid.candidates(image, wanted).isEmpty()
                ? fromFull
                : new PyramidDownsampling(image, wanted, fromFull);
    }

    @Override
    public ImageMetadata metadata() {
        return fromFull.metadata();
    }

    @Override
    public int[] chunkShape() {
        return fromFull.chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        chosen().read(interval, voxels);
    }

    private synchronized ImageSource chosen() throws IOException {
        if (chosen == null) {
            ImageSource found =
                    Pyramid.downsampled(image, wanted, image.metadata().pixelType());
            // Levels may leave out what is over at the image's end: then they do not cover what was promised.
            boolean whole =
                    Arrays.equals(found.metadata().shape(), fromFull.metadata().shape());
            chosen = whole ? found : fromFull;
        }
        return chosen;
    }

    @Override
    public List<ImageSource> levels() {
        List<ImageSource> coarser = fromFull.levels();
        return Levels.of(this, coarser.subList(1, coarser.size()));
    }

    @Override
    public void checkUnchanged() throws IOException {
        image.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
