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
    private static final long BUDGET = 8 << 20;

    private final ZarrStore store;
    private final BoundedCache<String, Optional<ShardIndex>> indices = new BoundedCache<>(BUDGET);

    ShardIndexCache(ZarrStore store) {
        this.store = store;
    }

    /** The index of a shard; empty where the shard is not stored. */
    Optional<ShardIndex> get(String key, Sharding sharding) throws IOException {
        Optional<ShardIndex> index = indices.get(key, sharding.indexBytes(), () -> read(key, sharding));
        if (index.isEmpty()) {
            indices.forget(key); // it may be stored yet
        }
        return index;
    }

    private Optional<ShardIndex> read(String key, Sharding sharding) throws IOException {
        Optional<ZarrStore.Edge> edge = store.edge(key, sharding.indexBytes(), sharding.indexAtEnd());
        if (edge.isEmpty()) {
            return Optional.empty();
        }
        long size = edge.get().size();
        ByteBuffer stored = edge.get().bytes();
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
