package org.scaledimaging.engine.statistics.exact;

/**
 * Counts numbers in bins whose width is 2^−11 of their value, over the whole range of float64: a bin is the sign, the
 * exponent and the first 11 bits of the mantissa. Only exponents that occur take memory: 16 KiB each. Positive numbers below
 * 1.1e−311 count as 0.
 */
public final class OrderedCounts {
    private static final int MANTISSA_BITS = 11;
    private static final int PAGE = 1 << MANTISSA_BITS;
    private static final int SHIFT = 52 - MANTISSA_BITS;
    /** Pages by sign and exponent, in the order of the numbers: most negative first. */
    private final long[][] pages = new long[4096][];

    private final boolean whole;

    /** @param whole whether all numbers are whole ones: numbers within a bin are then taken for whole, too */
    public OrderedCounts(boolean whole) {
        this.whole = whole;
    }

    /** Adds the finite ones among the first {@code length} values. */
    public void add(double[] values, int length) {
        for (int i = 0; i < length; i++) {
            long bits = Double.doubleToRawLongBits(values[i] + 0.0); // −0 counts as 0
            if ((bits >>> 52 & 0x7ff) != 0x7ff) {
                // A negative number's bits grow with its magnitude: turned round. A positive one goes above.
                long ordered = bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
                int page = (int) (ordered >>> 52);
                long[] counts = pages[page];
                if (counts == null) {
                    counts = pages[page] = new long[PAGE];
                }
                counts[(int) (ordered >>> SHIFT) & PAGE - 1]++;
            }
        }
    }

    /** Adds all that another has counted. */
    public void add(OrderedCounts other) {
        for (int page = 0; page < pages.length; page++) {
            long[] counts = other.pages[page];
            if (counts != null && pages[page] == null) {
                pages[page] = counts.clone();
            } else if (counts != null) {
                for (int i = 0; i < PAGE; i++) {
                    pages[page][i] += counts[i];
                }
            }
        }
    }

    /** The number of that rank, counted from 0 at the smallest: as if the numbers of a bin were spread evenly over it. */
    public double ofRank(long rank) {
        long before = 0;
        for (int page = 0; page < pages.length; page++) {
            if (pages[page] == null) {
                continue;
            }
            for (int i = 0; i < PAGE; i++) {
                long count = pages[page][i];
                if (rank < before + count) {
                    return within((long) page << MANTISSA_BITS | i, (rank - before + 0.5) / count);
                }
                before += count;
            }
        }
        throw new IllegalArgumentException("rank " + rank + " of " + before);
    }

    private double within(long bin, double fraction) {
        long ordered = bin << SHIFT;
        boolean positive = ordered < 0;
        // The edges nearer to and farther from zero.
        long first = ordered ^ Long.MIN_VALUE;
        if (first == 0) {
            return 0; // of an image with a background of 0, and not 5e−312
        }
        long last = ~(ordered | (1L << SHIFT) - 1);
        double near = Double.longBitsToDouble(positive ? first : last);
        double far = Double.longBitsToDouble((positive ? first : last) + (1L << SHIFT));
        if (Double.isInfinite(far)) {
            far = Math.copySign(Double.MAX_VALUE, far);
        }
        double value = near + (far - near) * (positive ? fraction : 1 - fraction);
        if (!whole) {
            return value;
        }
        return positive ? Math.floor(value) : Math.ceil(value);
    }
}
