package org.scaledimaging.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.statistics.Measurement;
import org.scaledimaging.engine.statistics.Statistics;
import org.scaledimaging.engine.statistics.exact.ExactSums;

/** Counts one image, by one thread: statistics, counts in bins, and sums along axes. */
final class FiguresTally {
    private final int[] axes;
    private final Measurement statistics;
    private final Counts counts;
    private final ExactSums[] sums;
    private final long[][] voxels;
    private final ExactSums row = new ExactSums(1, false);
    private double[] values = {};

    /** @param axes those with profiles, by index */
    FiguresTally(PixelType type, int[] axes, long[] shape) {
        this.axes = axes;
        this.statistics = new Measurement(type, true);
        this.counts = new Counts(type.isInteger());
        this.sums = new ExactSums[axes.length];
        this.voxels = new long[axes.length][];
        for (int a = 0; a < axes.length; a++) {
            int length = Math.toIntExact(shape[axes[a]]);
            sums[a] = new ExactSums(length, false);
            voxels[a] = new long[length];
        }
    }

    /**
     * The voxels of a block as float64, in an array that is used again.
     *
     * @return what is beyond the block in it is undefined
     */
    double[] values(Block block) {
        values = float64(block, values);
        return values;
    }

    /** The voxels of a block, in the array given where they fit. */
    static double[] float64(Block block, double[] array) {
        double[] values = array.length < block.size() ? new double[block.size()] : array;
        PixelConversion.convert(block.pixelType(), block.voxels(), PixelType.FLOAT64, values, block.size());
        return values;
    }

    /**
     * Makes room for the finite ones of the first values.
     *
     * @return as {@link Counts#cover} has it
     */
    int[] cover(double[] block, int size) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            if (Math.abs(block[i]) <= Double.MAX_VALUE) { // false for NaN, too
                low = Math.min(low, block[i]);
                high = Math.max(high, block[i]);
            }
        }
        return counts.cover(low, high);
    }

    Counts counts() {
        return counts;
    }

    /** Adds a block, whose values are covered. */
    void add(Block block, double[] values) {
        statistics.add(block);
        Interval interval = block.interval();
        int last = interval.axes() - 1;
        int length = (int) interval.length(last);
        for (ExactSums line : sums) {
            line.prepare(block.size());
        }
        long[] position = interval.mins();
        int size = block.size();
        for (int from = 0; from < size; from += length) {
            row(values, from, length, position, last);
            for (int d = last - 1; d >= 0 && ++position[d] == interval.max(d); d--) {
                position[d] = interval.min(d);
            }
        }
    }

    /** One step for each voxel, and one for each axis but the last. */
    private void row(double[] values, int from, int length, long[] position, int last) {
        int along = -1;
        for (int a = 0; a < axes.length; a++) {
            along = axes[a] == last ? a : along;
        }
        row.clear();
        row.prepare(length);
        int finite = 0;
        int start = (int) position[last];
        for (int i = 0; i < length; i++) {
            double value = values[from + i];
            if (Math.abs(value) <= Double.MAX_VALUE) {
                finite++;
                counts.add(value);
                row.add(0, value);
                if (along >= 0) {
                    sums[along].add(start + i, value);
                    voxels[along][start + i]++;
                }
            }
        }
        for (int a = 0; a < axes.length; a++) {
            if (a != along) {
                int index = (int) position[axes[a]];
                sums[a].add(index, row, 0);
                voxels[a][index] += finite;
            }
        }
    }

    void add(FiguresTally other) {
        statistics.add(other.statistics);
        counts.add(other.counts);
        for (int a = 0; a < axes.length; a++) {
            sums[a].add(other.sums[a], IntStream.range(0, voxels[a].length).toArray());
            for (int i = 0; i < voxels[a].length; i++) {
                voxels[a][i] += other.voxels[a][i];
            }
        }
    }

    Statistics statistics() {
        return statistics.statistics(Figures.PERCENTILES);
    }

    List<Double> profile(int axis) {
        List<Double> means = new ArrayList<>();
        for (int i = 0; i < voxels[axis].length; i++) {
            means.add(ExactSums.mean(sums[axis].sum(i), voxels[axis][i]));
        }
        return means;
    }
}
