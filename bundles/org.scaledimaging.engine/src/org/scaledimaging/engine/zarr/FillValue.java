package org.scaledimaging.engine.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The value of voxels whose chunk is not stored.
 *
 * @param pixelType its type
 * @param bits the value bit for bit, in the lowest bytes
 */
record FillValue(PixelType pixelType, long bits) {

    /**
     * @param location what to name in errors
     * @param node a number; null or nothing for 0; for float types also {@code "NaN"}, {@code "Infinity"},
     *     {@code "-Infinity"}, and the bits in hexadecimal as in {@code "0x7fc00000"}
     */
    static FillValue parse(Object location, JsonNode node, PixelType pixelType) throws ImageFormatException {
        if (node == null || node.isNull()) {
            return new FillValue(pixelType, 0);
        }
        try {
            return new FillValue(pixelType, pixelType.isInteger() ? integer(node, pixelType) : real(node, pixelType));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new ImageFormatException(
                    location, "the fill value " + node, "a value of type " + pixelType.label(), e);
        }
    }

    private static long integer(JsonNode node, PixelType pixelType) {
        if (!node.isNumber()) {
            throw new NumberFormatException("no number");
        }
        BigDecimal decimal = node.decimalValue();
        if (decimal.precision() - decimal.scale() > 20) {
            throw new ArithmeticException("out of range"); // before 1e999999999 is written out
        }
        BigInteger value = decimal.toBigIntegerExact();
        int width = 8 * pixelType.bytes();
        boolean fits =
                pixelType.isSigned() ? value.bitLength() < width : value.signum() >= 0 && value.bitLength() <= width;
        if (!fits) {
            throw new ArithmeticException("out of range");
        }
        return value.longValue();
    }

    private static long real(JsonNode node, PixelType pixelType) {
        boolean single = pixelType == PixelType.FLOAT32;
        if (node.isTextual() && node.asText().startsWith("0x")) {
            String digits = node.asText().substring(2);
            if (digits.length() != 2 * pixelType.bytes()) {
                throw new NumberFormatException("not so many digits");
            }
            return Long.parseUnsignedLong(digits, 16);
        }
        double value;
        if (node.isNumber()) {
            value = node.doubleValue();
        } else {
            value = switch (node.asText()) {
                case "NaN" -> Double.NaN;
                case "Infinity" -> Double.POSITIVE_INFINITY;
                case "-Infinity" -> Double.NEGATIVE_INFINITY;
                default -> throw new NumberFormatException("no number");
            };
        }
        return single ? Float.floatToRawIntBits((float) value) : Double.doubleToRawLongBits(value);
    }

    /** Sets the first values of an array. */
    void fill(Object voxels, int length) {
        if (voxels instanceof byte[] values) {
            Arrays.fill(values, 0, length, (byte) bits);
        } else if (voxels instanceof short[] values) {
            Arrays.fill(values, 0, length, (short) bits);
        } else if (voxels instanceof int[] values) {
            Arrays.fill(values, 0, length, (int) bits);
        } else if (voxels instanceof long[] values) {
            Arrays.fill(values, 0, length, bits);
        } else if (voxels instanceof float[] values) {
            Arrays.fill(values, 0, length, Float.intBitsToFloat((int) bits));
        } else {
            Arrays.fill((double[]) voxels, 0, length, Double.longBitsToDouble(bits));
        }
    }

    /**
     * Whether the first values of an array are all this one, bit for bit; a fill value of NaN never counts. The first
     * value decides nearly always; the rest is one vectorised comparison of the array with itself, one further on.
     */
    boolean fills(Object voxels, int length) {
        if (voxels instanceof byte[] values) {
            return values[0] == (byte) bits && Arrays.equals(values, 0, length - 1, values, 1, length);
        } else if (voxels instanceof short[] values) {
            return values[0] == (short) bits && Arrays.equals(values, 0, length - 1, values, 1, length);
        } else if (voxels instanceof int[] values) {
            return values[0] == (int) bits && Arrays.equals(values, 0, length - 1, values, 1, length);
        } else if (voxels instanceof long[] values) {
            return values[0] == bits && Arrays.equals(values, 0, length - 1, values, 1, length);
        } else if (voxels instanceof float[] values) {
            return Float.floatToRawIntBits(values[0]) == (int) bits
                    && !Float.isNaN(values[0])
                    && Arrays.equals(values, 0, length - 1, values, 1, length);
        }
        double[] values = (double[]) voxels;
        return Double.doubleToRawLongBits(values[0]) == bits
                && !Double.isNaN(values[0])
                && Arrays.equals(values, 0, length - 1, values, 1, length);
    }
}
