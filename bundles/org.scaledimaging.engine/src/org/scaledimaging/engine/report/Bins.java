package org.scaledimaging.engine.report;

/**
 * At most so many bins next to each other, whose width is a power of two and whose edges are multiples of it. Where values
 * come that lie outside, bins are joined in pairs until all fit: which bins there are in the end depends on the least and
 * the greatest value alone, and counts in them are exact.
 */
final class Bins {
    /** Finest of all: what is finer than 2^−1000 is one bin. */
    private static final int FINEST = -1000;
    /** A bin is no finer than this part of the greatest magnitude, as a power of two. */
    private static final int BITS = 40;

    private final int most;
    private final int finest;
    private int exponent;
    private double scale;
    private long first;
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;

    /** @param whole whether all values are whole numbers: bins are then of width 1 or more */
    Bins(int most, boolean whole) {
        this.most = most;
        this.finest = whole ? 0 : FINEST;
        this.exponent = finest;
    }

    /** Both images' values in at most so many bins. */
    static Bins covering(Bins a, Bins b, int most) {
        Bins bins = new Bins(most, a.finest == 0 && b.finest == 0);
        bins.exponent = Math.max(a.exponent, b.exponent);
        bins.cover(a.minimum, a.maximum);
        bins.cover(b.minimum, b.maximum);
        return bins;
    }

    boolean isEmpty() {
        return minimum > maximum;
    }

    double minimum() {
        return minimum;
    }

    double maximum() {
        return maximum;
    }

    /** Whether a value has a bin already. */
    boolean covers(double value) {
        return value >= minimum && value <= maximum;
    }

    /**
     * Makes room for finite values from one to another.
     *
     * @return for each bin of before which it is in now; null where none has moved
     */
    int[] cover(double low, double high) {
        if (low > high || low >= minimum && high <= maximum) {
            return null;
        }
        boolean empty = isEmpty();
        minimum = Math.min(minimum, low);
        maximum = Math.max(maximum, high);
        int before = exponent;
        long firstBefore = first;
        double magnitude = Math.max(Math.abs(minimum), Math.abs(maximum));
        exponent = Math.max(exponent, Math.getExponent(magnitude) - BITS);
        scale = Math.scalb(1.0, -exponent);
        while (Math.floor(maximum * scale) - Math.floor(minimum * scale) >= most) {
            exponent++;
            scale = Math.scalb(1.0, -exponent);
        }
        first = (long) Math.floor(minimum * scale);
        if (empty || exponent == before && first == firstBefore) {
            return null;
        }
        int[] now = new int[most];
        for (int bin = 0; bin < most; bin++) {
            now[bin] = (int) Math.min(most - 1, shifted(firstBefore + bin, exponent - before) - first);
        }
        return now;
    }

    /** The bin of a value that is covered, from 0. */
    int of(double value) {
        return (int) ((long) Math.floor(value * scale) - first);
    }

    /** The bin of coarser bins, which cover the same, that a bin is in. */
    int in(Bins coarser, int bin) {
        return (int) (shifted(first + bin, coarser.exponent - exponent) - coarser.first);
    }

    private static long shifted(long bin, int places) {
        return bin >> Math.min(places, Long.SIZE - 1);
    }

    /** How many there are, up to that of the greatest value. */
    int count() {
        return isEmpty() ? 0 : of(maximum) + 1;
    }

    /** The lower edge of a bin. */
    double edge(int bin) {
        return (first + bin) / scale;
    }
}
