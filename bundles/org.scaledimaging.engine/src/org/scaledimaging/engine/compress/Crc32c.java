package org.scaledimaging.engine.compress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Zarr v3's crc32c: the data, then their CRC-32C (RFC 3720) in four bytes, little-endian. */
public record Crc32c() implements Codec {
    private static final int CHECKSUM_BYTES = 4;

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        ByteBuffer encoded =
                ByteBuffer.allocate(data.remaining() + CHECKSUM_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        encoded.put(data.duplicate()).putInt(checksum(data));
        return encoded.flip();
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int length = data.remaining() - CHECKSUM_BYTES;
        if (length < 0 || length > target.length) {
            throw new CorruptDataException(
                    data.remaining() + " bytes with a checksum",
                    "4 to " + (target.length + (long) CHECKSUM_BYTES) + " bytes");
        }
        ByteBuffer content = data.slice(data.position(), length);
        int stored = data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt(data.position() + length);
        if (stored != checksum(content)) {
            throw new CorruptDataException("data that do not match their crc32c checksum", "data as they were written");
        }
        content.get(target, 0, length);
        return length;
    }

    private static int checksum(ByteBuffer data) {
        CRC32C checksum = new CRC32C();
        checksum.update(data.duplicate());
        return (int) checksum.getValue();
    }
}
