package org.scaledimaging.engine.compress.lz4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Decoding;

/**
 * LZ4 as lz4-java's streams frame it, and N5 with them: blocks, each after a header with its lengths, the last one empty. The
 * checksum of a block is not looked at. Reading only.
 */
public record Lz4Blocks() implements Decoding {
    private static final byte[] MAGIC = "LZ4Block".getBytes(StandardCharsets.US_ASCII);
    private static final int HEADER = MAGIC.length + 1 + 3 * Integer.BYTES;
    private static final int STORED = 0x10;
    private static final int COMPRESSED = 0x20;

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        ByteBuffer left = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        int filled = 0;
        while (left.hasRemaining()) {
            if (left.remaining() < HEADER
                    || !left.slice(left.position(), MAGIC.length).equals(ByteBuffer.wrap(MAGIC))) {
                throw new CorruptDataException("lz4 data without the header of a block", "\"LZ4Block\" before each");
            }
            left.position(left.position() + MAGIC.length);
            int method = left.get() & 0xf0;
            int stored = left.getInt();
            int length = left.getInt();
            left.getInt();
            if (stored < 0 || stored > left.remaining() || length < 0 || length > target.length - filled) {
                throw new CorruptDataException(
                        "an lz4 block of " + stored + " bytes for " + length,
                        "at most " + left.remaining() + " for " + (target.length - filled));
            }
            ByteBuffer block = left.slice(left.position(), stored);
            if (method == STORED && stored == length) {
                block.get(target, filled, length);
            } else if (method != COMPRESSED || Lz4.decodeBlock(block, target, filled, length) != length) {
                throw new CorruptDataException("a damaged lz4 block", length + " bytes, as its header says");
            }
            filled += length;
            left.position(left.position() + stored);
        }
        return filled;
    }
}
