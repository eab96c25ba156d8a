package org.scaledimaging.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExactMomentsTest {

    private static ExactMoments of(double... values) {
        ExactMoments moments = new ExactMoments();
        moments.add(values, values.length);
        return moments;
    }

    @Test
    void anythingThatFloat64HoldsIsSummedUpExactly() {
        Random random = new Random(11);
        double[] values = new double[500];
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal squares = BigDecimal.ZERO;
        for (int i = 0; i < values.length; i++) {
            do {
                values[i] = Double.longBitsToDouble(random.nextLong());
            } while (!Double.isFinite(values[i]));
            BigDecimal value = new BigDecimal(values[i]);
            sum = sum.add(value);
            squares = squares.add(value.multiply(value));
        }
        BigDecimal n = BigDecimal.valueOf(values.length);
        ExactMoments moments = of(values);
        assertEquals(sum.divide(n, MathContext.DECIMAL128).doubleValue(), moments.mean());
        BigDecimal variance =
                n.multiply(squares).subtract(sum.multiply(sum)).divide(n.multiply(n), MathContext.DECIMAL128);
        assertEquals(variance.sqrt(MathContext.DECIMAL128).doubleValue(), moments.standardDeviation());
    }

    @Test
    void nothingIsLostBesideBigNumbers() {
        ExactMoments moments = of(1e300, 1, -1e300, 0x1p-1074, -0.0, 2);
        assertEquals(6, moments.count());
        assertEquals(0.5, moments.mean());
        assertEquals(0.5, of(1e9 + 1, 1e9 + 2).standardDeviation());
        assertEquals(0x1p-1074, of(0x1p-1074, 0x1p-1074).mean());
    }

    @Test
    void partsComeTogetherInAnyOrder() {
        ExactMoments left = of(0.1, 0.2, 1e16);
        left.add(of(0.3, -1e16));
        ExactMoments right = of(-1e16);
        right.add(of(1e16, 0.3));
        right.add(of(0.2, 0.1));
        assertEquals(left.mean(), right.mean());
        assertEquals(left.standardDeviation(), right.standardDeviation());
        assertEquals(of(0.1, 0.2, 0.3, 0, 0).mean(), left.mean());
    }

    @Test
    void wholeNumbersMayComeWithTheirCounts() {
        ExactMoments moments = new ExactMoments();
        moments.addWhole(-3, 2);
        moments.addWhole(7, 1);
        assertEquals(of(-3, -3, 7).mean(), moments.mean());
        assertEquals(of(7, -3, -3).standardDeviation(), moments.standardDeviation());
    }
}
