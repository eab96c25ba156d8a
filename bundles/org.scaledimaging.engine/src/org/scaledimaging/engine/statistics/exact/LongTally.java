package org.scaledimaging.engine.statistics.exact;

import java.math.BigInteger;

/**
 * The least and the greatest of integers of 64 bits, and sums of them and of their squares, without rounding: a sum of 128
 * bits and one of 192, each in pieces that are carried over with every voxel.
 */
public final class LongTally {
    private static final BigInteger TWO_TO_64 = BigInteger.ONE.shiftLeft(64);

    private final boolean signed;
    private long least;
    private long greatest;
    private long count;
    /** Of values less 2^63 where there is no sign: as signed ones, so that both kinds are alike. */
    private long sumLow;

    private long sumHigh;
    private long squaresLow;
    private long squaresMiddle;
    private long squaresHigh;

    /** @param signed whether the values have a sign */
    public LongTally(boolean signed) {
        this.signed = signed;
    }

    /** Adds the first {@code length} values. */
    public void add(long[] values, int length) {
        long flip = signed ? 0 : Long.MIN_VALUE;
        long low = count == 0 ? Long.MAX_VALUE : least;
        long high = count == 0 ? Long.MIN_VALUE : greatest;
        for (int i = 0; i < length; i++) {
            long value = values[i] ^ flip;
            low = Math.min(low, value);
            high = Math.max(high, value);
            sumLow += value;
            sumHigh += (value >> 63) + (Long.compareUnsigned(sumLow, value) < 0 ? 1 : 0);
            addSquare(value * value, Math.multiplyHigh(value, value));
        }
        least = low;
        greatest = high;
        count += length;
    }

    /** Adds a number that is not negative, of 128 bits. */
    private void addSquare(long low, long high) {
        squaresLow += low;
        long carry = Long.compareUnsigned(squaresLow, low) < 0 ? 1 : 0;
        squaresMiddle += carry;
        squaresHigh += carry != 0 && squaresMiddle == 0 ? 1 : 0;
        squaresMiddle += high;
        squaresHigh += Long.compareUnsigned(squaresMiddle, high) < 0 ? 1 : 0;
    }

    /** Adds all that another has counted; both of values with a sign, or both without. */
    public void add(LongTally other) {
        if (other.count == 0) {
            return;
        }
        least = count == 0 ? other.least : Math.min(least, other.least);
        greatest = count == 0 ? other.greatest : Math.max(greatest, other.greatest);
        count += other.count;
        sumLow += other.sumLow;
        sumHigh += other.sumHigh + (Long.compareUnsigned(sumLow, other.sumLow) < 0 ? 1 : 0);
        addSquare(other.squaresLow, other.squaresMiddle);
        squaresHigh += other.squaresHigh;
    }

    /** How many values were added. */
    public long count() {
        return count;
    }

    /** What a value of 64 bits less 2^63 stands for. */
    private BigInteger whole(long flipped) {
        return BigInteger.valueOf(flipped).add(offset());
    }

    private BigInteger offset() {
        return signed ? BigInteger.ZERO : TWO_TO_64.shiftRight(1);
    }

    /** The least value; of none, undefined. */
    public BigInteger minimum() {
        return whole(least);
    }

    /** The greatest value; of none, undefined. */
    public BigInteger maximum() {
        return whole(greatest);
    }

    /** The sum of all values. */
    public BigInteger sum() {
        return flippedSum().add(offset().multiply(BigInteger.valueOf(count)));
    }

    private BigInteger flippedSum() {
        return BigInteger.valueOf(sumHigh).shiftLeft(64).add(unsigned(sumLow));
    }

    /** The sum of squares of the values themselves: (v + o)² = v² + 2·o·v + o². */
    public BigInteger squares() {
        BigInteger flipped = BigInteger.valueOf(squaresHigh)
                .shiftLeft(64)
                .add(unsigned(squaresMiddle))
                .shiftLeft(64)
                .add(unsigned(squaresLow));
        BigInteger offset = offset();
        return flipped.add(offset.shiftLeft(1).multiply(flippedSum()))
                .add(offset.multiply(offset).multiply(BigInteger.valueOf(count)));
    }

    private static BigInteger unsigned(long bits) {
        BigInteger number = BigInteger.valueOf(bits);
        return bits < 0 ? number.add(TWO_TO_64) : number;
    }
}
