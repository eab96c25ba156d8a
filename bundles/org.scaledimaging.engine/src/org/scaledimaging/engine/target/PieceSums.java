package org.scaledimaging.engine.target;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;

/**
 * Tells whether pieces that were written come back as they were, whatever their number and order, in half a megabyte: each
 * piece's CRC-32C, mixed with its number, goes into one of 65536 sums, and the sums of what was written and of what was
 * read are compared. Two different sets of pieces go unnoticed once in 2^32, if at all. Thread-safe.
 */
public final class PieceSums {
    private static final int SUMS = 1 << 16;
    private static final int BUFFER_BYTES = 1 << 16;

    private final AtomicLongArray sums = new AtomicLongArray(SUMS);

    /** A piece of bytes, from the buffer's position to its limit, both of which stay. */
    public void add(long piece, ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        add(piece, checksum);
    }

    /**
     * A piece of voxels.
     *
     * @param voxels a primitive array, of which the first so many count, to the bit
     */
    public void add(long piece, Object voxels, int count) {
        CRC32C checksum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        int width = width(voxels);
        int most = BUFFER_BYTES / width;
        for (int done = 0; done < count; done += most) {
            int part = Math.min(most, count - done);
            copy(voxels, done, part, bytes);
            checksum.update(bytes.array(), 0, part * width);
        }
        add(piece, checksum);
    }

    private void add(long piece, CRC32C checksum) {
        sums.addAndGet((int) (piece % SUMS), mixed(piece * 0x9E3779B97F4A7C15L ^ checksum.getValue()));
    }

    /** Spreads every bit over all: the last steps of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mixed(long bits) {
        long spread = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        spread = (spread ^ spread >>> 27) * 0x94D049BB133111EBL;
        return spread ^ spread >>> 31;
    }

    private static int width(Object voxels) {
        return voxels instanceof byte[]
                ? Byte.BYTES
                : voxels instanceof short[]
                        ? Short.BYTES
                        : voxels instanceof int[] || voxels instanceof float[] ? Integer.BYTES : Long.BYTES;
    }

    private static void copy(Object voxels, int from, int count, ByteBuffer bytes) {
        if (voxels instanceof byte[] values) {
            bytes.put(0, values, from, count);
        } else if (voxels instanceof short[] values) {
            ShortBuffer view = bytes.asShortBuffer();
            view.put(values, from, count);
        } else if (voxels instanceof int[] values) {
            IntBuffer view = bytes.asIntBuffer();
            view.put(values, from, count);
        } else if (voxels instanceof long[] values) {
            LongBuffer view = bytes.asLongBuffer();
            view.put(values, from, count);
        } else if (voxels instanceof float[] values) {
            FloatBuffer view = bytes.asFloatBuffer();
            view.put(values, from, count);
        } else {
            DoubleBuffer view = bytes.asDoubleBuffer();
            view.put((double[]) voxels, from, count);
        }
    }

    /**
     * The least number that a piece which differs can have; empty when none does.
     *
     * @return exact where no piece has a number of 65536 or more; else that of a piece with the same remainder
     */
    public OptionalLong firstDifference(PieceSums other) {
        for (int i = 0; i < SUMS; i++) {
            if (sums.get(i) != other.sums.get(i)) {
                return OptionalLong.of(i);
            }
        }
        return OptionalLong.empty();
    }
}
