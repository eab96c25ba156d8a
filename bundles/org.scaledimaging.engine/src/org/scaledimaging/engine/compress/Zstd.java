package org.scaledimaging.engine.compress;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Zstandard frames (RFC 8878), with or without the content's size in their header.
 *
 * @param level 1 (fast) to 22 (small); 0 means 3; negative levels are faster still
 * @param checksum whether each frame ends with a checksum of its content, checked on decoding
 */
public record Zstd(int level, boolean checksum) implements Codec {

    /** The fastest level: what the library says, without loading its native code for a question. */
    public static final int LEAST_LEVEL = -(1 << 17);

    /** The slowest level, whose output is smallest. */
    public static final int GREATEST_LEVEL = 22;

    /**
     * Contexts for decoding that nobody uses, at most as many as there were threads: making one takes as long as decoding
     * a chunk of some kilobytes.
     */
    private static final Queue<ZstdDecompressCtx> FREE = new ConcurrentLinkedQueue<>();

    public Zstd {
        if (level < LEAST_LEVEL || level > GREATEST_LEVEL) {
            throw new IllegalArgumentException("zstd level " + level);
        }
    }

    @Override
    public boolean isNative() {
        return true;
    }

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        byte[] encoded = new byte[Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(data.remaining()))];
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level);
            context.setChecksum(checksum);
            int length = context.compressByteArray(
                    encoded, 0, encoded.length, data.array(), data.arrayOffset() + data.position(), data.remaining());
            return ByteBuffer.wrap(encoded, 0, length);
        }
    }

    /** Encodes one array after the other with one context and into one buffer: for small chunks at a low level. */
    public final class Encoder implements Closeable {
        private final ZstdCompressCtx context = new ZstdCompressCtx();
        private byte[] encoded = {};

        /** An encoder of this level; needs the native library. */
        public Encoder() {
            context.setLevel(level);
            context.setChecksum(checksum);
        }

        /**
         * The same bytes as {@link Zstd#encode} gives.
         *
         * @param length how much of the array to encode, in bytes
         * @return valid until the next call
         */
        public ByteBuffer encode(byte[] data, int length) {
            int limit = Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(length));
            encoded = encoded.length < limit ? new byte[limit] : encoded;
            return ByteBuffer.wrap(encoded, 0, context.compressByteArray(encoded, 0, encoded.length, data, 0, length));
        }

        @Override
        public void close() {
            context.close();
        }
    }

    /**
     * The same bytes as {@link #encode}, from and to memory outside the heap: nothing is allocated or copied. A context is
     * made anew each time, for clearing its tables brings them into the cache; used again, it was slower.
     */
    public ByteBuffer encode(ByteBuffer direct, WorkingMemory memory) {
        int limit = Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(direct.remaining()));
        ByteBuffer encoded = memory.encoded(limit);
        try (ZstdCompressCtx context = new ZstdCompressCtx()) {
            context.setLevel(level);
            context.setChecksum(checksum);
            int length =
                    context.compressDirectByteBuffer(encoded, 0, limit, direct, direct.position(), direct.remaining());
            return encoded.limit(length);
        }
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        return decode(data, target, 0, target.length);
    }

    /** Decodes all frames into an array's range and returns how many bytes came out; all of it must fit. */
    public static int decode(ByteBuffer data, byte[] target, int offset, int limit) throws CorruptDataException {
        if (!NativeZstd.isUsable()) {
            throw new CorruptDataException(NativeZstd.problem(), NativeZstd.remedy());
        }
        ZstdDecompressCtx free = FREE.poll();
        ZstdDecompressCtx context = free == null ? new ZstdDecompressCtx() : free;
        try {
            int length = context.decompressByteArray(
                    target, offset, limit, data.array(), data.arrayOffset() + data.position(), data.remaining());
            FREE.add(context);
            return length;
        } catch (ZstdException e) {
            context.close();
            throw new CorruptDataException(
                    "damaged zstd data (" + e.getMessage() + ")", "whole zstd frames of at most " + limit + " bytes");
        }
    }
}
