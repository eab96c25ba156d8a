package org.scaledimaging.engine.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.scaledimaging.engine.block.Half;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.codec.StoredType;
import org.scaledimaging.engine.zarr.store.Json;

/**
 * The value of voxels whose chunk is not stored.
 *
 * @param pixelType its type
 * @param bits the value bit for bit, in the lowest bytes
 */
record FillValue(PixelType pixelType, long bits) {
    private static final int LONGEST = 1000;

    /**
     * Reads the many ways in which others write it.
     *
     * @param location what to name in errors
     * @param node a number, as such or as text; null, nothing or an empty text for 0; true or false; {@code "NaN"},
     *     {@code "Infinity"}, {@code "-Infinity"}, of which an integer has the nearest it can hold (of NaN, 0); the bits in
     *     hexadecimal as in {@code "0x7fc00000"}; the bytes in base64
     * @param byteOrder of bytes in base64
     */
    static FillValue parse(Object location, JsonNode node, StoredType type, ByteOrder byteOrder)
            throws ImageFormatException {
        PixelType pixelType = type.pixelType();
        if (node == null || node.isNull()) {
            return new FillValue(pixelType, 0);
        }
        try {
            String text = node.isTextual() ? node.asText().strip() : "";
            if (text.startsWith("0x") && text.indexOf('p') < 0) {
                return new FillValue(pixelType, widened(hexadecimal(text.substring(2), type.bits()), type));
            }
            Optional<Long> bytes = base64(text, type.bits(), byteOrder);
            return new FillValue(
                    pixelType, bytes.isPresent() ? widened(bytes.get(), type) : bits(number(node, text), pixelType));
        } catch (NumberFormatException | ArithmeticException e) {
            throw new ImageFormatException(
                    location, "the fill value " + Json.brief(node), "a value of type " + pixelType.label(), e);
        }
    }

    private static long widened(long bits, StoredType type) {
        return type.isHalf() ? Float.floatToRawIntBits(Half.value((short) bits)) : bits;
    }

    /** A Double or a BigDecimal. */
    private static Number number(JsonNode node, String text) {
        if (node.isNumber()) {
            return node.isIntegralNumber() || node.isBigDecimal() ? node.decimalValue() : node.doubleValue();
        } else if (node.isBoolean()) {
            return node.asBoolean() ? BigDecimal.ONE : BigDecimal.ZERO;
        } else if (!node.isTextual() || text.length() > LONGEST) {
            throw new NumberFormatException("no number");
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "false" -> BigDecimal.ZERO;
            case "true" -> BigDecimal.ONE;
            case "nan" -> Double.NaN;
            case "infinity", "+infinity", "inf", "+inf" -> Double.POSITIVE_INFINITY;
            case "-infinity", "-inf" -> Double.NEGATIVE_INFINITY;
            default -> text.contains("0x") ? (Number) Double.valueOf(text) : new BigDecimal(text);
        };
    }

    private static long bits(Number number, PixelType pixelType) {
        if (pixelType == PixelType.FLOAT32) {
            return Float.floatToRawIntBits(number.floatValue());
        } else if (pixelType == PixelType.FLOAT64) {
            return Double.doubleToRawLongBits(number.doubleValue());
        }
        int width = 8 * pixelType.bytes();
        if (number instanceof Double value && !Double.isFinite(value)) {
            BigInteger most = BigInteger.ONE.shiftLeft(pixelType.isSigned() ? width - 1 : width);
            BigInteger least = pixelType.isSigned() ? most.negate() : BigInteger.ZERO;
            return Double.isNaN(value) ? 0 : (value > 0 ? most.subtract(BigInteger.ONE) : least).longValue();
        }
        BigDecimal decimal = number instanceof BigDecimal exact ? exact : BigDecimal.valueOf(number.doubleValue());
        if (decimal.precision() - decimal.scale() > 20) {
            throw new ArithmeticException("out of range"); // before 1e999999999 is written out
        }
        BigInteger value = decimal.toBigIntegerExact();
        boolean fits =
                pixelType.isSigned() ? value.bitLength() < width : value.signum() >= 0 && value.bitLength() <= width;
        if (!fits) {
            throw new ArithmeticException("out of range");
        }
        return value.longValue();
    }

    private static long hexadecimal(String digits, PixelType pixelType) {
        if (digits.length() != 2 * pixelType.bytes()) {
            throw new NumberFormatException("not so many digits");
        }
        return Long.parseUnsignedLong(digits, 16);
    }

    /** Padding tells base64 of 1, 2, 4 or 8 bytes from any number. */
    private static Optional<Long> base64(String text, PixelType pixelType, ByteOrder byteOrder) {
        if (!text.endsWith("=")) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw (NumberFormatException) new NumberFormatException("no base64").initCause(e);
        }
        if (bytes.length != pixelType.bytes()) {
            throw new NumberFormatException(bytes.length + " bytes");
        }
        long bits = 0;
        for (int i = 0; i < bytes.length; i++) {
            int place = byteOrder == ByteOrder.BIG_ENDIAN ? bytes.length - 1 - i : i;
            bits |= Byte.toUnsignedLong(bytes[i]) << 8 * place;
        }
        return Optional.of(bits);
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
