package org.scaledimaging.engine.statistics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The sum of numbers and the sum of their squares, without any rounding: whatever the order in which numbers and partial
 * sums come together, the result is the same to the bit.
 *
 * <p>A float64 is a whole number m of 53 bits times a power of two. For each power, m and m² are summed up as whole
 * numbers, in pieces of at most 32 bits so that a long holds very many of them. m is cut into 24 and 29 bits: what came
 * from a float32 or a narrow integer has nothing in the latter, and costs three additions.
 */
final class ExactMoments {
    private static final int EXPONENTS = 2047;
    /** The value of the lowest bit of m at exponent 0 is 2^−1074. */
    private static final int SCALE = 1074;

    private static final int LOW_BITS = 29;
    private static final long LOW_MASK = (1L << LOW_BITS) - 1;
    private static final long HALF_MASK = 0xffffffffL;
    /** Additions of 32 bits that a signed long is sure to hold. */
    private static final long MOST_ADDITIONS = 1L << 30;

    /** Pieces of m: its upper 24 bits, its lower 29 bits; of m²: high², 2·high·low, low², each in two halves. */
    private static final int PIECES = 8;

    /** What the lowest bit of each piece of the squares stands for, as a power of two. */
    private static final int[] SQUARE_SHIFTS = {2 * LOW_BITS, 2 * LOW_BITS + 32, LOW_BITS + 1, LOW_BITS + 33, 0, 32};

    private final long[] pieces = new long[EXPONENTS * PIECES];
    private long additions;
    private long count;
    private BigInteger sum = BigInteger.ZERO;
    private BigInteger squares = BigInteger.ZERO;

    /** Adds the finite ones among the first {@code length} values. */
    void add(double[] values, int length) {
        if (additions + length > MOST_ADDITIONS) {
            drain();
        }
        additions += length;
        for (int i = 0; i < length; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            int exponent = (int) (bits >>> 52) & 0x7ff;
            if (exponent == 0x7ff) {
                continue; // NaN or infinite
            }
            count++;
            long mantissa = bits & 0xfffffffffffffL;
            if (exponent == 0) {
                exponent = 1; // subnormal, or zero
            } else {
                mantissa |= 1L << 52;
            }
            int at = exponent * PIECES;
            long high = mantissa >>> LOW_BITS;
            long low = mantissa & LOW_MASK;
            long sign = bits >> 63;
            pieces[at] += (high ^ sign) - sign;
            long square = high * high;
            pieces[at + 2] += square & HALF_MASK;
            pieces[at + 3] += square >>> 32;
            if (low != 0) {
                pieces[at + 1] += (low ^ sign) - sign;
                long mixed = high * low;
                pieces[at + 4] += mixed & HALF_MASK;
                pieces[at + 5] += mixed >>> 32;
                long lowest = low * low;
                pieces[at + 6] += lowest & HALF_MASK;
                pieces[at + 7] += lowest >>> 32;
            }
        }
    }

    /** Adds a whole number that occurs so many times. */
    void addWhole(long value, long times) {
        BigInteger scaled = BigInteger.valueOf(value).shiftLeft(SCALE);
        BigInteger factor = BigInteger.valueOf(times);
        count += times;
        sum = sum.add(scaled.multiply(factor));
        squares = squares.add(scaled.multiply(scaled).multiply(factor));
    }

    void add(ExactMoments other) {
        drain();
        other.drain();
        count += other.count;
        sum = sum.add(other.sum);
        squares = squares.add(other.squares);
    }

    private void drain() {
        for (int exponent = 1; exponent < EXPONENTS; exponent++) {
            int at = exponent * PIECES;
            int shift = exponent - 1;
            if (pieces[at] != 0 || pieces[at + 1] != 0) {
                sum = sum.add(shifted(pieces[at], LOW_BITS + shift)).add(shifted(pieces[at + 1], shift));
            }
            for (int piece = 0; piece < SQUARE_SHIFTS.length; piece++) {
                long value = pieces[at + 2 + piece];
                if (value != 0) {
                    squares = squares.add(shifted(value, SQUARE_SHIFTS[piece] + 2 * shift));
                }
            }
        }
        java.util.Arrays.fill(pieces, 0);
        additions = 0;
    }

    private static BigInteger shifted(long value, int bits) {
        return BigInteger.valueOf(value).shiftLeft(bits);
    }

    /** How many finite values were added. */
    long count() {
        return count;
    }

    /** The true mean, rounded to float64 at the end; NaN where there are no values. */
    double mean() {
        drain();
        return count == 0
                ? Double.NaN
                : divide(sum, BigInteger.valueOf(count).shiftLeft(SCALE)).doubleValue();
    }

    /** The standard deviation of all values: the root of their mean squared distance from the mean. */
    double standardDeviation() {
        drain();
        if (count == 0) {
            return Double.NaN;
        }
        // n·Σx² − (Σx)², without rounding, over n².
        BigInteger n = BigInteger.valueOf(count);
        BigInteger spread = n.multiply(squares).subtract(sum.multiply(sum));
        BigDecimal variance = divide(spread, n.multiply(n).shiftLeft(2 * SCALE));
        return variance.sqrt(MathContext.DECIMAL128).doubleValue();
    }

    private static BigDecimal divide(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), MathContext.DECIMAL128);
    }
}
