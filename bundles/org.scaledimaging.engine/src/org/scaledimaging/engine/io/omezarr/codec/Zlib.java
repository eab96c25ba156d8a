package org.scaledimaging.engine.io.omezarr.codec;

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
    public String name() {
        return "zlib";
    }

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        return Deflate.deflate(data, level);
    }

    @Override
    public ByteBuffer decode(ByteBuffer data, int limit) throws CorruptDataException {
        byte[] decoded = new byte[limit];
        return ByteBuffer.wrap(decoded, 0, Deflate.inflate(data, decoded, 0, limit));
    }
}
