package org.scaledimaging.engine.block;

/** Real numbers of 16 bits (IEEE 754 binary16), which no {@link PixelType} is: they are read as float32, exactly. */
public final class Half {
    private static final int EXPONENT = 0x7c00;
    private static final int FRACTION = 0x3ff;

    private Half() {}

    /** The number with these bits; of NaN the payload is kept. */
    public static float value(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits & EXPONENT;
        int fraction = bits & FRACTION;
        if (exponent == EXPONENT) {
            return Float.intBitsToFloat(sign | 0x7f800000 | fraction << 13);
        } else if (exponent == 0) { // 0, or smaller than what has a leading one
            float value = fraction * 0x1p-24f;
            return sign == 0 ? value : -value;
        }
        return Float.intBitsToFloat(sign | (exponent + (112 << 10)) << 13 | fraction << 13);
    }

    /** The first numbers of an array. */
    public static void values(short[] bits, float[] values, int length) {
        for (int i = 0; i < length; i++) {
            values[i] = value(bits[i]);
        }
    }
}
