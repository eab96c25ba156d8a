package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.Transposition;
import org.scaledimaging.engine.image.ImageSource;

/**
 * An image with its axes in another order. No value changes, and the frame stays, for it speaks of x, y and z by name.
 * Thread-safe where the image is. Reading holds the interval a second time while it is transposed.
 */
public final class TransposedSource extends View {
    private final AxisOrder order;

    private TransposedSource(ImageSource image, AxisOrder order) {
        super(
                image,
                image.metadata().withDimensions(order.apply(image.metadata().dimensions())));
        this.order = order;
    }

    /**
     * @param image closed together with the result
     * @param order of the axes of the result
     * @return the image itself where the order is that of its axes
     */
    public static ImageSource of(ImageSource image, AxisOrder order) {
        if (order.axes() != image.metadata().dimensions().size()) {
            throw new IllegalArgumentException(
                    order + " for the axes " + image.metadata().axes());
        }
        return order.isUnchanged() ? image : new TransposedSource(image, order);
    }

    @Override
    public int[] chunkShape() {
        return order.apply(image().chunkShape());
    }

    @Override
    protected Interval source(Interval interval) {
        return order.inverse().apply(interval);
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
