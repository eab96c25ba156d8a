package org.scaledimaging.engine.block.resample;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

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
        double[] labels = (double[]) source.convert(PixelType.FLOAT64).voxels();
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
            result.advance(index, index.length - 1);
        }
        return new Block(PixelType.FLOAT64, result, modes).convert(source.pixelType());
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

    /**
     * Downsamples what is read slab by slab, so that a voxel of the result may be made of more than fits in memory.
     *
     * @param source all the voxels that {@code result} is made of
     * @param reader called for slabs of the source, in row-major order of the first axis
     * @param target of the source's type, holds {@code result}
     */
    public static void downsample(
            Interval result, int[] factors, Interval source, BlockMean.Reader reader, Block target) throws IOException {
        Block first = reader.read(source);
        if (first.interval().equals(source)) {
            target.copyFrom(downsample(first, factors));
            return;
        }
        List<Map<Double, Long>> counts = new ArrayList<>();
        for (int i = 0; i < result.voxels(); i++) {
            counts.add(new TreeMap<>());
        }
        BlockMean.eachSlab(source, first, reader, slab -> count(slab, factors, result, counts));
        double[] modes = counts.stream().mapToDouble(LabelMode::mode).toArray();
        target.copyFrom(new Block(PixelType.FLOAT64, result, modes).convert(target.pixelType()));
    }

    /** Counts labels run by run: neighbours along a row mostly have the same. */
    private static void count(Block slab, int[] factors, Interval result, List<Map<Double, Long>> counts) {
        Interval interval = slab.interval();
        int last = factors.length - 1;
        double[] labels = (double[]) slab.convert(PixelType.FLOAT64).voxels();
        int row = (int) interval.length(last);
        long[] index = interval.mins();
        for (int start = 0; start < slab.size(); start += row) {
            int cells = 0;
            for (int d = 0; d < last; d++) {
                cells = cells * (int) result.length(d) + (int) (index[d] / factors[d] - result.min(d));
            }
            cells *= (int) result.length(last);
            for (int x = 0; x < row; ) {
                long cell = (interval.min(last) + x) / factors[last];
                int cellEnd = (int) Math.min(row, (cell + 1) * factors[last] - interval.min(last));
                int end = x + 1;
                while (end < cellEnd && labels[start + end] == labels[start + x]) {
                    end++;
                }
                counts.get(cells + (int) (cell - result.min(last)))
                        .merge(labels[start + x], (long) (end - x), Long::sum);
                x = end;
            }
            interval.advance(index, last - 1);
        }
    }

    private static double mode(Map<Double, Long> counts) {
        double mode = 0;
        long most = 0;
        for (Map.Entry<Double, Long> entry : counts.entrySet()) { // ascending: the first of equals stays
            if (entry.getValue() > most) {
                most = entry.getValue();
                mode = entry.getKey();
            }
        }
        return mode;
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
