package org.scaledimaging.engine.zarr;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.spill.HeldBytes;
import org.scaledimaging.engine.zarr.codec.Sharding;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Writes one shard: its chunks in Morton order as they come, early ones after the ones before them, then the index. A
 * shard without any chunk to store is not written.
 */
final class ShardWriter implements Closeable {
    private final ZarrArray array;
    private final ZarrStore store;
    private final Sharding sharding;
    private final String key;
    /** The chunks still to be written, in their order. */
    private final Iterator<long[]> order;

    /** Chunks that have come before their turn, by position in the shard; an empty buffer for one not to be stored. */
    private final Map<Integer, HeldBytes.Held> early = new HashMap<>();

    private final HeldBytes held;

    private final BitSet taken = new BitSet();
    private final long[] entries;
    private int next;
    private long length;
    private WritableByteChannel channel;

    /**
     * @param chunk one of its chunks
     * @param held for chunks that come before their turn
     */
    ShardWriter(ZarrArray array, ZarrStore store, long[] chunk, HeldBytes held) {
        this.array = array;
        this.held = held;
        this.store = store;
        this.sharding = array.sharding();
        this.key = array.shardKey(chunk);
        if (!sharding.indexAtEnd()) {
            throw new UnsupportedOperationException("writing shards that start with their index");
        }
        boolean[] interleaved = new boolean[chunk.length];
        Arrays.fill(interleaved, true);
        this.order = MortonOrder.over(array.chunksOfShard(chunk), interleaved);
        this.next = array.positionInShard(order.next());
        this.entries = new long[2 * sharding.chunks()];
        Arrays.fill(entries, ShardIndex.MISSING);
    }

    /**
     * Takes a chunk.
     *
     * @param encoded its bytes, valid during this call only; null for one not to be stored
     * @return whether it was the last, and the shard is written
     */
    synchronized boolean add(long[] chunk, ByteBuffer encoded) throws IOException {
        int position = array.positionInShard(chunk);
        if (taken.get(position)) {
            throw new IllegalStateException("chunk " + Arrays.toString(chunk) + " written twice");
        }
        taken.set(position);
        ByteBuffer bytes = encoded == null ? ByteBuffer.allocate(0) : encoded;
        if (position != next) {
            early.put(position, held.hold(bytes));
            return false;
        }
        append(next, bytes);
        while (order.hasNext()) {
            next = array.positionInShard(order.next());
            HeldBytes.Held due = early.remove(next);
            if (due == null) {
                return false;
            }
            append(next, held.release(due));
        }
        finish();
        return true;
    }

    private void append(int position, ByteBuffer encoded) throws IOException {
        if (encoded.hasRemaining()) {
            entries[2 * position] = length;
            entries[2 * position + 1] = encoded.remaining();
            write(encoded);
        }
    }

    private void finish() throws IOException {
        if (channel != null) {
            write(sharding.encodeIndex(entries));
            close();
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (channel == null) {
            channel = store.create(key);
        }
        while (bytes.hasRemaining()) {
            length += channel.write(bytes);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
