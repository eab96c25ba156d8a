package org.scaledimaging.engine.zarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.codec.Sharding;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Keeps the indices of the shards read last, up to a few megabytes, so that each is read about once. Safe for use by
 * several threads at once; two that miss the same index at the same time both read it.
 */
final class ShardIndexCache {
    private static final long BUDGET = 8 << 20;

    private final ZarrStore store;
    private final Map<String, ShardIndex> indices = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    ShardIndexCache(ZarrStore store) {
        this.store = store;
    }

    /** The index of a shard; empty where the shard is not stored. */
    Optional<ShardIndex> get(String key, Sharding sharding) throws IOException {
        synchronized (indices) {
            ShardIndex known = indices.get(key);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<ShardIndex> index = read(key, sharding);
        if (index.isPresent()) {
            keep(key, index.get());
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

    private void keep(String key, ShardIndex index) {
        synchronized (indices) {
            ShardIndex before = indices.put(key, index);
            bytes += index.bytes() - (before == null ? 0 : before.bytes());
            for (var eldest = indices.entrySet().iterator(); bytes > BUDGET && indices.size() > 1; ) {
                bytes -= eldest.next().getValue().bytes();
                eldest.remove();
            }
        }
    }
}
