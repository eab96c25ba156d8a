package org.scaledimaging.engine.statistics.exact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExactSumsTest {
    private static final BigDecimal UNIT = new BigDecimal(BigInteger.ONE.shiftLeft(1074));

    private static ExactSums of(double... values) {
        ExactSums sums = new ExactSums(1, true);
        sums.addFinite(values, values.length);
        return sums;
    }

    private static double mean(ExactSums sums, long count) {
        return ExactSums.mean(sums.sum(0), count);
    }

    private static double deviation(ExactSums sums, long count) {
        return ExactSums.standardDeviation(sums.sum(0), sums.squares(0), count);
    }

    private static double any(Random random) {
        double value = Double.longBitsToDouble(random.nextLong());
        return Double.isFinite(value) ? value : any(random);
    }

    @Test
    void anythingThatFloat64HoldsIsSummedUpExactly() {
        Random random = new Random(11);
        double[] values = new double[500];
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (int i = 0; i < values.length; i++) {
            values[i] = any(random);
            BigDecimal value = new BigDecimal(values[i]);
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
        }
        BigDecimal n = BigDecimal.valueOf(values.length);
        ExactSums sums = of(values);
        assertEquals(sum.divide(n, MathContext.DECIMAL128).doubleValue(), mean(sums, values.length));
        BigDecimal variance =
                n.multiply(squares).subtract(sum.multiply(sum)).divide(n.multiply(n), MathContext.DECIMAL128);
        assertEquals(variance.sqrt(MathContext.DECIMAL128).doubleValue(), deviation(sums, values.length));
    }

    @Test
    void nothingIsLostBesideBigNumbers() {
        assertEquals(0.5, mean(of(1e300, 1, -1e300, 0x1p-1074, -0.0, 2), 6));
        assertEquals(0.5, deviation(of(1e9 + 1, 1e9 + 2), 2));
        assertEquals(0x1p-1074, mean(of(0x1p-1074, 0x1p-1074), 2));
    }

    @Test
    void squaresBeyondFloat64CountToo() {
        assertEquals(1e200, deviation(of(1e200, -1e200), 2));
        assertEquals(1e-200, deviation(of(1e-200, -1e-200), 2));
        assertEquals(Double.MAX_VALUE, deviation(of(Double.MAX_VALUE, -Double.MAX_VALUE), 2));
        assertEquals(Double.MIN_VALUE, deviation(of(Double.MIN_VALUE, -Double.MIN_VALUE), 2));
    }

    @Test
    void partsComeTogetherInAnyOrder() {
        int[] same = {0};
        ExactSums left = of(0.1, 0.2, 1e16);
        left.add(of(0.3, -1e16), same);
        ExactSums right = of(-1e16);
        right.add(of(1e16, 0.3), same);
        right.add(of(0.2, 0.1), same);
        assertEquals(left.sum(0), right.sum(0));
        assertEquals(left.squares(0), right.squares(0));
        assertEquals(of(0.1, 0.2, 0.3, 0, 0, Double.NaN).sum(0), left.sum(0));
    }

    @Test
    void wholeNumbersMayComeWithTheirCounts() {
        ExactSums sums = new ExactSums(1, true);
        sums.addWhole(0, -3, 2);
        sums.addWhole(0, 7, 1);
        assertEquals(of(-3, -3, 7).sum(0), sums.sum(0));
        assertEquals(of(7, -3, -3).squares(0), sums.squares(0));
    }

    @Test
    void slotsAreApartWhateverTheMagnitudes() {
        for (boolean squared : new boolean[] {false, true}) {
            Random random = new Random(7);
            ExactSums sums = new ExactSums(30, squared);
            ExactSums other = new ExactSums(29, squared);
            BigDecimal[] expected = new BigDecimal[30];
            BigDecimal[] squares = new BigDecimal[30];
            Arrays.fill(expected, BigDecimal.ZERO);
            Arrays.fill(squares, BigDecimal.ZERO);
            for (int i = 0; i < 3000; i++) {
                double value =
                        i % 3 == 0 ? random.nextInt() : i % 50 == 1 ? any(random) : random.nextGaussian() * 1e-170;
                int slot = random.nextInt(29);
                ExactSums into = i % 2 == 0 ? sums : other;
                into.prepare(1);
                into.add(slot, value);
                int at = into == sums ? slot : slot + 1;
                expected[at] = expected[at].add(new BigDecimal(value));
                squares[at] = squares[at].add(new BigDecimal(value).pow(2));
            }
            sums.add(other, IntStream.rangeClosed(1, 29).toArray());
            for (int slot = 0; slot < expected.length; slot++) {
                assertEquals(expected[slot].multiply(UNIT).toBigIntegerExact(), sums.sum(slot), "slot " + slot);
                BigInteger square = squares[slot].multiply(UNIT.pow(2)).toBigIntegerExact();
                assertEquals(squared ? square : BigInteger.ZERO, sums.squares(slot), "slot " + slot);
            }
            sums.clear();
            assertEquals(BigInteger.ZERO, sums.sum(1));
        }
    }

    @Test
    void manyNumbersDoNotOverflow() {
        ExactSums sums = of(Math.nextDown(2.0)); // all bits of every piece
        BigInteger sum = sums.sum(0);
        BigInteger squares = sums.squares(0);
        int doublings = 36;
        for (int i = 0; i < doublings; i++) {
            sums.add(sums, new int[] {0});
        }
        assertEquals(sum.shiftLeft(doublings), sums.sum(0));
        assertEquals(squares.shiftLeft(doublings), sums.squares(0));
    }
}
