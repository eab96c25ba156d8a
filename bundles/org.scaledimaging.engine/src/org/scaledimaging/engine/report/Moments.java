package org.scaledimaging.engine.report;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * Sums of values and of their squares on a grid of 2^30 steps over a range, in whole numbers: the same whatever the order
 * in which values come.
 */
final class Moments {
    private static final double STEPS = 1 << 30;
    private static final long HALF = 0xffffffffL;

    private final double minimum;
    private final double range;
    private long count;
    private long sum;
    private long squaresLow;
    private long squaresHigh;

    Moments(double minimum, double maximum) {
        this.minimum = minimum;
        this.range = maximum - minimum;
    }

    void add(double value) {
        long step = range > 0 ? Math.round((value - minimum) / range * STEPS) : 0;
        long square = step * step;
        count++;
        sum += step;
        squaresLow += square & HALF;
        squaresHigh += (square >>> 32) + (squaresLow >>> 32);
        squaresLow &= HALF;
    }

    void add(Moments other) {
        count += other.count;
        sum += other.sum;
        squaresLow += other.squaresLow;
        squaresHigh += other.squaresHigh + (squaresLow >>> 32);
        squaresLow &= HALF;
    }

    long count() {
        return count;
    }

    double mean() {
        return count == 0 ? Double.NaN : minimum + sum / (double) count / STEPS * range;
    }

    double standardDeviation() {
        if (count == 0) {
            return Double.NaN;
        }
        BigInteger n = BigInteger.valueOf(count);
        BigInteger squares = BigInteger.valueOf(squaresHigh).shiftLeft(32).add(BigInteger.valueOf(squaresLow));
        BigInteger spread = n.multiply(squares).subtract(BigInteger.valueOf(sum).pow(2));
        BigDecimal variance = new BigDecimal(spread).divide(new BigDecimal(n.multiply(n)), MathContext.DECIMAL64);
        return Math.sqrt(variance.doubleValue()) / STEPS * range;
    }
}
