package org.scaledimaging.engine.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Sums of numbers without any rounding, in many slots: the same whatever the order in which numbers come. A sum is a whole
 * number of 2^−1074, in pieces of 32 bits; whole numbers below 2^32 are summed up apart, in a long.
 */
final class ExactSums {
    private static final int SCALE = 1074;
    private static final int PIECES = 68;
    /** Of a slot. */
    static final int BYTES = (PIECES + 1) * Long.BYTES;

    private static final long LOW = 0xffffffffL;
    private static final long WHOLE = 1L << 32;
    /** Additions that a long is sure to hold. */
    private static final long MOST = 1L << 28;

    private final long[] whole;
    private long[] pieces = {};
    private int lowest = PIECES;
    private int highest = -1;
    private long additions;

    ExactSums(int slots) {
        whole = new long[slots];
    }

    /** Makes sure that so many additions do not overflow. */
    void prepare(long more) {
        if (additions + more > MOST) {
            carry();
        }
        additions += more;
    }

    /** Adds a finite number; {@link #prepare} has counted it. */
    void add(int slot, double value) {
        long integer = (long) value;
        if (integer == value && integer < WHOLE && integer > -WHOLE) {
            whole[slot] += integer;
            return;
        }
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52) & 0x7ff;
        long mantissa = bits & 0xfffffffffffffL;
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        add(slot, mantissa, exponent - 1, bits >> 63);
    }

    /** Adds a number below 2^53 times a power of two. */
    private void add(int slot, long number, int shift, long sign) {
        if (pieces.length == 0) {
            pieces = new long[whole.length * PIECES];
        }
        int piece = shift >>> 5;
        int at = slot * PIECES + piece;
        lowest = Math.min(lowest, piece);
        highest = Math.max(highest, piece + 2);
        long low = (number & LOW) << (shift & 31);
        long high = (number >>> 32) << (shift & 31);
        pieces[at] += ((low & LOW) ^ sign) - sign;
        pieces[at + 1] += ((low >>> 32) + (high & LOW) ^ sign) - sign;
        pieces[at + 2] += ((high >>> 32) ^ sign) - sign;
    }

    /** Adds a number's square, which is the sum of two numbers; nothing for one whose square is beyond float64. */
    void addSquare(int slot, double value) {
        double square = value * value;
        if (square <= Double.MAX_VALUE) {
            add(slot, square);
            double rest = Math.fma(value, value, -square);
            if (rest != 0) {
                add(slot, rest);
            }
        }
    }

    /** Adds what is in a slot of other sums; {@link #prepare} has counted as many numbers as are in it. */
    void add(int slot, ExactSums other, int otherSlot) {
        whole[slot] += other.whole[otherSlot];
        if (other.highest >= 0) {
            if (pieces.length == 0) {
                pieces = new long[whole.length * PIECES];
            }
            for (int piece = other.lowest; piece <= other.highest; piece++) {
                pieces[slot * PIECES + piece] += other.pieces[otherSlot * PIECES + piece];
            }
            lowest = Math.min(lowest, other.lowest);
            highest = Math.max(highest, other.highest);
        }
    }

    /** Adds all slots of other sums, each to the slot of its number here. */
    void add(ExactSums other, int[] slots) {
        carry();
        other.carry();
        for (int slot = 0; slot < slots.length; slot++) {
            add(slots[slot], other, slot);
        }
        additions += slots.length;
    }

    /** Brings every piece to 32 bits again. */
    private void carry() {
        for (int slot = 0; slot < whole.length; slot++) {
            long magnitude = Math.abs(whole[slot]);
            if (magnitude > 1L << 60) {
                long sign = whole[slot] >> 63;
                whole[slot] = 0;
                add(slot, magnitude & LOW, SCALE, sign);
                add(slot, magnitude >>> 32, SCALE + 32, sign);
            }
        }
        if (highest >= 0) {
            highest = Math.min(PIECES - 1, highest + 2);
            for (int slot = 0; slot < whole.length; slot++) {
                for (int at = slot * PIECES + lowest; at < slot * PIECES + highest; at++) {
                    long over = pieces[at] >> 32;
                    pieces[at] &= LOW;
                    pieces[at + 1] += over;
                }
            }
        }
        additions = 1;
    }

    /** Nothing in it, as at first. */
    void clear() {
        Arrays.fill(whole, 0);
        if (highest >= 0) {
            for (int slot = 0; slot < whole.length; slot++) {
                Arrays.fill(pieces, slot * PIECES + lowest, slot * PIECES + highest + 1, 0);
            }
        }
        lowest = PIECES;
        highest = -1;
        additions = 0;
    }

    /** The standard deviation of all numbers, by their sum and that of their squares; NaN of none. */
    static double standardDeviation(BigInteger sum, BigInteger squares, long count) {
        if (count == 0) {
            return Double.NaN;
        }
        BigInteger n = BigInteger.valueOf(count);
        BigInteger spread = n.multiply(squares).shiftLeft(SCALE).subtract(sum.multiply(sum));
        BigInteger unit = n.multiply(n).shiftLeft(2 * SCALE);
        return new BigDecimal(spread)
                .divide(new BigDecimal(unit), MathContext.DECIMAL128)
                .sqrt(MathContext.DECIMAL128)
                .doubleValue();
    }

    /** The mean of so many numbers, rounded once; NaN of none. */
    static double mean(BigInteger sum, long count) {
        return count == 0 ? Double.NaN : divide(sum, BigInteger.valueOf(count).shiftLeft(SCALE));
    }

    private static double divide(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), MathContext.DECIMAL128)
                .doubleValue();
    }

    /** A slot's sum, in 2^−1074. */
    BigInteger sum(int slot) {
        BigInteger sum = BigInteger.valueOf(whole[slot]).shiftLeft(SCALE);
        for (int piece = lowest; piece <= highest; piece++) {
            sum = sum.add(BigInteger.valueOf(pieces[slot * PIECES + piece]).shiftLeft(32 * piece));
        }
        return sum;
    }
}
