package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;

/**
 * An image downsampled lazily from the coarsest level of its pyramid that will do: means of that level's voxels, which are
 * means themselves, rounded to the pixel type where that is an integer. Which level does is known from the metadata, or,
 * where these do not tell, found out when the first voxel is read.
 */
public final class PyramidDownsampling extends View {
    private final ImageSource full;
    private final int[] factors;
    private ImageSource chosen;

    private PyramidDownsampling(ImageSource full, int[] factors, ImageSource fromFull) {
        super(fromFull, fromFull.metadata());
        this.full = full;
        this.factors = factors.clone();
    }

    /**
     * @param image closed together with the result
     * @param factors per axis in the image's order, 1 on axes that are not spatial
     */
    public static ImageSource of(ImageSource image, int[] factors) {
        ImageSource fromFull =
                DownsampledSource.of(image, factors, image.metadata().pixelType());
        boolean used = image.levelsAreDownsampled() && image.levels().size() > 1;
        return used ? new PyramidDownsampling(image, factors, fromFull) : fromFull;
    }

    @Override
    protected void compute(Block target) throws IOException {
        chosen().read(target);
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        try {
            chosen().announce(interval, ahead);
        } catch (IOException e) {
            // whoever reads is told
        }
    }

    private synchronized ImageSource chosen() throws IOException {
        if (chosen == null) {
            int[] wanted = SpatialAxes.only(factors, full.metadata());
            ImageSource found = Pyramid.downsampled(full, wanted, metadata().pixelType());
            // Levels may leave out what is over at the image's end: then they do not cover what was promised.
            boolean whole = Arrays.equals(found.metadata().shape(), metadata().shape());
            chosen = whole ? found : image();
        }
        return chosen;
    }

    /** Each level downsampled is made of a coarser level in turn: who downsamples twice reads what is left of the pyramid. */
    @Override
    protected List<ImageSource> coarser() {
        return IntStream.range(1, full.levels().size())
                .mapToObj(number -> of(BorrowedSource.level(full, number), factors))
                .toList();
    }
}
