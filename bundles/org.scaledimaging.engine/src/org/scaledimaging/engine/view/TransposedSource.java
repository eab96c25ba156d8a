package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.Transposition;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * An image with its axes in another order. No value changes, and the frame stays, for it speaks of x, y and z by name.
 * Thread-safe where the image is. Reading holds the interval a second time while it is transposed.
 */
public final class TransposedSource extends View {
    private final int[] order;

    private TransposedSource(ImageSource image, int[] order) {
        super(image, transposed(image.metadata(), order));
        this.order = order;
    }

    private static ImageMetadata transposed(ImageMetadata image, int[] order) {
        List<Dimension> dimensions = new ArrayList<>();
        for (int axis : order) {
            dimensions.add(image.dimensions().get(axis));
        }
        return image.withDimensions(dimensions);
    }

    /**
     * @param image closed together with the result
     * @param order axis d of the result is axis {@code order[d]} of the image; a permutation of its axes
     * @return the image itself where the order is that of its axes
     */
    public static ImageSource of(ImageSource image, int... order) {
        int axes = image.metadata().dimensions().size();
        boolean[] seen = new boolean[axes];
        boolean same = order.length == axes;
        for (int d = 0; d < order.length; d++) {
            if (order.length != axes || order[d] < 0 || order[d] >= axes || seen[order[d]]) {
                throw new IllegalArgumentException("no permutation of " + axes + " axes");
            }
            seen[order[d]] = true;
            same &= order[d] == d;
        }
        if (order.length != axes) {
            throw new IllegalArgumentException("no permutation of " + axes + " axes");
        }
        return same ? image : new TransposedSource(image, order.clone());
    }

    @Override
    public int[] chunkShape() {
        int[] shape = image().chunkShape();
        int[] result = new int[order.length];
        for (int d = 0; d < order.length; d++) {
            result[d] = shape[order[d]];
        }
        return result;
    }

    @Override
    protected Interval source(Interval interval) {
        long[] min = new long[order.length];
        long[] max = new long[order.length];
        for (int d = 0; d < order.length; d++) {
            min[order[d]] = interval.min(d);
            max[order[d]] = interval.max(d);
        }
        return Interval.between(min, max);
    }

    @Override
    protected void compute(Block target) throws IOException {
        Block block = image().read(source(target.interval()));
        Transposition.transpose(block.voxels(), block.interval().shape(), order, target.voxels());
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(new TransposedSource(level, order));
    }
}
