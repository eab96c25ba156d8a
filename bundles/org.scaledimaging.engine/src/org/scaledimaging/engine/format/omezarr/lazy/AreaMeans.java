package org.scaledimaging.engine.format.omezarr.lazy;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.View;

/**
 * An image on another grid of the same extent: each voxel is the mean of what it covers, by how much of it; of labels, the
 * voxel at its centre. Values that are not finite take no part.
 */
final class AreaMeans extends View {
    private final int[] size;
    private final int[] wanted;
    private final long[] extent;

    /**
     * @param metadata of the result
     * @param size of the image's voxels along each axis, in voxels of some finest grid
     * @param wanted size of the result's, in the same
     * @param extent of all of it, likewise
     */
    AreaMeans(ImageSource image, ImageMetadata metadata, int[] size, int[] wanted, long[] extent) {
        super(image, metadata);
        this.size = size.clone();
        this.wanted = wanted.clone();
        this.extent = extent.clone();
    }

    @Override
    protected Interval source(Interval interval) {
        long[] min = new long[interval.axes()];
        long[] max = new long[interval.axes()];
        for (int d = 0; d < min.length; d++) {
            min[d] = at(d, interval.min(d) * wanted[d]);
            max[d] = at(d, Math.min(extent[d], interval.max(d) * wanted[d]) - 1) + 1;
        }
        return Interval.between(min, max);
    }

    /** The image's voxel that covers one of the finest grid; the last one reaches to the end. */
    private long at(int axis, long position) {
        return Math.min(position / size[axis], image().metadata().shape()[axis] - 1);
    }

    @Override
    protected void compute(Block target) throws IOException {
        Interval interval = target.interval();
        Interval from = source(interval);
        double[] values =
                (double[]) image().read(from).convert(PixelType.FLOAT64).voxels();
        double[] weights = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            boolean finite = Double.isFinite(values[i]);
            weights[i] = finite ? 1 : 0;
            values[i] = finite ? values[i] : 0;
        }
        long[] shape = from.shape();
        for (int d = shape.length - 1; d >= 0; d--) {
            double[][] shares = shares(d, interval, from);
            values = alongAxis(values, shape, d, shares);
            weights = alongAxis(weights, shape, d, shares);
            shape[d] = shares.length;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= weights[i]; // NaN where nothing finite is
        }
        PixelConversion.convert(PixelType.FLOAT64, values, target.pixelType(), target.voxels(), values.length);
    }

    /** For each voxel of the result along an axis, how much of it each of the image's voxels covers. */
    private double[][] shares(int axis, Interval interval, Interval from) {
        double[][] shares = new double[(int) interval.length(axis)][(int) from.length(axis)];
        for (int i = 0; i < shares.length; i++) {
            long begin = (interval.min(axis) + i) * wanted[axis];
            long end = Math.min(extent[axis], begin + wanted[axis]);
            if (metadata().labels()) {
                shares[i][(int) (at(axis, (begin + end) / 2) - from.min(axis))] = 1;
                continue;
            }
            for (long position = begin; position < end; ) {
                long voxel = at(axis, position);
                boolean last = voxel == image().metadata().shape()[axis] - 1;
                long next = last ? end : Math.min(end, (voxel + 1) * size[axis]);
                shares[i][(int) (voxel - from.min(axis))] = next - position;
                position = next;
            }
        }
        return shares;
    }

    /** One pass along an axis: a few multiplications per voxel of the result, over contiguous rows where they are long. */
    private static double[] alongAxis(double[] values, long[] shape, int axis, double[][] shares) {
        int length = (int) shape[axis];
        int inner = 1;
        for (int d = axis + 1; d < shape.length; d++) {
            inner *= (int) shape[d];
        }
        int outer = values.length / (length * inner);
        double[] result = new double[outer * shares.length * inner];
        for (int i = 0; i < shares.length; i++) {
            for (int j = 0; j < length; j++) {
                double share = shares[i][j];
                for (int o = 0; share != 0 && o < outer; o++) {
                    int to = (o * shares.length + i) * inner;
                    int at = (o * length + j) * inner;
                    for (int k = 0; k < inner; k++) {
                        result[to + k] += share * values[at + k];
                    }
                }
            }
        }
        return result;
    }

    @Override
    public String toString() {
        return "means over " + Arrays.toString(wanted) + " of " + image();
    }
}
