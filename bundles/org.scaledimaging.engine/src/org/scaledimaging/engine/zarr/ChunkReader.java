package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.web.RangesAhead;
import org.scaledimaging.engine.zarr.codec.ChunkCodec;
import org.scaledimaging.engine.zarr.codec.Sharding;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Reads the chunks of an array: from files of their own or out of shards, fetched before their turn or when they are asked
 * for. Thread-safe.
 */
final class ChunkReader {
    /** For so many that lie in a folder, or in folders of that, it pays to hold it open. */
    private static final int MANY_FILES = 8;

    /** A chunk that takes less of the heap than this fits. */
    private static final double LARGE_PART = 0.125;

    private final ZarrStore store;
    private final ZarrMetadata metadata;
    private final ChunkCodec codec;
    private final List<Sharding> shardings;
    private final Grid chunks;
    private final Grid shards;
    private final ChunkKeys keys;
    private final ShardIndexCache shardIndices;
    private final RangesAhead ahead;

    /**
     * @param chunks of the array, in voxels
     * @param shards files, in chunks
     */
    ChunkReader(ZarrStore store, ZarrMetadata metadata, Grid chunks, Grid shards, ChunkKeys keys) {
        this.store = store;
        this.metadata = metadata;
        this.codec = metadata.pipeline().chunk();
        this.shardings = metadata.pipeline().shardings();
        this.chunks = chunks;
        this.shards = shards;
        this.keys = keys;
        this.shardIndices = new ShardIndexCache(store);
        this.ahead = new RangesAhead(store::get);
    }

    private boolean isSharded() {
        return !shardings.isEmpty();
    }

    /** The key of the file that holds a chunk, alone or with others. */
    private String fileOf(long[] chunk) {
        return keys.of(shards.cellOf(chunk));
    }

    /**
     * Looks whether memory can hold a chunk while it is decoded, before any is taken for it.
     *
     * @throws ImageFormatException when it cannot; its message says how much memory would do
     */
    void checkFits(long[] chunk) throws IOException {
        double decoded = codec.decodingBytes();
        if (decoded < LARGE_PART * Runtime.getRuntime().maxMemory()) {
            return; // there is no need to look at files
        }
        String key = fileOf(chunk);
        double stored = isSharded() ? 0 : store.size(key);
        double bytes = stored < 0 ? decoded / 2 : decoded + stored; // one that is not stored is not decoded
        new DecodingMemory(codec.shape(), bytes, MemoryBudget.longLived()).check(store.location(key));
    }

    /**
     * Reads a chunk. One that is not stored reads as the fill value everywhere.
     *
     * @param chunk position in the grid
     * @param voxels filled from index 0 with the whole chunk; may be longer
     * @param values as {@link #valuesOf} gives them for the chunk
     * @throws ImageFormatException when the stored bytes are not a chunk; its message names the file
     */
    void read(long[] chunk, Object voxels, ZarrStore.Values values) throws IOException {
        Optional<Optional<ByteBuffer>> announced = ahead.take(chunks.number(chunk));
        Optional<ByteBuffer> stored = Optional.empty();
        if (announced.isPresent()) {
            stored = announced.get();
        } else if (!isSharded()) {
            stored = keys.find(chunk, key -> values.get(key, codec.encodedLimit()));
        } else {
            Optional<RangesAhead.Place> place = place(chunk);
            stored = place.flatMap(RangesAhead.Place::bytes);
            if (place.isPresent() && stored.isEmpty()) {
                RangesAhead.Place here = place.get();
                stored = Optional.of(store.get(here.key(), here.offset(), here.length()));
            }
        }
        if (stored.isPresent()) {
            decode(stored.get(), voxels, fileOf(chunk));
        } else {
            metadata.fillValue().fill(voxels, codec.voxels());
        }
    }

    /** Fetches a chunk from a server that is going to be read soon, unless it is being fetched. */
    void announce(long[] chunk, Ahead reading) {
        long number = chunks.number(chunk);
        if (!store.answersManyAtOnce() || ahead.isComing(number)) {
            return;
        }
        if (isSharded()) {
            ahead.fetch(number, chunk, fileOf(chunk), codec.encodedLimit(), this::place, reading);
        } else {
            int limit = codec.encodedLimit();
            long[] own = chunk.clone();
            ahead.fetch(number, own, limit, () -> keys.find(own, key -> store.get(key, limit)), reading);
        }
    }

    /** Prepares for reading chunks one after the other in row-major order, by one thread; to be closed. */
    ZarrStore.Values valuesOf(Interval positions) {
        int last = positions.axes() - 1;
        long near = positions.length(last) * (last > 0 ? positions.length(last - 1) : 1);
        return isSharded() || near < MANY_FILES ? store::get : store.neighbours();
    }

    /** Where a chunk lies in its shard's file; empty where it is not stored. */
    private Optional<RangesAhead.Place> place(long[] chunk) throws IOException {
        long[] shard = shards.cellOf(chunk);
        long[] first = chunks.whole(chunk).mins();
        long offset = 0;
        long length = ShardIndexCache.WHOLE_FILE;
        Optional<ByteBuffer> file = Optional.empty();
        for (Sharding sharding : shardings) {
            long from = offset;
            long bytes = length;
            Optional<ShardIndex> index = keys.find(shard, key -> shardIndices.get(key, from, bytes, sharding));
            int position = sharding.chunkWith(first);
            if (index.isEmpty() || index.get().isMissing(position)) {
                return Optional.empty();
            }
            file = length == ShardIndexCache.WHOLE_FILE ? index.get().file() : file;
            offset += index.get().offset(position);
            length = index.get().length(position);
        }
        String key = keys.of(shard);
        if (length > codec.encodedLimit()) {
            throw new ImageFormatException(
                    store.location(key),
                    "a chunk of " + length + " bytes at byte " + offset,
                    "at most " + codec.encodedLimit());
        }
        return Optional.of(new RangesAhead.Place(key, offset, (int) length, file));
    }

    /**
     * Decodes a chunk as it is stored.
     *
     * @param key names its file where it cannot be decoded
     */
    void decode(ByteBuffer stored, Object voxels, String key) throws ImageFormatException {
        try {
            codec.decode(stored, voxels);
        } catch (CorruptDataException e) {
            throw new ImageFormatException(store.location(key), e.found(), e.expected(), e);
        }
    }
}
