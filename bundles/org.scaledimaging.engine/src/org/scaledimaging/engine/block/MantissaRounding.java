package org.scaledimaging.engine.block;

/**
 * Floating-point values with fewer bits of their mantissa, so that they compress better: each is rounded to the nearest
 * that has zeros behind its first bits, of two as near to the one whose last bit is even (bit rounding: M. Klöwer et al.,
 * Nature Computational Science 1, 713–724, 2021). Zeros, infinities and NaN stay; so do denormals, and what would become
 * infinite, and the relative error that is promised holds for every value.
 *
 * @param keepBits how many bits of the mantissa stay, the one before the point not counted
 */
public record MantissaRounding(int keepBits) {
    private static final int FLOAT_BITS = 23;
    private static final int DOUBLE_BITS = 52;

    public MantissaRounding {
        if (keepBits < 1) {
            throw new IllegalArgumentException("bits " + keepBits);
        }
    }

    /** How many bits the mantissa of a type has: 23 of float32, 52 of float64, 0 of integers. */
    public static int mantissaBits(PixelType type) {
        return switch (type) {
            case FLOAT32 -> FLOAT_BITS;
            case FLOAT64 -> DOUBLE_BITS;
            default -> 0;
        };
    }

    /** By how much a value differs from what is kept of it at most, as a part of it: 0.0005 for 10 bits. */
    public double greatestRelativeError(PixelType type) {
        return keepBits >= mantissaBits(type) ? 0 : Math.scalb(1.0, -keepBits - 1);
    }

    /** Rounds all voxels of a block in place; integers have no mantissa and stay. */
    public void round(Block block) {
        if (block.voxels() instanceof float[] floats && keepBits < FLOAT_BITS) {
            for (int i = 0; i < floats.length; i++) {
                floats[i] = round(floats[i]);
            }
        } else if (block.voxels() instanceof double[] doubles && keepBits < DOUBLE_BITS) {
            for (int i = 0; i < doubles.length; i++) {
                doubles[i] = round(doubles[i]);
            }
        }
    }

    private float round(float value) {
        int bits = Float.floatToRawIntBits(value);
        int dropped = FLOAT_BITS - keepBits;
        int last = bits >>> dropped & 1;
        int rounded = bits + (1 << dropped - 1) - 1 + last & -1 << dropped;
        float result = Float.intBitsToFloat(rounded); // a carry into the exponent is what doubling the value means
        return Math.abs(value) >= Float.MIN_NORMAL && Float.isFinite(result) ? result : value;
    }

    private double round(double value) {
        long bits = Double.doubleToRawLongBits(value);
        int dropped = DOUBLE_BITS - keepBits;
        long last = bits >>> dropped & 1;
        long rounded = bits + (1L << dropped - 1) - 1 + last & -1L << dropped;
        double result = Double.longBitsToDouble(rounded);
        return Math.abs(value) >= Double.MIN_NORMAL && Double.isFinite(result) ? result : value;
    }
}
