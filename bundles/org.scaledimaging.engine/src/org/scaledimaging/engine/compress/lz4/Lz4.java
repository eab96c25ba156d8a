package org.scaledimaging.engine.compress.lz4;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;

/** LZ4 as numcodecs frames it: the decoded size in four bytes, little-endian, then one LZ4 block. */
public record Lz4() implements Codec {
    private static final int SIZE_BYTES = 4;

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        var compressor = LZ4Factory.fastestInstance().fastCompressor();
        byte[] encoded = new byte[SIZE_BYTES + compressor.maxCompressedLength(data.remaining())];
        ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN).putInt(data.remaining());
        int length = compressor.compress(
                data.array(),
                data.arrayOffset() + data.position(),
                data.remaining(),
                encoded,
                SIZE_BYTES,
                encoded.length - SIZE_BYTES);
        return ByteBuffer.wrap(encoded, 0, SIZE_BYTES + length);
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        int declared = data.remaining() < SIZE_BYTES
                ? -1
                : data.duplicate().order(ByteOrder.LITTLE_ENDIAN).getInt();
        if (declared < 0 || declared > target.length) {
            throw new CorruptDataException(
                    "lz4 data that declare " + declared + " bytes", "at most " + target.length + " bytes");
        }
        ByteBuffer block = data.slice(data.position() + SIZE_BYTES, data.remaining() - SIZE_BYTES);
        int length = decodeBlock(block, target, 0, declared);
        if (length != declared) {
            throw new CorruptDataException("lz4 data of " + length + " bytes", declared + ", as they declare");
        }
        return length;
    }

    /** Decodes one LZ4 block into an array's range and returns how many bytes came out; all of it must fit. */
    public static int decodeBlock(ByteBuffer data, byte[] target, int offset, int limit) throws CorruptDataException {
        try {
            return LZ4Factory.fastestInstance()
                    .safeDecompressor()
                    .decompress(
                            data.array(),
                            data.arrayOffset() + data.position(),
                            data.remaining(),
                            target,
                            offset,
                            limit);
        } catch (LZ4Exception e) {
            throw new CorruptDataException("damaged lz4 data", "an lz4 block of at most " + limit + " bytes", e);
        }
    }
}
