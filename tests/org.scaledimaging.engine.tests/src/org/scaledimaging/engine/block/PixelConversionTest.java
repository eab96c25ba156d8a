package org.scaledimaging.engine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Array;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelConversionTest {

    private static Object convert(PixelType from, Object source, PixelType to, int length) {
        Object target = to.allocate(length);
        PixelConversion.convert(from, source, to, target, length);
        return target;
    }

    @Test
    void floatsAreRoundedToTheNearestEvenAndClamped() {
        float[] values = {-1, 0.5f, 1.5f, 254.6f, 300, Float.NaN, Float.POSITIVE_INFINITY};
        assertArrayEquals(new byte[] {0, 0, 2, (byte) 255, (byte) 255, 0, (byte) 255}, (byte[])
                convert(PixelType.FLOAT32, values, PixelType.UINT8, 7));
        assertArrayEquals(new byte[] {-1, 0, 2, 127, 127, 0, 127}, (byte[])
                convert(PixelType.FLOAT32, values, PixelType.INT8, 7));
        assertArrayEquals(new short[] {0, 0, 2, 255, 300, 0, -1}, (short[])
                convert(PixelType.FLOAT32, values, PixelType.UINT16, 7));
        assertArrayEquals(new short[] {-1, 0, 2, 255, 300, 0, Short.MAX_VALUE}, (short[])
                convert(PixelType.FLOAT32, values, PixelType.INT16, 7));
    }

    @Test
    void doublesFillTheWholeRangeOfTheWideTypes() {
        double[] values = {-5, 0x1p63, 0x1p64, 1e30, Double.NaN, 0x1p32 - 1, -0x1p63};
        assertArrayEquals(new long[] {0, Long.MIN_VALUE, -1, -1, 0, 0xffffffffL, 0}, (long[])
                convert(PixelType.FLOAT64, values, PixelType.UINT64, 7));
        assertArrayEquals(
                new long[] {-5, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0xffffffffL, Long.MIN_VALUE},
                (long[]) convert(PixelType.FLOAT64, values, PixelType.INT64, 7));
        assertArrayEquals(
                new int[] {0, -1, -1, -1, 0, -1, 0}, (int[]) convert(PixelType.FLOAT64, values, PixelType.UINT32, 7));
        assertArrayEquals(
                new int[] {
                    -5, Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE, 0, Integer.MAX_VALUE, Integer.MIN_VALUE
                },
                (int[]) convert(PixelType.FLOAT64, values, PixelType.INT32, 7));
    }

    @Test
    void integersGoToIntegersExactlyOrAreClamped() {
        long[] values = {-1, Long.MIN_VALUE, (1L << 53) + 1};
        assertArrayEquals(new long[] {Long.MAX_VALUE, Long.MAX_VALUE, (1L << 53) + 1}, (long[])
                convert(PixelType.UINT64, values, PixelType.INT64, 3));
        assertArrayEquals(
                new long[] {0, 0, (1L << 53) + 1}, (long[]) convert(PixelType.INT64, values, PixelType.UINT64, 3));
        assertArrayEquals(new byte[] {-1, -128, 127}, (byte[]) convert(PixelType.INT64, values, PixelType.INT8, 3));
        assertArrayEquals(new byte[] {(byte) 200, 0, (byte) 255}, (byte[])
                convert(PixelType.INT16, new short[] {200, -3, 300}, PixelType.UINT8, 3));
    }

    @Test
    void unsignedValuesBecomeTheFloatsNearestToThem() {
        long[] values = {-1, Long.MIN_VALUE, Long.MIN_VALUE + 1025};
        assertArrayEquals(new double[] {0x1p64, 0x1p63, 0x1p63 + 2048}, (double[])
                convert(PixelType.UINT64, values, PixelType.FLOAT64, 3));
        assertArrayEquals(new float[] {255, 128}, (float[])
                convert(PixelType.UINT8, new byte[] {-1, -128}, PixelType.FLOAT32, 2));
        assertArrayEquals(
                new float[] {65535, 4}, (float[]) convert(PixelType.UINT16, new short[] {-1, 4}, PixelType.FLOAT32, 2));
        assertArrayEquals(new double[] {4294967295.0, 4}, (double[])
                convert(PixelType.UINT32, new int[] {-1, 4}, PixelType.FLOAT64, 2));
    }

    @Test
    void longArraysAndPartsOfThemAreConvertedAsSingleValuesAre() {
        int length = 5000;
        int start = 7;
        Random random = new Random(4);
        for (PixelType from : PixelType.values()) {
            Object source = from.allocate(start + length);
            double[] values = random.doubles(start + length, -100, 400).toArray();
            PixelConversion.convert(PixelType.FLOAT64, values, from, source, values.length);
            for (PixelType to : PixelType.values()) {
                Object target = to.allocate(length);
                PixelConversion.convert(from, source, start, to, target, length);
                for (int i = 0; i < length; i += 499) {
                    Object one = from.allocate(1);
                    System.arraycopy(source, start + i, one, 0, 1);
                    assertEquals(
                            Array.get(convert(from, one, to, 1), 0),
                            Array.get(target, i),
                            from + " to " + to + " at " + i);
                }
            }
        }
    }
}
