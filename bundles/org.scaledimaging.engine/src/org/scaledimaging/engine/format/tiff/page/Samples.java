package org.scaledimaging.engine.format.tiff.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Half;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Transposition;
import org.scaledimaging.engine.block.VoxelBytes;

/** Makes arrays of a pixel type from a file's bytes: pixels of interleaved samples become one plane per sample. */
final class Samples {
    private Samples() {}

    /** Turns the bits of each byte around where the file has them so. */
    static void mirror(ByteBuffer bytes, PageLayout layout) {
        if (layout.mirrored()) {
            for (int i = bytes.position(); i < bytes.limit(); i++) {
                bytes.put(i, (byte) (Integer.reverse(bytes.get(i)) >>> 24));
            }
        }
    }

    /**
     * @param rows of pixels, each of which begins with a byte
     * @param width of a row, in pixels
     * @return all pixels of the first sample first
     */
    static Object of(byte[] bytes, ByteOrder order, PageLayout layout, int rows, int width) {
        PixelType type = layout.type();
        int samples = layout.interleaved();
        int pixels = rows * width;
        int length = pixels * samples;
        Object values;
        if (layout.bits() == 8 * type.bytes()) {
            values = type.allocate(length);
            VoxelBytes.of(ByteBuffer.wrap(bytes).order(order), type).get(0, values, 0, length);
        } else if (type == PixelType.FLOAT32) {
            ByteBuffer stored = ByteBuffer.wrap(bytes).order(order);
            values = layout.bits() == 24 ? threeBytes(stored, length) : halves(stored, length);
        } else {
            values = bits(bytes, layout, rows, width * samples);
        }
        if (samples == 1) {
            return values;
        }
        Object planes = type.allocate(length);
        Transposition.transpose(values, new long[] {pixels, samples}, AxisOrder.reversed(2), planes);
        return planes;
    }

    /** Numbers of less than 8 or 16 bits, the first in the highest bits of a byte, whatever the byte order. */
    private static Object bits(byte[] bytes, PageLayout layout, int rows, int values) {
        int bits = layout.bits();
        byte[] small = layout.type() == PixelType.UINT8 ? new byte[rows * values] : null;
        short[] large = small == null ? new short[rows * values] : null;
        for (int row = 0; row < rows; row++) {
            long bit = 8L * row * layout.rowBytes((long) values / layout.interleaved());
            for (int i = 0; i < values; i++) {
                int value = 0;
                for (int b = 0; b < bits; b++, bit++) {
                    value = value << 1 | bytes[(int) (bit >> 3)] >> (7 - (int) (bit & 7)) & 1;
                }
                if (small != null) {
                    small[row * values + i] = (byte) value;
                } else {
                    large[row * values + i] = (short) value;
                }
            }
        }
        return small != null ? small : large;
    }

    /** Numbers of 1 bit for the sign, 7 for the exponent and 16 for the fraction, each of which float32 holds exactly. */
    private static float[] threeBytes(ByteBuffer bytes, int length) {
        boolean little = bytes.order() == ByteOrder.LITTLE_ENDIAN;
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            int first = bytes.get(3 * i) & 0xFF;
            int last = bytes.get(3 * i + 2) & 0xFF;
            int number = (little ? last : first) << 16 | (bytes.get(3 * i + 1) & 0xFF) << 8 | (little ? first : last);
            int exponent = number >> 16 & 0x7F;
            int fraction = number & 0xFFFF;
            float size = exponent == 0x7F
                    ? Float.intBitsToFloat(0x7F800000 | fraction << 7)
                    : exponent == 0
                            ? Math.scalb((float) fraction, -78)
                            : Math.scalb((float) (fraction + 0x10000), exponent - 79);
            values[i] = number >> 23 == 1 ? -size : size;
        }
        return values;
    }

    /** Numbers of IEEE 754's binary16, each of which float32 holds exactly. */
    private static float[] halves(ByteBuffer bytes, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = Half.value(bytes.getShort(2 * i));
        }
        return values;
    }
}
