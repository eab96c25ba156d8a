package org.scaledimaging.engine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rounded values are those that decimal arithmetic finds, and no value is further off than is promised. */
class MantissaRoundingTest {
    /** A multiple of two to the value's exponent, less the bits that stay: half to even, by exact decimal arithmetic. */
    private static double defined(double value, int keepBits) {
        BigDecimal step = new BigDecimal(2).pow(1100);
        int exponent = Math.getExponent(value) - keepBits;
        step = exponent >= 0
                ? new BigDecimal(2).pow(exponent)
                : BigDecimal.ONE.divide(new BigDecimal(2).pow(-exponent)); // exact: powers of two end
        BigDecimal steps = new BigDecimal(value).divide(step, 0, RoundingMode.HALF_EVEN);
        return steps.multiply(step).doubleValue();
    }

    private static float[] floats(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = Float.intBitsToFloat(random.nextInt());
            if (i % 4 == 0) { // half-way, or a bit beside it
                values[i] = Float.intBitsToFloat(
                        random.nextInt() & -1 << 12 | 1 << 11 + random.nextInt(3) | random.nextInt(2));
            }
        }
        return values;
    }

    private static Block block(PixelType type, Object voxels, int count) {
        return new Block(type, Interval.ofShape(count), voxels);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 10, 11, 12, 13, 22, 23})
    void floatsAreRoundedAsDefined(int keepBits) {
        float[] values = floats(new Random(keepBits), 4000);
        float[] rounded = values.clone();
        MantissaRounding rounding = new MantissaRounding(keepBits);
        rounding.round(block(PixelType.FLOAT32, rounded, values.length));
        double most = rounding.greatestRelativeError(PixelType.FLOAT32);
        double seen = 0;
        for (int i = 0; i < values.length; i++) {
            float value = values[i];
            boolean finite = Float.isFinite(value);
            float expected = finite ? (float) defined(value, keepBits) : value;
            if (!finite || Math.abs(value) < Float.MIN_NORMAL || Float.isInfinite(expected)) {
                expected = value;
            }
            assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(rounded[i]), "of " + value);
            if (finite && value != 0) {
                seen = Math.max(seen, Math.abs((double) rounded[i] - value) / Math.abs((double) value));
            }
        }
        assertTrue(seen <= most, seen + " is beyond " + most);
        assertTrue(seen >= most / 2, seen + " is far from " + most);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 23, 40, 51, 52})
    void doublesAreRoundedAsDefined(int keepBits) {
        Random random = new Random(keepBits);
        double[] values = new double[1000];
        for (int i = 0; i < values.length; i++) {
            values[i] = (random.nextDouble() - 0.5) * Math.scalb(1.0, random.nextInt(200) - 100);
        }
        double[] rounded = values.clone();
        new MantissaRounding(keepBits).round(block(PixelType.FLOAT64, rounded, values.length));
        for (int i = 0; i < values.length; i++) {
            assertEquals(defined(values[i], keepBits), rounded[i], "of " + values[i]);
        }
    }

    @Test
    void whatIsNoNormalNumberStays() {
        float signalling = Float.intBitsToFloat(0x7fa00001);
        float[] floats = {
            0f,
            -0f,
            Float.NaN,
            signalling,
            Float.POSITIVE_INFINITY,
            Float.NEGATIVE_INFINITY,
            Float.MIN_VALUE,
            -1e-40f,
            Float.MAX_VALUE,
            -Float.MAX_VALUE
        };
        float[] rounded = floats.clone();
        new MantissaRounding(3).round(block(PixelType.FLOAT32, rounded, floats.length));
        for (int i = 0; i < floats.length; i++) {
            assertEquals(Float.floatToRawIntBits(floats[i]), Float.floatToRawIntBits(rounded[i]));
        }
        double[] doubles = {0, -0.0, Double.NaN, Double.NEGATIVE_INFINITY, Double.MIN_VALUE, -1e-310, Double.MAX_VALUE};
        double[] after = doubles.clone();
        new MantissaRounding(3).round(block(PixelType.FLOAT64, after, doubles.length));
        assertArrayEquals(doubles, after);
    }

    @Test
    void tiesGoToTheEvenOne() {
        float[] values = {1.0625f, 1.1875f, -1.0625f, -1.1875f, 1.9375f};
        new MantissaRounding(3).round(block(PixelType.FLOAT32, values, values.length));
        assertArrayEquals(new float[] {1f, 1.25f, -1f, -1.25f, 2f}, values);
    }

    @Test
    void integersHaveNoMantissa() {
        short[] values = {1, 257, -1};
        new MantissaRounding(1).round(block(PixelType.UINT16, values, values.length));
        assertArrayEquals(new short[] {1, 257, -1}, values);
        assertEquals(0, MantissaRounding.mantissaBits(PixelType.UINT16));
        assertEquals(0, new MantissaRounding(23).greatestRelativeError(PixelType.FLOAT32));
        assertThrows(IllegalArgumentException.class, () -> new MantissaRounding(0));
    }
}
