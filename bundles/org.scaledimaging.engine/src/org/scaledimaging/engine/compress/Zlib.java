package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;

/**
 * The zlib format (RFC 1950).
 *
 * @param level 0 (stored) to 9 (small)
 */
public record Zlib(int level) implements Codec {

    public Zlib {
        Deflate.checkLevel(level);
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        return Deflate.deflate(data, level);
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        return Deflate.inflate(data, target, 0, target.length);
    }
}
