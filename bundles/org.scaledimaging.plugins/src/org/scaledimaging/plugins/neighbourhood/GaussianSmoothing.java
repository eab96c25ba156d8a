package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.PixelConversion;
import org.scaledimaging.engine.image.PixelType;

/**
 * Separable Gaussian smoothing with a kernel cut off at 4 standard deviations, as SciPy's {@code gaussian_filter} does
 * it; sums are float64. Values that are not finite get no weight: the others are weighted up in their place (normalised
 * convolution, Knutsson and Westin 1993). Where no finite value is in reach, the result is the mean of all results; an
 * image without any finite value gives 1.
 */
public final class GaussianSmoothing {
    private static final double TRUNCATE = 4;

    private static final String MESSAGE = "smoothing";

    /** The half from the centre outwards; the kernel is symmetric. */
    private final double[] kernel;

    private final int radius;
    private final Boundary boundary;

    private GaussianSmoothing(double sigma, Boundary boundary) {
        this.radius = (int) (TRUNCATE * sigma + 0.5);
        this.boundary = boundary;
        this.kernel = new double[radius + 1];
        double sum = 0;
        for (int i = 0; i <= radius; i++) {
            kernel[i] = radius == 0 ? 1 : Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? kernel[i] : 2 * kernel[i];
        }
        for (int i = 0; i <= radius; i++) {
            kernel[i] /= sum;
        }
    }

    /**
     * @param block float32 or float64, left as it is
     * @param sigma in voxels, on every axis
     * @return of the block's type
     */
    public static Block smooth(Block block, double sigma, Boundary boundary, Execution execution) throws IOException {
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
        Progress progress = execution.progress();
        Execution first = execution.withProgress(progress.part(0, weights == null ? 1 : 0.5));
        Lines.alongAllAxes(values, block.interval(), first, MESSAGE, smoothing::smooth);
        if (weights != null) {
            // Beyond the border "constant" is a known 0, not an unknown: there weights go on as 1.
            Boundary around = boundary == Boundary.CONSTANT ? Boundary.NEAREST : boundary;
            Execution second = execution.withProgress(progress.part(0.5, 1));
            GaussianSmoothing onWeights = new GaussianSmoothing(sigma, around);
            Lines.alongAllAxes(weights, block.interval(), second, MESSAGE, onWeights::smooth);
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

    /**
     * Smooths lines. They are laid side by side with what lies beyond the border, so that the loop that matters (kernel
     * radius + 1 multiply-adds a value) runs over contiguous memory in the first-level cache.
     */
    private void smooth(Lines lines) {
        int count = lines.count();
        int length = lines.length();
        double[][] padded = new double[length + 2 * radius][count];
        for (int i = -radius; i < length + radius; i++) {
            int from = boundary.index(i, length);
            if (from >= 0) {
                lines.load(from, padded[i + radius]);
            }
        }
        double[] sums = new double[count];
        for (int i = 0; i < length; i++) {
            int centre = i + radius;
            for (int line = 0; line < count; line++) {
                sums[line] = kernel[0] * padded[centre][line];
            }
            int k = 1;
            for (; k < radius; k += 2) {
                add(
                        sums,
                        padded[centre - k],
                        padded[centre + k],
                        kernel[k],
                        padded[centre - k - 1],
                        padded[centre + k + 1],
                        kernel[k + 1]);
            }
            for (; k <= radius; k++) {
                add(sums, padded[centre - k], padded[centre + k], kernel[k]);
            }
            lines.store(i, sums);
        }
    }

    /** Two distances from the centre at a time: the sums are loaded and stored half as often. */
    private static void add(
            double[] sums, double[] a, double[] b, double weight, double[] c, double[] d, double nextWeight) {
        for (int line = 0; line < sums.length; line++) {
            sums[line] += weight * (a[line] + b[line]) + nextWeight * (c[line] + d[line]);
        }
    }

    private static void add(double[] sums, double[] before, double[] after, double weight) {
        for (int line = 0; line < sums.length; line++) {
            sums[line] += weight * (before[line] + after[line]);
        }
    }
}
