package org.scaledimaging.engine.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.scaledimaging.engine.block.Interval;

/** What is counted of one image, by one thread: histogram, means along axes, and what is in the mask. */
final class FiguresTally {
    static final int BINS = 256;

    private final double minimum;
    private final double maximum;
    private final int[] axes;
    private final Moments[][] profiles;
    private final long[] histogram = new long[BINS];
    private final long[] masked = new long[BINS];
    private final Moments inMask;

    /** @param axes those with profiles, by index */
    FiguresTally(double minimum, double maximum, int[] axes, long[] shape) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.axes = axes;
        this.inMask = new Moments(minimum, maximum);
        this.profiles = new Moments[axes.length][];
        for (int a = 0; a < axes.length; a++) {
            profiles[a] = new Moments[Math.toIntExact(shape[axes[a]])];
            Arrays.setAll(profiles[a], i -> new Moments(minimum, maximum));
        }
    }

    void add(double[] values, Interval interval, IntPredicate mask) {
        long[] position = interval.mins();
        int last = position.length - 1;
        int size = interval.voxels();
        for (int i = 0; i < size; i++) {
            double value = values[i];
            if (Double.isFinite(value)) {
                int bin = bin(value);
                histogram[bin]++;
                for (int a = 0; a < axes.length; a++) {
                    profiles[a][(int) position[axes[a]]].add(value);
                }
                if (mask.test(i)) {
                    masked[bin]++;
                    inMask.add(value);
                }
            }
            for (int d = last; d >= 0 && ++position[d] == interval.max(d); d--) {
                position[d] = interval.min(d);
            }
        }
    }

    private int bin(double value) {
        double place = maximum > minimum ? (value - minimum) / (maximum - minimum) : 0;
        return Math.max(0, Math.min(BINS - 1, (int) (place * BINS)));
    }

    FiguresTally add(FiguresTally other) {
        for (int bin = 0; bin < BINS; bin++) {
            histogram[bin] += other.histogram[bin];
            masked[bin] += other.masked[bin];
        }
        inMask.add(other.inMask);
        for (int a = 0; a < axes.length; a++) {
            for (int i = 0; i < profiles[a].length; i++) {
                profiles[a][i].add(other.profiles[a][i]);
            }
        }
        return this;
    }

    List<Long> histogram() {
        return Arrays.stream(histogram).boxed().toList();
    }

    List<Double> profile(int axis) {
        List<Double> means = new ArrayList<>();
        for (Moments moments : profiles[axis]) {
            means.add(moments.mean());
        }
        return means;
    }

    Figures.InMask inMask() {
        double entropy = 0;
        for (long count : masked) {
            if (count > 0) {
                double share = count / (double) inMask.count();
                entropy -= share * Math.log(share) / Math.log(2);
            }
        }
        return new Figures.InMask(inMask.count(), inMask.mean(), inMask.standardDeviation() / inMask.mean(), entropy);
    }
}
