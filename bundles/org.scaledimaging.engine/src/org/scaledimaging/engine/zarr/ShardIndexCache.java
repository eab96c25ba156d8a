package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.view.BoundedCache;
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
                sharding.indexBytes(),
                () -> length == WHOLE_FILE ? read(key, sharding) : read(key, offset, length, sharding));
        if (index.isEmpty()) {
            indices.forget(name); // it may be stored yet
        }
        return index;
    }

    private Optional<ShardIndex> read(String key, Sharding sharding) throws IOException {
        Optional<ZarrStore.Edge> edge = store.edge(key, sharding.indexBytes(), sharding.indexAtEnd());
        if (edge.isEmpty()) {
            return Optional.empty();
        }
        return index(key, sharding, edge.get().bytes(), edge.get().size());
    }

    private Optional<ShardIndex> read(String key, long offset, long length, Sharding sharding) throws IOException {
        int some = (int) Math.min(length, sharding.indexBytes());
        ByteBuffer stored = store.get(key, sharding.indexAtEnd() ? offset + length - some : offset, some);
        return index(key, sharding, stored, length);
    }

    private Optional<ShardIndex> index(String key, Sharding sharding, ByteBuffer stored, long size)
            throws ImageFormatException {
        String location = store.location(key);
        if (stored.remaining() < sharding.indexBytes()) {
            throw new ImageFormatException(
                    location, "a shard of " + size + " bytes", "an index of " + sharding.indexBytes() + " bytes in it");
        }
        try {
            return Optional.of(new ShardIndex(location, sharding.decodeIndex(stored), size));
        } catch (CorruptDataException e) {
            throw new ImageFormatException(location, "in its index " + e.found(), e.expected(), e);
        }
    }
}
