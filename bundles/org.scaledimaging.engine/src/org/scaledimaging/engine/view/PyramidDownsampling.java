package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;

/**
 * An image downsampled lazily from the coarsest level of its pyramid that will do: means of that level's voxels, which are
 * means themselves, rounded to the pixel type where that is an integer. Which level does is known from the metadata, or,
 * where these do not tell, found out when the first voxel is read.
 */
public final class PyramidDownsampling extends View {
    private final ImageSource full;
    private final int[] wanted;
    private ImageSource chosen;

    private PyramidDownsampling(ImageSource full, int[] wanted, ImageSource fromFull) {
        super(fromFull, fromFull.metadata());
        this.full = full;
        this.wanted = wanted;
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
    protected void compute(Block target) throws IOException {
        chosen().read(target.interval(), target.voxels());
    }

    private synchronized ImageSource chosen() throws IOException {
        if (chosen == null) {
            ImageSource found = Pyramid.downsampled(full, wanted, metadata().pixelType());
            // Levels may leave out what is over at the image's end: then they do not cover what was promised.
            boolean whole = Arrays.equals(found.metadata().shape(), metadata().shape());
            chosen = whole ? found : image();
        }
        return chosen;
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(level);
    }
}
