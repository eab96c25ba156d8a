package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.codec.Sharding;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Keeps the indices of the shards read last, up to a few megabytes, so that each is read about once. Safe for use by
 * several threads at once.
 */
final class ShardIndexCache {
    /** As the length of a shard that is not inside another. */
    static final long WHOLE_FILE = -1;

    private static final long BUDGET = 8 << 20;

    /** A file of a server that is no longer comes as a whole with its index: another request would take longer. */
    private static final int SMALL_FILE = 1 << 15;

    private final ZarrStore store;
    private final BoundedCache<String, Optional<ShardIndex>> indices = new BoundedCache<>(BUDGET);

    ShardIndexCache(ZarrStore store) {
        this.store = store;
    }

    /**
     * The index of a shard; empty where the shard is not stored.
     *
     * @param key of the file
     * @param offset where in the file the shard is
     * @param length of the shard, or {@link #WHOLE_FILE}
     */
    Optional<ShardIndex> get(String key, long offset, long length, Sharding sharding) throws IOException {
        String name = length == WHOLE_FILE ? key : key + "@" + offset;
        Optional<ShardIndex> index = indices.get(
                name,
                length == WHOLE_FILE ? asked(sharding) : sharding.indexBytes(),
                () -> length == WHOLE_FILE ? read(key, sharding) : read(key, offset, length, sharding));
        if (index.isEmpty() && !store.isRemote()) {
            indices.forget(name); // it may be stored yet
        }
        return index;
    }

    private int asked(Sharding sharding) {
        return store.answersManyAtOnce() ? Math.max(SMALL_FILE, sharding.indexBytes()) : sharding.indexBytes();
    }

    private Optional<ShardIndex> read(String key, Sharding sharding) throws IOException {
        Optional<ZarrStore.Edge> edge = store.edge(key, asked(sharding), sharding.indexAtEnd());
        if (edge.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer bytes = edge.get().bytes();
        long size = edge.get().size();
        int some = Math.min(bytes.remaining(), sharding.indexBytes());
        int from = bytes.position() + (sharding.indexAtEnd() ? bytes.remaining() - some : 0);
        ByteBuffer stored = bytes.duplicate().position(from).limit(from + some).slice();
        Optional<ByteBuffer> whole = bytes.remaining() == size ? Optional.of(bytes.slice()) : Optional.empty();
        return index(key, sharding, stored, size, whole);
    }

    private Optional<ShardIndex> read(String key, long offset, long length, Sharding sharding) throws IOException {
        int some = (int) Math.min(length, sharding.indexBytes());
        ByteBuffer stored = store.get(key, sharding.indexAtEnd() ? offset + length - some : offset, some);
        return index(key, sharding, stored, length, Optional.empty());
    }

    private Optional<ShardIndex> index(
            String key, Sharding sharding, ByteBuffer stored, long size, Optional<ByteBuffer> file)
            throws ImageFormatException {
        String location = store.location(key);
        if (stored.remaining() < sharding.indexBytes()) {
            throw new ImageFormatException(
                    location, "a shard of " + size + " bytes", "an index of " + sharding.indexBytes() + " bytes in it");
        }
        try {
            return Optional.of(new ShardIndex(location, sharding.decodeIndex(stored), size, file));
        } catch (CorruptDataException e) {
            throw new ImageFormatException(location, "in its index " + e.found(), e.expected(), e);
        }
    }
}
