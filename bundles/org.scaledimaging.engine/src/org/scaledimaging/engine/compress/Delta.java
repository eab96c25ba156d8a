package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.PixelType;

/**
 * The first value, and of each further one what it is more than the one before, as numcodecs' filter delta stores them.
 * Sums of integers wrap around at the type's ends; those of floating point are rounded to the type at each value. Read,
 * not written.
 *
 * @param type of the values and of their differences
 */
public record Delta(PixelType type, ByteOrder byteOrder) implements Decoding {

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int length = data.remaining();
        if (length > target.length || length % type.bytes() != 0) {
            throw new CorruptDataException(
                    "differences of " + length + " bytes",
                    "at most " + target.length + ", whole values of " + type.label());
        }
        ByteBuffer from = data.duplicate().order(byteOrder);
        ByteBuffer to = ByteBuffer.wrap(target, 0, length).order(byteOrder);
        switch (type) {
            case FLOAT32 -> sumFloats(from, to);
            case FLOAT64 -> sumDoubles(from, to);
            default -> sumIntegers(from, to);
        }
        return length;
    }

    private void sumIntegers(ByteBuffer from, ByteBuffer to) {
        long sum = 0;
        while (from.hasRemaining()) {
            switch (type.bytes()) {
                case 1 -> {
                    sum += from.get();
                    to.put((byte) sum);
                }
                case 2 -> {
                    sum += from.getShort();
                    to.putShort((short) sum);
                }
                case 4 -> {
                    sum += from.getInt();
                    to.putInt((int) sum);
                }
                default -> {
                    sum += from.getLong();
                    to.putLong(sum);
                }
            }
        }
    }

    private static void sumFloats(ByteBuffer from, ByteBuffer to) {
        float sum = 0;
        while (from.hasRemaining()) {
            sum += from.getFloat();
            to.putFloat(sum);
        }
    }

    private static void sumDoubles(ByteBuffer from, ByteBuffer to) {
        double sum = 0;
        while (from.hasRemaining()) {
            sum += from.getDouble();
            to.putDouble(sum);
        }
    }
}
