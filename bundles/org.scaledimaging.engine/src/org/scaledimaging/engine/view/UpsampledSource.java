package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.LinearInterpolation;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;

/**
 * An image upsampled lazily: linearly between voxel centres, constant beyond the outermost; by the nearest label for label
 * images. Along an axis of n voxels that become m, voxel i lies at (i + ½)·n/m − ½ of the image: both cover the same
 * extent, and downsampling by a whole factor m/n leads back to its voxel centres. A value depends on its position alone;
 * voxels that are not finite make those between them and their neighbours not finite. Computed in float64 and rounded
 * once. The result has no coarser levels.
 */
public final class UpsampledSource extends View {
    /** The size n/m of a voxel of the result in voxels of the image, in lowest terms; z, y, x. */
    private final int[] numerators = {1, 1, 1};

    private final int[] denominators = {1, 1, 1};
    private final long[] gridShape = {1, 1, 1};
    private final int leading;
    private final int missing;

    private UpsampledSource(ImageSource image, long[] shape) {
        super(image, upsampled(image.metadata(), shape));
        int axes = shape.length;
        long[] from = image.metadata().shape();
        int spatial = 0;
        for (Dimension dimension : image.metadata().dimensions()) {
            spatial += dimension.axis().isSpatial() ? 1 : 0;
        }
        this.leading = axes - spatial;
        this.missing = 3 - spatial;
        for (int d = 0; d < axes; d++) {
            if (d >= leading) {
                int common = gcd(from[d], shape[d]);
                numerators[missing + d - leading] = (int) (from[d] / common);
                denominators[missing + d - leading] = (int) (shape[d] / common);
                gridShape[missing + d - leading] = from[d];
            }
        }
    }

    private static ImageMetadata upsampled(ImageMetadata image, long[] shape) {
        long[] from = image.shape();
        double[] scale = new double[shape.length];
        double[] shift = new double[shape.length];
        for (int d = 0; d < shape.length; d++) {
            scale[d] = (double) from[d] / shape[d];
            // −(f − 1)/2f voxels for a factor f; as one division, so that it is rounded once
            shift[d] = (double) (from[d] - shape[d]) / (2 * shape[d]);
        }
        return image.resampled(shape, scale, shift);
    }

    /**
     * @param image closed together with the result
     * @param shape of the result, per axis in the image's order: at least the image's, and the same on axes that are not
     *     spatial; at most 2^31 − 1
     */
    public static ImageSource of(ImageSource image, long... shape) {
        long[] from = image.metadata().shape();
        for (int d = 0; d < from.length; d++) {
            boolean here = image.metadata().dimensions().get(d).axis().isSpatial();
            if (shape[d] < from[d] || !here && shape[d] != from[d] || shape[d] > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(Arrays.toString(from) + " upsampled to " + Arrays.toString(shape));
            }
        }
        if (Arrays.equals(shape, from)) {
            return image;
        }
        AxisOrder spatialLast = Volumes.spatialLast(image.metadata());
        ImageSource arranged = TransposedSource.of(image, spatialLast);
        return TransposedSource.of(new UpsampledSource(arranged, spatialLast.apply(shape)), spatialLast.inverse());
    }

    private static int gcd(long a, long b) {
        return b == 0 ? (int) a : gcd(b, a % b);
    }

    @Override
    protected List<Interval> pieces(Interval interval) {
        return Volumes.of(metadata()).pieces(interval);
    }

    @Override
    protected Interval source(Interval interval) {
        Interval needed = samples(threeAxes(interval));
        return inImage(interval.mins(), needed.mins(), needed.maxs());
    }

    /** The samples between which a region is interpolated. */
    private Interval samples(Interval region) {
        long[] low = new long[3];
        long[] high = new long[3];
        for (int d = 0; d < 3; d++) {
            low[d] = Math.max(0, below(region.min(d), d));
            high[d] = Math.min(gridShape[d], Math.max(0, below(region.max(d) - 1, d)) + 2);
        }
        return Interval.between(low, high);
    }

    /** Evaluates a region of one volume, on no more of the image than it takes. */
    @Override
    protected void compute(Block target) throws IOException {
        Interval region = threeAxes(target.interval());
        Interval needed = samples(region);
        Block samples = image().read(source(target.interval()))
                .convert(PixelType.FLOAT64)
                .at(needed);
        Block values = Block.allocate(PixelType.FLOAT64, region);
        if (metadata().labels()) {
            nearest(samples, values);
        } else {
            LinearInterpolation.evaluate(samples, denominators, numerators, values);
        }
        target.convertFrom(values);
    }

    /** Takes the label of the voxel that holds a voxel's centre. */
    private void nearest(Block samples, Block target) {
        Interval grid = samples.interval();
        Interval region = target.interval();
        double[] labels = (double[]) samples.voxels();
        double[] values = (double[]) target.voxels();
        int i = 0;
        for (long z = region.min(0); z < region.max(0); z++) {
            long plane = (holding(z, 0) - grid.min(0)) * grid.length(1);
            for (long y = region.min(1); y < region.max(1); y++) {
                long row = (plane + holding(y, 1) - grid.min(1)) * grid.length(2) - grid.min(2);
                for (long x = region.min(2); x < region.max(2); x++) {
                    values[i++] = labels[(int) (row + holding(x, 2))];
                }
            }
        }
    }

    /** The voxel of the image that holds the centre of a voxel of the result. */
    private long holding(long voxel, int axis) {
        return (2 * voxel + 1) * numerators[axis] / (2L * denominators[axis]);
    }

    /** The voxel of the image whose centre is at or before that of a voxel of the result; −1 before the first. */
    private long below(long voxel, int axis) {
        return Math.floorDiv((2 * voxel + 1) * numerators[axis] - denominators[axis], 2L * denominators[axis]);
    }

    private Interval threeAxes(Interval interval) {
        long[] min = new long[3];
        long[] max = {1, 1, 1};
        for (int d = missing; d < 3; d++) {
            min[d] = interval.min(leading + d - missing);
            max[d] = interval.max(leading + d - missing);
        }
        return Interval.between(min, max);
    }

    private Interval inImage(long[] index, long[] low, long[] high) {
        long[] min = Arrays.copyOf(index, leading + 3 - missing);
        long[] max = min.clone();
        for (int d = 0; d < leading; d++) {
            max[d]++;
        }
        for (int d = missing; d < 3; d++) {
            min[leading + d - missing] = low[d];
            max[leading + d - missing] = high[d];
        }
        return Interval.between(min, max);
    }
}
