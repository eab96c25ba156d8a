package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.Adler32;
import java.util.zip.CRC32;
import java.util.zip.Checksum;

/**
 * Data and their checksum of four bytes, little-endian, as numcodecs writes it.
 *
 * @param kind which checksum
 * @param first whether it stands before the data, not behind
 */
public record Checksum32(Kind kind, boolean first) implements Decoding {
    private static final int BYTES = 4;

    /** The checksums. */
    public enum Kind {
        /** As in gzip. */
        CRC32,
        /** As in zlib. */
        ADLER32
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int length = data.remaining() - BYTES;
        if (length < 0 || length > target.length) {
            throw new CorruptDataException(
                    data.remaining() + " bytes with a checksum", "4 to " + (target.length + (long) BYTES) + " bytes");
        }
        ByteBuffer content = data.slice(data.position() + (first ? BYTES : 0), length);
        int stored = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(data.position() + (first ? 0 : length));
        Checksum checksum = kind == Kind.CRC32 ? new CRC32() : new Adler32();
        checksum.update(content.duplicate());
        if (stored != (int) checksum.getValue()) {
            throw new CorruptDataException("data that do not match their checksum", "data as they were written");
        }
        content.get(target, 0, length);
        return length;
    }
}
