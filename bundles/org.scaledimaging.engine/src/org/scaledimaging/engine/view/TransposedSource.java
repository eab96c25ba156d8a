package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
public final class TransposedSource implements ImageSource {
    private final ImageSource image;
    private final int[] order;
    private final ImageMetadata metadata;

    private TransposedSource(ImageSource image, int[] order) {
        this.image = image;
        this.order = order;
        List<Dimension> dimensions = new ArrayList<>();
        for (int axis : order) {
            dimensions.add(image.metadata().dimensions().get(axis));
        }
        this.metadata = image.metadata().withDimensions(dimensions);
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
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        int[] shape = image.chunkShape();
        int[] result = new int[order.length];
        for (int d = 0; d < order.length; d++) {
            result[d] = shape[order[d]];
        }
        return result;
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        long[] min = new long[order.length];
        long[] max = new long[order.length];
        for (int d = 0; d < order.length; d++) {
            min[order[d]] = interval.min(d);
            max[order[d]] = interval.max(d);
        }
        Block block = image.read(Interval.between(min, max));
        Transposition.transpose(block.voxels(), block.interval().shape(), order, voxels);
    }

    @Override
    public List<ImageSource> levels() {
        List<ImageSource> levels = new ArrayList<>();
        for (ImageSource level : image.levels()) {
            levels.add(level == image ? this : new TransposedSource(level, order));
        }
        return levels;
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
