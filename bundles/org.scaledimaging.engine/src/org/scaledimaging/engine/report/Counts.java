package org.scaledimaging.engine.report;

import java.util.Arrays;

/** The number of values in each of at most 512 {@link Bins}. */
final class Counts {
    static final int MOST = 512;

    private final Bins bins;
    private long[] counts = new long[MOST];
    private long total;

    Counts(boolean whole) {
        this.bins = new Bins(MOST, whole);
    }

    Bins bins() {
        return bins;
    }

    /**
     * Makes room for finite values from one to another.
     *
     * @return for each bin of before which it is in now; null where none has moved
     */
    int[] cover(double low, double high) {
        int[] now = bins.cover(low, high);
        if (now != null) {
            long[] moved = new long[MOST];
            for (int bin = 0; bin < MOST; bin++) {
                moved[now[bin]] += counts[bin];
            }
            counts = moved;
        }
        return now;
    }

    /** Counts a value that is covered. */
    void add(double value) {
        counts[bins.of(value)]++;
        total++;
    }

    /** Counts a finite value. */
    void addAny(double value) {
        if (!bins.covers(value)) {
            cover(value, value);
        }
        add(value);
    }

    void add(Counts other) {
        cover(other.bins.minimum(), other.bins.maximum());
        for (int bin = 0; bin < MOST; bin++) {
            if (other.counts[bin] > 0) {
                counts[other.bins.in(bins, bin)] += other.counts[bin];
            }
        }
        total += other.total;
    }

    long total() {
        return total;
    }

    /** How many are in each of coarser bins that cover the same. */
    long[] in(Bins coarser) {
        long[] joined = new long[coarser.count()];
        for (int bin = 0; bin < MOST; bin++) {
            if (counts[bin] > 0) {
                joined[bins.in(coarser, bin)] += counts[bin];
            }
        }
        return joined;
    }

    /** How many are in each bin. */
    long[] counts() {
        return Arrays.copyOf(counts, bins.count());
    }
}
