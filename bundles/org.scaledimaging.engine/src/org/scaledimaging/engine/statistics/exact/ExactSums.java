package org.scaledimaging.engine.statistics.exact;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Sums of numbers, and of their squares, without any rounding, in many slots: the same to the bit whatever the order in
 * which numbers and partial sums come together. A float64 is a whole number m of 53 bits times a power of two; for each
 * power, m and m² are summed up in pieces of at most 32 bits, so that a long holds very many of them.
 */
public final class ExactSums {
    /** Sums are whole numbers of 2^−1074, those of squares of 2^−2148. */
    private static final int SCALE = 1074;
    /** m is cut into 24 and 29 bits: what came from a float32 or a narrow integer has nothing in the latter. */
    private static final int LOW_BITS = 29;

    private static final long LOW = (1L << LOW_BITS) - 1;
    private static final long HALF = 0xffffffffL;
    /** What the pieces stand for, as powers of two: of m, high and low; of m², high², 2·high·low, low², in two halves. */
    private static final int[] SHIFTS = {
        LOW_BITS, 0, 2 * LOW_BITS, 2 * LOW_BITS + 32, LOW_BITS + 1, LOW_BITS + 33, 0, 32
    };

    /** Pieces of m. */
    private static final int OF_SUM = 2;
    /** Powers of two for which many slots have pieces, at most: those of float32. Others are added at once. */
    private static final int MOST_POWERS = 300;
    /** What a slot without squares takes in memory at most, in bytes. */
    public static final int BYTES = MOST_POWERS * OF_SUM * Long.BYTES + 600;

    /** Those that float64 has; the next would be that of NaN and of what is infinite. */
    private static final int POWERS = 2046;

    /** Powers beside those in use for which there are pieces, too. */
    private static final int MARGIN = 8;
    /** The bits of a float64 that are stored of m, and the one that is not. */
    private static final long FRACTION = (1L << 52) - 1;

    private static final long HIDDEN = 1L << 52;
    /** Additions of 32 bits; a long holds four times as many. */
    private static final long MOST = 1L << 29;

    private final int slots;
    private final int each;
    private final int mostPowers;
    /** For each slot, for each of {@code width} powers from {@code base} on, its pieces. */
    private long[] pieces = {};

    private int base;
    private int width;
    private long additions;
    /** What is in no piece: sums, then sums of squares; null as long as there is nothing. */
    private BigInteger[] carried;

    /**
     * @param slots how many sums; each is 0 at first
     * @param squares whether squares are summed up, too
     */
    public ExactSums(int slots, boolean squares) {
        this.slots = slots;
        this.each = squares ? SHIFTS.length : OF_SUM;
        this.mostPowers = Math.min(Math.max(MOST_POWERS, 2048 / slots), (1 << 28) / slots / each);
    }

    /**
     * Makes room for so many numbers that are added after it.
     *
     * @param more how many numbers, over all slots; at most 2^31 − 1
     */
    public void prepare(long more) {
        if (additions + more > MOST) {
            carry();
        }
        additions += more;
    }

    /**
     * Adds a finite number; {@link #prepare} has counted it.
     *
     * @param slot from 0
     */
    public void add(int slot, double value) {
        long bits = Double.doubleToRawLongBits(value);
        long mantissa = mantissa(bits);
        int power = power(bits);
        if (power >= base && power < base + width || mantissa != 0 && widened(power, power)) {
            add(pieces, (slot * width + power - base) * each, each > OF_SUM, mantissa, bits >> 63);
        } else if (mantissa != 0) {
            addAtOnce(slot, bits < 0 ? -mantissa : mantissa, power);
        }
    }

    private static long mantissa(long bits) {
        return (bits >>> 52 & 0x7ff) == 0 ? bits & FRACTION : bits & FRACTION | HIDDEN;
    }

    private static int power(long bits) {
        return Math.max(0, ((int) (bits >>> 52) & 0x7ff) - 1);
    }

    private static void add(long[] pieces, int at, boolean squared, long mantissa, long sign) {
        long high = mantissa >>> LOW_BITS;
        long low = mantissa & LOW;
        pieces[at] += (high ^ sign) - sign;
        if (!squared) {
            pieces[at + 1] += (low ^ sign) - sign;
            return;
        }
        addHalves(pieces, at + 2, high * high);
        if (low != 0) {
            pieces[at + 1] += (low ^ sign) - sign;
            addHalves(pieces, at + 4, high * low);
            addHalves(pieces, at + 6, low * low);
        }
    }

    private static void addHalves(long[] pieces, int at, long product) {
        pieces[at] += product & HALF;
        pieces[at + 1] += product >>> 32;
    }

    private void addAtOnce(int slot, long mantissa, int power) {
        BigInteger number = BigInteger.valueOf(mantissa).shiftLeft(power);
        carry(slot, number, each == OF_SUM ? BigInteger.ZERO : number.multiply(number));
    }

    /**
     * Adds finite numbers to slot 0, and leaves out NaN and infinite ones; for sums with squares.
     *
     * @param length how many of the values count
     * @return how many were finite
     */
    public long addFinite(double[] values, int length) {
        prepare(length);
        long infinite = 0;
        long[] into = pieces;
        int first = base + 1;
        int powers = width;
        for (int i = 0; i < length; i++) {
            long bits = Double.doubleToRawLongBits(values[i]);
            int exponent = (int) (bits >>> 52) & 0x7ff;
            int power = exponent - first;
            if (Integer.compareUnsigned(power, powers) < 0) { // neither zero nor subnormal
                add(into, power * SHIFTS.length, true, bits & FRACTION | HIDDEN, bits >> 63);
            } else if (exponent == 0x7ff) {
                infinite++; // or NaN
            } else {
                add(0, values[i]);
                into = pieces;
                first = base + 1;
                powers = width;
            }
        }
        return length - infinite;
    }

