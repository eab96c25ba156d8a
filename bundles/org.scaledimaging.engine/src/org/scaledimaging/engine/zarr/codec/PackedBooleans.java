package org.scaledimaging.engine.zarr.codec;

import java.nio.ByteBuffer;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Decoding;

/**
 * Eight values of 0 and 1 in a byte, the first one in its highest bit, behind a byte that says how many bits of the last
 * one stand for nothing, as numcodecs' filter packbits stores bool. Read, not written.
 */
record PackedBooleans() implements Decoding {
    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int start = data.position() + 1;
        int unused = data.hasRemaining() ? data.get(data.position()) : -1;
        long count = 8L * (data.limit() - start) - unused;
        if (unused < 0 || unused > 7 || count < 0 || count > target.length) {
            throw new CorruptDataException(
                    "bits of " + data.remaining() + " bytes, " + unused + " of them unused",
                    "at most " + target.length + " bits");
        }
        for (int i = 0; i < count; i++) {
            target[i] = (byte) (data.get(start + i / 8) >> 7 - i % 8 & 1);
        }
        return (int) count;
    }
}
