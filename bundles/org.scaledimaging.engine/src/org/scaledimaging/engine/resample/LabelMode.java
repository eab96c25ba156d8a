package org.scaledimaging.engine.resample;

import java.util.Arrays;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelConversion;
import org.scaledimaging.engine.image.PixelType;

/**
 * Downsampling of labels, which cannot be averaged: voxel i of the result is the most frequent label among the voxels
 * f·i … f·i + f − 1 of the image, the smallest of those that are equally frequent.
 */
public final class LabelMode {
    private LabelMode() {}

    /**
     * Downsamples a block.
     *
     * @param source starts at a multiple of the factor on each axis, and ends at one or at the image's end; labels below
     *     2^53
     * @param factors per axis, at least 1
     * @return of the source's type
     */
    public static Block downsample(Block source, int[] factors) {
        Interval from = source.interval();
        Interval result = BlockMean.resultOf(from, factors);
        double[] labels = new double[source.size()];
        PixelConversion.convert(source.pixelType(), source.voxels(), PixelType.FLOAT64, labels, labels.length);
        double[] modes = new double[result.voxels()];
        int most = 1;
        for (int d = 0; d < factors.length; d++) {
            most *= (int) Math.min(factors[d], from.length(d));
        }
        double[] cell = new double[most];
        long[] index = result.mins();
        for (int i = 0; i < modes.length; i++) {
            int count = gather(labels, from, factors, index, 0, 0, cell, 0);
            modes[i] = mode(cell, count);
            for (int d = index.length - 1; d >= 0 && ++index[d] == result.max(d); d--) {
                index[d] = result.min(d);
            }
        }
        Block target = Block.allocate(source.pixelType(), result);
        PixelConversion.convert(PixelType.FLOAT64, modes, source.pixelType(), target.voxels(), modes.length);
        return target;
    }

    /** Collects the labels of one cell of the grid of factors; returns how many there are. */
    private static int gather(
            double[] labels,
            Interval from,
            int[] factors,
            long[] index,
            int axis,
            int offset,
            double[] cell,
            int count) {
        if (axis == factors.length) {
            cell[count] = labels[offset];
            return count + 1;
        }
        long start = index[axis] * factors[axis];
        long end = Math.min(from.max(axis), start + factors[axis]);
        int found = count;
        for (long i = start; i < end; i++) {
            int next = offset * (int) from.length(axis) + (int) (i - from.min(axis));
            found = gather(labels, from, factors, index, axis + 1, next, cell, found);
        }
        return found;
    }

    private static double mode(double[] cell, int count) {
        Arrays.sort(cell, 0, count);
        double mode = cell[0];
        int longest = 0;
        for (int start = 0; start < count; ) {
            int end = start + 1;
            while (end < count && cell[end] == cell[start]) {
                end++;
            }
            if (end - start > longest) {
                longest = end - start;
                mode = cell[start];
            }
            start = end;
        }
        return mode;
    }
}