    /** Adds a whole number that occurs so many times. */
    public void addWhole(int slot, long value, long times) {
        BigInteger number = BigInteger.valueOf(value).shiftLeft(SCALE);
        BigInteger sum = number.multiply(BigInteger.valueOf(times));
        carry(slot, sum, sum.multiply(number));
    }

    /** Sees to it that there are pieces for powers, unless these are too many. */
    private boolean widened(int first, int last) {
        int from = width == 0 ? first : Math.min(base, first);
        int to = Math.max(base + width, last + 1);
        if (to - from > mostPowers) {
            return false;
        }
        if (from == base && to == base + width) {
            return true;
        }
        int margin = Math.min(MARGIN, (mostPowers - (to - from)) / 2);
        from = Math.max(0, from - margin);
        to = Math.min(POWERS, to + margin);
        long[] wider = new long[Math.multiplyExact(slots * each, to - from)];
        for (int slot = 0; slot < slots; slot++) {
            int into = (slot * (to - from) + base - from) * each;
            System.arraycopy(pieces, slot * width * each, wider, Math.max(0, into), width * each);
        }
        pieces = wider;
        base = from;
        width = to - from;
        return true;
    }

    /**
     * Adds what is in a slot of other sums of the same kind; {@link #prepare} has counted as many numbers as are in it.
     *
     * @param slot the one here
     * @param otherSlot the one there
     */
    public void add(int slot, ExactSums other, int otherSlot) {
        if (other.carried != null) {
            carry(slot, other.carried[otherSlot], other.carried[other.slots + otherSlot]);
        }
        if (other.width > 0 && !widened(other.base, other.base + other.width - 1)) {
            carry(slot, other.ofPieces(otherSlot, false), other.ofPieces(otherSlot, true));
            return;
        }
        int into = (slot * width + other.base - base) * each;
        int from = otherSlot * other.width * each;
        for (int piece = 0; piece < other.width * each; piece++) {
            pieces[into + piece] += other.pieces[from + piece];
        }
    }

    /**
     * Adds all slots of other sums of the same kind.
     *
     * @param into for each slot there the one here; several may go into one
     */
    public void add(ExactSums other, int[] into) {
        prepare(other.additions);
        for (int slot = 0; slot < into.length; slot++) {
            add(into[slot], other, slot);
        }
    }

    private void carry() {
        for (int slot = 0; slot < slots; slot++) {
            carry(slot, ofPieces(slot, false), ofPieces(slot, true));
        }
        Arrays.fill(pieces, 0);
        additions = 0;
    }

    private void carry(int slot, BigInteger sum, BigInteger squares) {
        if (carried == null) {
            carried = new BigInteger[2 * slots];
            Arrays.fill(carried, BigInteger.ZERO);
        }
        carried[slot] = carried[slot].add(sum);
        carried[slots + slot] = carried[slots + slot].add(squares);
    }

    private BigInteger ofPieces(int slot, boolean squares) {
        BigInteger sum = BigInteger.ZERO;
        for (int power = 0; power < width; power++) {
            int at = (slot * width + power) * each;
            int unit = (squares ? 2 : 1) * (base + power);
            for (int piece = squares ? OF_SUM : 0; piece < (squares ? each : OF_SUM); piece++) {
                if (pieces[at + piece] != 0) {
                    sum = sum.add(BigInteger.valueOf(pieces[at + piece]).shiftLeft(SHIFTS[piece] + unit));
                }
            }
        }
        return sum;
    }

    /** Makes every sum 0 again. */
    public void clear() {
        Arrays.fill(pieces, 0);
        carried = null;
        additions = 0;
    }

    /** A slot's sum, in 2^−1074. */
    public BigInteger sum(int slot) {
        BigInteger sum = ofPieces(slot, false);
        return carried == null ? sum : sum.add(carried[slot]);
    }

    /** The sum of the squares in a slot, in 2^−2148; 0 where squares are not summed up. */
    public BigInteger squares(int slot) {
        BigInteger squares = ofPieces(slot, true);
        return carried == null ? squares : squares.add(carried[slots + slot]);
    }

    /** A sum of whole numbers, as {@link #sum} has it. */
    public static BigInteger whole(BigInteger sum) {
        return sum.shiftRight(SCALE);
    }

    /** A whole number as {@link #sum} has it. */
    public static BigInteger ofWhole(BigInteger sum) {
        return sum.shiftLeft(SCALE);
    }

    /**
     * The true mean of so many numbers, rounded to float64 once; NaN of none.
     *
     * @param sum theirs, as {@link #sum} has it
     */
    public static double mean(BigInteger sum, long count) {
        return count == 0
                ? Double.NaN
                : divided(sum, BigInteger.valueOf(count).shiftLeft(SCALE)).doubleValue();
    }

    /**
     * The standard deviation of all of so many numbers, the root of their mean squared distance from the mean; NaN of none.
     *
     * @param sum theirs, as {@link #sum} has it
     * @param squares that of their squares, as {@link #squares} has it
     */
    public static double standardDeviation(BigInteger sum, BigInteger squares, long count) {
        if (count == 0) {
            return Double.NaN;
        }
        // n·Σx² − (Σx)², without rounding, over n².
        BigInteger n = BigInteger.valueOf(count);
        BigInteger spread = n.multiply(squares).subtract(sum.multiply(sum));
        return divided(spread, n.multiply(n).shiftLeft(2 * SCALE))
                .sqrt(MathContext.DECIMAL128)
                .doubleValue();
    }

    private static BigDecimal divided(BigInteger numerator, BigInteger denominator) {
        return new BigDecimal(numerator).divide(new BigDecimal(denominator), MathContext.DECIMAL128);
    }
}
