package org.scaledimaging.engine.target;

import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.zip.CRC32C;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.VoxelBytes;

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
     * @param voxels an array of that type, of which the first so many count, to the bit
     */
    public void add(long piece, PixelType type, Object voxels, int count) {
        CRC32C checksum = new CRC32C();
        ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
        VoxelBytes view = VoxelBytes.of(bytes, type);
        int most = BUFFER_BYTES / type.bytes();
        for (int done = 0; done < count; done += most) {
            int part = Math.min(most, count - done);
            view.put(0, voxels, done, part);
            checksum.update(bytes.array(), 0, part * type.bytes());
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
