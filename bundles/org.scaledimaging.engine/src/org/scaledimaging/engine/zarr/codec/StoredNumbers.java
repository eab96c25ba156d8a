package org.scaledimaging.engine.zarr.codec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.Half;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Decoding;

/**
 * Values that are stored as numbers of another type, each {@code value = stored / scale + offset} in double precision, as
 * numcodecs' filters astype, fixedscaleoffset and quantize store them. Where an integer becomes an integer, its last bits
 * count; a fraction is cut off. Read, not written.
 *
 * @param stored what is in the file
 * @param values what it stands for
 */
record StoredNumbers(NumberType stored, NumberType values, double scale, double offset) implements Decoding {

    /** A type of numbers in the order of their bytes. */
    record NumberType(StoredType type, ByteOrder order) {
        int bytes() {
            return type.bits().bytes();
        }

        boolean isInteger() {
            return type.pixelType().isInteger();
        }
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int count = data.remaining() / stored.bytes();
        if (data.remaining() % stored.bytes() != 0 || (long) count * values.bytes() > target.length) {
            throw new CorruptDataException(
                    "numbers of " + data.remaining() + " bytes",
                    "at most " + target.length / values.bytes() + " of " + stored.bytes() + " bytes each");
        }
        ByteBuffer from = data.duplicate().order(stored.order());
        ByteBuffer to =
                ByteBuffer.wrap(target, 0, count * values.bytes()).slice().order(values.order());
        boolean whole = stored.isInteger() && values.isInteger() && isPlain();
        while (to.hasRemaining()) {
            if (whole) {
                put(to, integer(from));
            } else if (stored.type().bits() == PixelType.FLOAT32 && !isPlain()) {
                put(to, from.getFloat() / (float) scale + (float) offset); // as numpy has it of numbers in float32
            } else {
                put(to, real(from) / scale + offset);
            }
        }
        return count * values.bytes();
    }

    private boolean isPlain() {
        return scale == 1 && offset == 0;
    }

    private long integer(ByteBuffer from) {
        return switch (stored.type().bits()) {
            case UINT8 -> from.get() & 0xFF;
            case INT8 -> from.get();
            case UINT16 -> from.getShort() & 0xFFFF;
            case INT16 -> from.getShort();
            case UINT32 -> from.getInt() & 0xFFFFFFFFL;
            case INT32 -> from.getInt();
            default -> from.getLong();
        };
    }

    private double real(ByteBuffer from) {
        if (stored.type().isHalf()) {
            return Half.value(from.getShort());
        }
        return switch (stored.type().bits()) {
            case FLOAT32 -> from.getFloat();
            case FLOAT64 -> from.getDouble();
            default -> integer(from);
        };
    }

    private void put(ByteBuffer to, double value) {
        switch (values.type().bits()) {
            case FLOAT32 -> to.putFloat((float) value);
            case FLOAT64 -> to.putDouble(value);
            default -> put(to, (long) value);
        }
    }

    private void put(ByteBuffer to, long value) {
        switch (values.bytes()) {
            case 1 -> to.put((byte) value);
            case 2 -> to.putShort((short) value);
            case 4 -> to.putInt((int) value);
            default -> to.putLong(value);
        }
    }
}
