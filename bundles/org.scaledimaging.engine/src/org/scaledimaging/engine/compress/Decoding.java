package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;

/** A codec whose data are read, and not written here. */
public interface Decoding extends Codec {
    @Override
    default boolean canEncode() {
        return false;
    }

    @Override
    default ByteBuffer encode(ByteBuffer data) {
        throw new UnsupportedOperationException("encoding by " + this);
    }
}
