package org.scaledimaging.engine.compress.lz4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Decoding;

/**
 * LZ4 as HDF5's filter 32004 frames it: the decoded size, the size of a piece, then pieces, each after its encoded size; all
 * big-endian. A piece that did not become smaller is stored. Reading only.
 */
public record Lz4Pieces() implements Decoding {
    private static final int HEADER = Long.BYTES + Integer.BYTES;

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        ByteBuffer left = data.slice().order(ByteOrder.BIG_ENDIAN);
        long declared = left.remaining() < HEADER ? -1 : left.getLong();
        int most = declared < 0 ? 0 : left.getInt();
        if (declared < 0 || declared > target.length || declared > 0 && most <= 0) {
            throw new CorruptDataException(
                    "lz4 data that declare " + declared + " bytes in pieces of " + most,
                    "at most " + target.length + " bytes");
        }
        int filled = 0;
        while (filled < declared) {
            int length = (int) Math.min(most, declared - filled);
            int stored = left.remaining() < Integer.BYTES ? -1 : left.getInt();
            if (stored < 0 || stored > left.remaining()) {
                throw new CorruptDataException(
                        "a piece of lz4 data of " + stored + " bytes",
                        "at most the " + left.remaining() + " there are");
            }
            ByteBuffer piece = left.slice(left.position(), stored);
            if (stored == length) {
                piece.get(target, filled, length);
            } else if (Lz4.decodeBlock(piece, target, filled, length) != length) {
                throw new CorruptDataException("a damaged piece of lz4 data", length + " bytes, as its header says");
            }
            filled += length;
            left.position(left.position() + stored);
        }
        return filled;
    }
}
