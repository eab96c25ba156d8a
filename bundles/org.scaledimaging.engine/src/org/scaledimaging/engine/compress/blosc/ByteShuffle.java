package org.scaledimaging.engine.compress.blosc;

import java.nio.ByteBuffer;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;

/**
 * The first bytes of all values, then the second ones, and so on, as HDF5 and numcodecs put them before they compress.
 *
 * @param typeSize bytes of a value, at least 1
 */
public record ByteShuffle(int typeSize) implements Codec {

    public ByteShuffle {
        if (typeSize < 1) {
            throw new IllegalArgumentException("type size " + typeSize);
        }
    }

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        byte[] encoded = new byte[data.remaining()];
        Shuffle.bytes(data.array(), data.arrayOffset() + data.position(), encoded.length, typeSize, encoded);
        return ByteBuffer.wrap(encoded);
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int length = data.remaining();
        if (length > target.length) {
            throw new CorruptDataException("shuffled data of " + length + " bytes", "at most " + target.length);
        }
        byte[] source = data.array();
        if (data.arrayOffset() + data.position() > 0) {
            source = new byte[length];
            data.duplicate().get(source);
        }
        Shuffle.unshuffleBytes(source, length, typeSize, target, 0);
        return length;
    }
}
