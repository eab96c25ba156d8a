package org.scaledimaging.plugins.gaussian;

import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelConversion;
import org.scaledimaging.engine.image.PixelType;

/**
 * Separable Gaussian smoothing with a kernel cut off at 4 standard deviations, as SciPy's {@code gaussian_filter} does
 * it; sums are float64. Values that are not finite get no weight: the others are weighted up in their place (normalised
 * convolution, Knutsson and Westin 1993). Where no finite value is in reach, the result is the mean of all results; an
 * image without any finite value gives 1.
 */
final class GaussianSmoothing {
    private static final double TRUNCATE = 4;

    private final double[] kernel;
    private final int radius;
    private final Boundary boundary;

    private GaussianSmoothing(double sigma, Boundary boundary) {
        this.radius = (int) (TRUNCATE * sigma + 0.5);
        this.boundary = boundary;
        this.kernel = new double[2 * radius + 1];
        double sum = 0;
        for (int i = -radius; i <= radius; i++) {
            double value = radius == 0 ? 1 : Math.exp(-0.5 * i * i / (sigma * sigma));
            kernel[radius + i] = value;
            sum += value;
        }
        for (int i = 0; i < kernel.length; i++) {
            kernel[i] /= sum;
        }
    }

    /**
     * @param block float32 or float64, left as it is
     * @param sigma in voxels, on every axis
     * @return of the block's type
     */
    static Block smooth(Block block, double sigma, Boundary boundary, Progress progress) {
        GaussianSmoothing smoothing = new GaussianSmoothing(sigma, boundary);
        int size = block.size();
        double[] values = new double[size];
        PixelConversion.convert(block.pixelType(), block.voxels(), PixelType.FLOAT64, values, size);
        double[] weights = null;
        for (int i = 0; i < size; i++) {
            if (!Double.isFinite(values[i])) {
                if (weights == null) {
                    weights = new double[size];
                    java.util.Arrays.fill(weights, 1);
                }
                weights[i] = 0;
                values[i] = 0;
            }
        }
        smoothing.allAxes(values, block.interval(), progress.part(0, weights == null ? 1 : 0.5));
        if (weights != null) {
            // Beyond the border "constant" is a known 0, not an unknown: there weights go on as 1.
            Boundary around = boundary == Boundary.CONSTANT ? Boundary.NEAREST : boundary;
            new GaussianSmoothing(sigma, around).allAxes(weights, block.interval(), progress.part(0.5, 1));
            normalise(values, weights);
        }
        Block result = Block.allocate(block.pixelType(), block.interval());
        PixelConversion.convert(PixelType.FLOAT64, values, block.pixelType(), result.voxels(), size);
        return result;
    }

    private static void normalise(double[] values, double[] weights) {
        double sum = 0;
        long count = 0;
        for (int i = 0; i < values.length; i++) {
            if (weights[i] > 1e-12) {
                values[i] /= weights[i];
                sum += values[i];
                count++;
            }
        }
        double mean = count == 0 ? 1 : sum / count;
        for (int i = 0; i < values.length; i++) {
            if (!(weights[i] > 1e-12)) {
                values[i] = mean;
            }
        }
    }

    private void allAxes(double[] values, Interval interval, Progress progress) {
        int axes = interval.axes();
        for (int axis = 0; axis < axes; axis++) {
            progress.checkCancelled();
            along(values, interval, axis);
            progress.report((axis + 1.0) / axes, "smoothing");
        }
    }

    /**
     * Smooths along one axis. The lines next to each other (a run of the faster axes) go together: kernel length × one
     * multiply-add a voxel, over contiguous memory.
     */
    private void along(double[] values, Interval interval, int axis) {
        int length = Math.toIntExact(interval.length(axis));
        int run = 1;
        for (int d = axis + 1; d < interval.axes(); d++) {
            run *= (int) interval.length(d);
        }
        int slab = length * run;
        double[] source = new double[slab];
        for (int start = 0; start < values.length; start += slab) {
            System.arraycopy(values, start, source, 0, slab);
            for (int i = 0; i < length; i++) {
                int to = start + i * run;
                java.util.Arrays.fill(values, to, to + run, 0);
                for (int k = -radius; k <= radius; k++) {
                    int from = boundary.index((long) i + k, length);
                    if (from >= 0) {
                        double weight = kernel[radius + k];
                        int offset = from * run;
                        for (int j = 0; j < run; j++) {
                            values[to + j] += weight * source[offset + j];
                        }
                    }
                }
            }
        }
    }
}
