package org.scaledimaging.engine.zarr;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.spill.HeldBytes;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.target.PieceSums;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Writes all chunks of an array, in any order, from any number of threads: {@link #write} encodes on the calling thread.
 * Files come out the same whatever the order: the chunks of a shard lie in its file in Morton order.
 *
 * <p>Chunks that come before their turn in a shard are held back, encoded, until those before them have come: beyond a bound
 * in a file. Writing in Morton order, each shard whole before the next is begun, holds next to nothing.
 */
public final class ZarrArrayWriter implements Closeable {
    private final ZarrArray array;
    private final ZarrStore store;
    private final Map<String, ShardWriter> open = new HashMap<>();
    private final Optional<PieceSums> sums;
    private final HeldBytes held;
    private boolean failed;

    /** @param scratch for chunks that come before their turn, where memory does not suffice */
    ZarrArrayWriter(ZarrArray array, ZarrStore store, Optional<PieceSums> sums, Optional<ScratchFile> scratch) {
        this.held = new HeldBytes(scratch);
        this.array = array;
        this.store = store;
        this.sums = sums;
    }

    /**
     * Writes a chunk; each may be written once. One that holds nothing but the fill value takes no room.
     *
     * @param chunk position in the grid
     * @param voxels the whole chunk, as {@link ZarrArray#writeChunk} takes it; free for reuse when this returns
     */
    public void write(long[] chunk, Object voxels) throws IOException {
        sums.ifPresent(all -> all.add(array.chunks().number(chunk), array.pixelType(), voxels, array.chunkVoxels()));
        if (!array.isSharded()) {
            array.writeChunk(chunk, voxels);
            return;
        }
        array.checkInGrid(chunk);
        boolean done = false;
        try {
            if (array.isEmpty(voxels)) {
                add(chunk, null);
            } else {
                array.encode(voxels, encoded -> add(chunk, encoded));
            }
            done = true;
        } finally {
            if (!done) {
                abort();
            }
        }
    }

    private void add(long[] chunk, ByteBuffer encoded) throws IOException {
        String key = array.shardKey(chunk);
        ShardWriter shard;
        synchronized (open) {
            shard = open.computeIfAbsent(key, missing -> new ShardWriter(array, store, chunk, held));
        }
        if (shard.add(chunk, encoded)) {
            synchronized (open) {
                open.remove(key);
            }
        }
    }

    /** Gives up: {@link #close} then leaves unfinished shards behind, for the caller to delete, without complaint. */
    public void abort() {
        synchronized (open) {
            failed = true;
        }
    }

    /** @throws IllegalStateException when a shard lacks chunks, unless writing failed or was given up */
    @Override
    public void close() throws IOException {
        synchronized (open) {
            int unfinished = open.size();
            IOException failure = null;
            for (ShardWriter shard : open.values()) {
                try {
                    shard.close();
                } catch (IOException e) {
                    failure = e;
                }
            }
            open.clear();
            held.close();
            if (failure != null) {
                throw failure;
            }
            if (unfinished > 0 && !failed) {
                throw new IllegalStateException(unfinished + " shards of " + array + " lack chunks");
            }
        }
    }
}
