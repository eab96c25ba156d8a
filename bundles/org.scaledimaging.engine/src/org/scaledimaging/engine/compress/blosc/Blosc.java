package org.scaledimaging.engine.compress.blosc;

import com.github.luben.zstd.ZstdCompressCtx;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import net.jpountz.lz4.LZ4Factory;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Deflate;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.lz4.Lz4;

/**
 * The container of blosc 1 (c-blosc's README_CHUNK_FORMAT): a header of 16 bytes, the start of each block, then the
 * blocks, each filtered by a shuffle and compressed as one stream or as one per byte of the element type.
 *
 * <p>Decoding goes by the header alone and knows every inner compression but snappy, and every shuffle. Encoding is for
 * lz4 and zstd, with the byte shuffle or none.
 *
 * @param compressor blosc's {@code cname}: blosclz, lz4, lz4hc, snappy, zlib or zstd
 * @param level 0 (stored) to 9 (small)
 * @param shuffle the filter
 * @param typeSize bytes per element, 1 to 255
 * @param blockSize bytes per block; 0 leaves the choice to the encoder
 */
public record Blosc(String compressor, int level, Filter shuffle, int typeSize, int blockSize) implements Codec {
    /** The names of its inner compressions. */
    public static final Set<String> COMPRESSORS = Set.of("blosclz", "lz4", "lz4hc", "snappy", "zlib", "zstd");

    private static final int HEADER_BYTES = 16;
    private static final int FORMAT_VERSION = 2;
    private static final int BYTE_SHUFFLED = 0x01;
    private static final int STORED = 0x02;
    private static final int BIT_SHUFFLED = 0x04;
    private static final int NOT_SPLIT = 0x10;
    private static final int MOST_SPLITS = 16;
    private static final int SMALLEST_SPLIT = 128;
    private static final int BLOCK_BYTES = 1 << 18;
    private static final int SMALLEST_BLOCK = 1 << 10;

    /** What is done to a block before it is compressed. */
    public enum Filter {
        /** Nothing. */
        NOSHUFFLE,
        /** The first bytes of all values come first, then the second ones, and so on. */
        SHUFFLE,
        /** The same with bits. */
        BITSHUFFLE
    }

    public Blosc {
        if (!COMPRESSORS.contains(compressor)) {
            throw new IllegalArgumentException("blosc compressor " + compressor);
        }
        Deflate.checkLevel(level);
        if (typeSize < 1 || typeSize > 255) {
            throw new IllegalArgumentException("type size " + typeSize);
        }
        if (blockSize < 0) {
            throw new IllegalArgumentException("block size " + blockSize);
        }
    }

    @Override
    public boolean isNative() {
        return compressor.equals("zstd");
    }

    @Override
    public boolean canEncode() {
        return (compressor.equals("lz4") || compressor.equals("zstd")) && shuffle != Filter.BITSHUFFLE;
    }

    @Override
    public boolean isSlow() {
        return compressor.equals("zlib");
    }

    @Override
    public ByteBuffer encode(ByteBuffer data) {
        if (!canEncode()) {
            throw new UnsupportedOperationException("encoding blosc with " + compressor + " and " + shuffle);
        }
        int length = data.remaining();
        int block = Math.max(
                typeSize,
                Math.min(length, blockSize == 0 ? BLOCK_BYTES : Math.max(SMALLEST_BLOCK, blockSize))
                        / typeSize
                        * typeSize);
        int blocks = (int) ((length + (long) block - 1) / block);
        boolean shuffled = shuffle == Filter.SHUFFLE && typeSize > 1;
        byte[] encoded = new byte[Math.addExact(length, HEADER_BYTES)];
        int position = level == 0 || length < block ? -1 : HEADER_BYTES + 4 * blocks;
        ByteBuffer header = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        byte[] filtered = new byte[shuffled ? block : 0];
        for (int b = 0; b < blocks && position >= 0; b++) {
            int from = data.arrayOffset() + data.position() + b * block;
            int size = Math.min(block, length - b * block);
            header.putInt(HEADER_BYTES + 4 * b, position);
            if (shuffled) {
                Shuffle.bytes(data.array(), from, size, typeSize, filtered);
                position = encodeBlock(filtered, 0, size, encoded, position);
            } else {
                position = encodeBlock(data.array(), from, size, encoded, position);
            }
        }
        boolean stored = position < 0; // did not shrink
        if (stored) {
            position = encoded.length;
            System.arraycopy(data.array(), data.arrayOffset() + data.position(), encoded, HEADER_BYTES, length);
        }
        int format = compressor.equals("lz4") ? 1 : 4;
        header.put((byte) FORMAT_VERSION)
                .put((byte) 1)
                .put((byte) (format << 5 | NOT_SPLIT | (stored ? STORED : 0) | (shuffled ? BYTE_SHUFFLED : 0)))
                .put((byte) typeSize)
                .putInt(length)
                .putInt(block)
                .putInt(position);
        return ByteBuffer.wrap(encoded, 0, position);
    }

