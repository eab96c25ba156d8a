package org.scaledimaging.engine.cache;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

/**
 * Decoded chunks of some arrays, such as the levels of an image. Arrays are told apart by {@code equals}. A chunk that is
 * wanted whole is not kept, for it will hardly be wanted again. Thread-safe.
 */
public final class ChunkCache {
    /** Decodes a chunk. */
    @FunctionalInterface
    public interface Decoder {
        /** @return at least what the array has of the cell */
        Block decode(long[] cell) throws IOException;
    }

    private record Key(Object array, List<Long> cell) {}

    private final BoundedCache<Key, Block> chunks;

    /** Holds a share of the heap. */
    public ChunkCache() {
        this.chunks = BoundedCache.ofHeap();
    }

    /** @param most bytes that it holds; more only where that is less than two chunks */
    public ChunkCache(long most) {
        this.chunks = new BoundedCache<>(most);
    }

    /**
     * Reads what a block covers into it.
     *
     * @param array whose chunks they are
     * @param grid the array in chunks
     */
    public void read(Block target, Object array, Grid grid, Decoder decoder) throws IOException {
        Interval interval = target.interval();
        for (long[] cell : grid.touching(interval).positions()) {
            boolean whole = interval.contains(grid.interval(cell));
            target.copyFrom(whole ? decoder.decode(cell) : get(array, grid, cell, target.pixelType(), decoder));
        }
    }

    /**
     * A chunk, decoded now if it is not there.
     *
     * @param type of its voxels
     */
    public Block get(Object array, Grid grid, long[] cell, PixelType type, Decoder decoder) throws IOException {
        long bytes = (long) grid.whole(cell).voxels() * type.bytes();
        return chunks.get(key(array, cell), bytes, () -> decoder.decode(cell));
    }

    /** Whether a chunk is there, or being decoded. */
    public boolean holds(Object array, long[] cell) {
        return chunks.holds(key(array, cell));
    }

    private static Key key(Object array, long[] cell) {
        return new Key(array, Arrays.stream(cell).boxed().toList());
    }
}
