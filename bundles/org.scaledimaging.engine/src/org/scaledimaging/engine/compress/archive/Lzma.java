package org.scaledimaging.engine.compress.archive;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Decoding;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.tukaani.xz.ArrayCache;
import org.tukaani.xz.BasicArrayCache;
import org.tukaani.xz.DeltaInputStream;
import org.tukaani.xz.LZMA2InputStream;
import org.tukaani.xz.LZMAInputStream;
import org.tukaani.xz.MemoryLimitException;
import org.tukaani.xz.XZ;
import org.tukaani.xz.XZInputStream;

/**
 * LZMA in any of its containers: xz, LZMA alone (as {@code .lzma} files), or none. xz and LZMA alone are told apart by
 * their first bytes.
 *
 * @param filters of data in no container, in the order of encoding; none where there is one
 */
public record Lzma(List<Filter> filters) implements Decoding {
    /** Differences of bytes. */
    public static final long DELTA = 3;

    /** LZMA2. */
    public static final long LZMA2 = 0x21;

    /** Dictionaries of containers are larger than most chunks, so they are used again. */
    private static final ArrayCache ARRAYS = BasicArrayCache.getInstance();

    private static final int LEAST_DICTIONARY = 4096;
    private static final int MOST_DISTANCE = 256;

    /**
     * A step of encoding without a container.
     *
     * @param id as the xz format numbers them
     * @param value of differences the distance, of LZMA2 the size of the dictionary, in bytes
     */
    public record Filter(long id, long value) {}

    /** In a container. */
    public Lzma() {
        this(List.of());
    }

    @Override
    public boolean isSlow() {
        return true;
    }

    @Override
    public int decode(ByteBuffer data, byte[] target) throws CorruptDataException {
        try (InputStream in = open(data, target.length)) {
            return Codec.readAll(in, target, "LZMA");
        } catch (MemoryLimitException e) {
            throw tooMuch(e);
        } catch (IOException e) {
            throw new CorruptDataException("damaged LZMA data", "whole ones", e);
        }
    }

    private InputStream open(ByteBuffer data, int decoded) throws IOException, CorruptDataException {
        InputStream encoded = Codec.stream(data);
        if (filters.isEmpty()) {
            boolean isXz = data.hasRemaining() && data.get(data.position()) == XZ.HEADER_MAGIC[0];
            return isXz ? xz(encoded) : alone(encoded, decoded);
        }
        InputStream in = encoded;
        for (int i = filters.size() - 1; i >= 0; i--) {
            Filter filter = filters.get(i);
            if (filter.id == LZMA2 && filter.value >= 0) {
                in = new LZMA2InputStream(in, dictionary(filter.value, decoded));
            } else if (filter.id == DELTA && filter.value >= 1 && filter.value <= MOST_DISTANCE) {
                in = new DeltaInputStream(in, (int) filter.value);
            } else {
                throw new CorruptDataException(
                        "LZMA data without a header, made by the filter " + filter.id + " (" + filter.value + ")",
                        "LZMA2, or differences of 1 to " + MOST_DISTANCE + " bytes");
            }
        }
        return in;
    }

    /** LZMA behind a header of 13 bytes: parameters, the dictionary's size and that of the content. */
    private static InputStream alone(InputStream in, int decoded) throws IOException {
        DataInputStream header = new DataInputStream(in);
        byte parameters = header.readByte();
        long dictionary = Integer.toUnsignedLong(Integer.reverseBytes(header.readInt()));
        long length = Long.reverseBytes(header.readLong());
        return new LZMAInputStream(in, length, parameters, dictionary(dictionary, decoded), null, ARRAYS);
    }

    /** The size of a dictionary, in bytes: more than the data is never used. */
    private static int dictionary(long told, int decoded) {
        return (int) Math.max(LEAST_DICTIONARY, Math.min(told, (long) decoded + LEAST_DICTIONARY));
    }

    /** A stream of what an xz file holds; its header is read at once. */
    static InputStream xz(InputStream in) throws IOException {
        return new XZInputStream(in, mostKibibytes(), true, ARRAYS);
    }

    /** Whoever says that decoding takes more is not believed: the header alone would take it. */
    private static int mostKibibytes() {
        return (int) Math.min(Integer.MAX_VALUE, MemoryBudget.longLived() / 2 >> 10);
    }

    private static CorruptDataException tooMuch(MemoryLimitException e) {
        return new CorruptDataException(
                String.format(Locale.ROOT, "LZMA data that take %d MiB to decode", e.getMemoryNeeded() >> 10),
                "at most " + (e.getMemoryLimit() >> 10) + " MiB, half of what Java has here for it, or more memory",
                e);
    }
}