    /** Writes a block's size and stream at a position; returns where it ends, −1 where there is no room for it. */
    private int encodeBlock(byte[] source, int from, int size, byte[] target, int position) {
        int at = position + 4;
        int room = Math.min(size, target.length - at);
        byte[] stream;
        int length;
        if (compressor.equals("lz4")) {
            var lz4 = LZ4Factory.fastestInstance().fastCompressor();
            stream = new byte[lz4.maxCompressedLength(size)];
            length = lz4.compress(source, from, size, stream, 0, stream.length);
        } else {
            stream = new byte[Math.toIntExact(com.github.luben.zstd.Zstd.compressBound(size))];
            try (ZstdCompressCtx context = new ZstdCompressCtx()) {
                context.setLevel(level);
                length = context.compressByteArray(stream, 0, stream.length, source, from, size);
            }
        }
        if (length >= size) {
            length = size; // stored as it is, which its size tells
            stream = source;
        } else {
            from = 0;
        }
        if (length > room) {
            return -1;
        }
        ByteBuffer.wrap(target).order(ByteOrder.LITTLE_ENDIAN).putInt(position, length);
        System.arraycopy(stream, from, target, at, length);
        return at + length;
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        if (data.remaining() < HEADER_BYTES) {
            throw new CorruptDataException(
                    "blosc data of " + data.remaining() + " bytes", "a header of " + HEADER_BYTES + " bytes");
        }
        ByteBuffer in = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        int version = in.get(0) & 0xff;
        int flags = in.get(2) & 0xff;
        int elementSize = in.get(3) & 0xff;
        int length = in.getInt(4);
        int block = in.getInt(8);
        int encodedLength = in.getInt(12);
        if (version < 1 || version > FORMAT_VERSION) {
            throw new CorruptDataException("blosc data of format version " + version, "version 1 or 2");
        }
        if (length < 0 || length > target.length) {
            throw new CorruptDataException(
                    "blosc data that declare " + (length & 0xffffffffL) + " bytes",
                    "at most " + target.length + " bytes");
        }
        if (encodedLength < HEADER_BYTES || encodedLength > in.remaining()) {
            throw new CorruptDataException(
                    "blosc data that declare to take " + (encodedLength & 0xffffffffL) + " bytes",
                    "the " + in.remaining() + " bytes there are");
        }
        in.limit(encodedLength);
        if ((flags & STORED) != 0) {
            if (encodedLength - HEADER_BYTES < length) {
                throw new CorruptDataException("stored blosc data that end early", length + " bytes");
            }
            in.get(HEADER_BYTES, target, 0, length);
        } else if (length > 0) {
            int table = block <= 0 || block > length || elementSize == 0 ? -1 : (length - 1) / block + 1;
            if (table < 0 || HEADER_BYTES + 4L * table > encodedLength) {
                throw new CorruptDataException(
                        "blosc data in blocks of " + (block & 0xffffffffL) + " bytes", "a table of where blocks start");
            }
            decodeBlocks(in, flags, elementSize, block, target, length);
        }
        return length;
    }

    private static void decodeBlocks(ByteBuffer in, int flags, int elementSize, int block, byte[] target, int length)
            throws CorruptDataException {
        boolean bytes = (flags & BYTE_SHUFFLED) != 0 && elementSize > 1;
        boolean bits = !bytes && (flags & BIT_SHUFFLED) != 0 && block >= elementSize;
        byte[] filtered = bytes || bits ? new byte[block] : null;
        for (int b = 0, to = 0; to < length; b++, to += Math.min(block, length - to)) {
            int size = Math.min(block, length - to);
            int start = in.getInt(HEADER_BYTES + 4 * b);
            // Older containers lack the flag: they are split whenever it made sense then.
            boolean split = (flags & NOT_SPLIT) == 0
                    && elementSize <= MOST_SPLITS
                    && block / elementSize >= SMALLEST_SPLIT
                    && size == block;
            int streams = split ? elementSize : 1;
            if (size % streams != 0) {
                throw new CorruptDataException("a blosc block of " + size + " bytes", "a multiple of " + streams);
            }
            if (filtered == null) {
                decodeStreams(in, start, flags >> 5, streams, size / streams, target, to);
                continue;
            }
            decodeStreams(in, start, flags >> 5, streams, size / streams, filtered, 0);
            if (bytes) {
                Shuffle.unshuffleBytes(filtered, size, elementSize, target, to);
            } else {
                Shuffle.unshuffleBits(filtered, size, elementSize, target, to);
            }
        }
    }

    /** Decodes a block's streams, each after its size in four bytes, that one after the other make up the block. */
    private static void decodeStreams(
            ByteBuffer in, int start, int format, int streams, int size, byte[] target, int to)
            throws CorruptDataException {
        int position = start;
        for (int s = 0; s < streams; s++, to += size) {
            if (position < HEADER_BYTES || position > in.limit() - 4) {
                throw new CorruptDataException(
                        "a blosc block at " + (position & 0xffffffffL), "one within " + in.limit() + " bytes");
            }
            int length = in.getInt(position);
            position += 4;
            if (length < 0 || length > in.limit() - position) {
                throw new CorruptDataException(
                        "a blosc stream of " + (length & 0xffffffffL) + " bytes", "at most " + (in.limit() - position));
            }
            ByteBuffer stream = in.slice(position, length);
            position += length;
            int decoded = size;
            if (length == size) {
                stream.get(target, to, size);
            } else {
                decoded = decodeStream(stream, format, target, to, size);
            }
            if (decoded != size) {
                throw new CorruptDataException("a blosc stream of " + decoded + " decoded bytes", "" + size);
            }
        }
    }

    private static int decodeStream(ByteBuffer stream, int format, byte[] target, int to, int size)
            throws CorruptDataException {
        int from = stream.arrayOffset() + stream.position();
        switch (format) {
            case 0:
                return BloscLz.decode(stream.array(), from, stream.remaining(), target, to, size);
            case 1:
                return Lz4.decodeBlock(stream, target, to, size);
            case 3:
                return Deflate.inflate(stream, target, to, size);
            case 4:
                return Zstd.decode(stream, target, to, size);
            default:
                throw new CorruptDataException(
                        format == 2 ? "blosc data compressed by snappy" : "blosc data of compression " + format,
                        "blosclz, lz4, lz4hc, zlib or zstd");
        }
    }
}
