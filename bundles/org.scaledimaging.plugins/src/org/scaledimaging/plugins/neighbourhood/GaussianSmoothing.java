package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;

/**
 * Separable Gaussian smoothing with a kernel cut off at 4 standard deviations, as SciPy's {@code gaussian_filter} does
 * it; sums are float64. Values that are not finite get no weight: the others are weighted up in their place (normalised
 * convolution, Knutsson and Westin 1993). Where no finite value is in reach, the result is the mean of all results; an
 * image without any finite value gives 1.
 */
public final class GaussianSmoothing {
    private static final double TRUNCATE = 4;

    /** The half from the centre outwards; the kernel is symmetric. */
    private final double[] kernel;

    private final int radius;
    private final Boundary boundary;

    private GaussianSmoothing(double sigma, Boundary boundary) {
        this.radius = radius(sigma);
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

    private static int radius(double sigma) {
        return (int) (TRUNCATE * sigma + 0.5);
    }

    /**
     * Smooths a block in place. What is computed in float64 is a slab of it at a time, so that little is held beside it.
     *
     * @param block float32 or float64
     * @param sigma in voxels, on every axis
     */
    public static void smooth(Block block, double sigma, Boundary boundary, Execution execution) throws IOException {
        smooth(block, sigma, boundary, execution, (before, after) -> {});
    }

    /** The same, telling of each voxel, in their order, what it was and what it became. */
    public static void smooth(Block block, double sigma, Boundary boundary, Execution execution, Change change)
            throws IOException {
        smooth(block, sigma, boundary, execution, change, MemoryBudget.Share.FILTER.bytes());
    }

    /** @param room bytes for what is computed in float64 at once */
    static void smooth(Block block, double sigma, Boundary boundary, Execution execution, Change change, long room)
            throws IOException {
        GaussianSmoothing smoothing = new GaussianSmoothing(sigma, boundary);
        // Beyond the border "constant" is a known 0, not an unknown: there weights go on as 1.
        Boundary around = boundary == Boundary.CONSTANT ? Boundary.NEAREST : boundary;
        SlabSmoothing slabs = SlabSmoothing.of(
                block,
                smoothing.radius,
                boundary,
                smoothing::smooth,
                new GaussianSmoothing(sigma, around)::smooth,
                room);
        slabs.run(execution, change);
    }

    /**
     * How much memory smoothing takes beside the block, in bytes.
     *
     * @param shape of the block
     * @param type float32 or float64
     */
    public static long workingMemory(long[] shape, PixelType type, double sigma, Boundary boundary) {
        return SlabSmoothing.workingMemory(shape, type, radius(sigma), boundary);
    }

    /** Is told what becomes of voxels. */
    @FunctionalInterface
    public interface Change {
        /** Takes a voxel, in the order of the block. */
        void voxel(double before, double after);
    }

    /**
     * Smooths lines. They are laid side by side with what lies beyond the border, so that the loop that matters (kernel
     * radius + 1 multiply-adds a value) runs over contiguous memory in the first-level cache.
     *
     * @param start where in the whole image the lines begin; what they lack is taken for 0
     * @param whole how long the image is there
     */
    private void smooth(Lines lines, int start, int whole) {
        int count = lines.count();
        int length = lines.length();
        double[][] padded = new double[length + 2 * radius][count];
        for (int i = -radius; i < length + radius; i++) {
            int from = boundary.index((long) start + i, whole);
            if (from >= start && from < start + length) {
                lines.load(from - start, padded[i + radius]);
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
