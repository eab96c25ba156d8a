package org.scaledimaging.engine.format.omezarr;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A store that counts how often each value is read. */
record CountingStore(ZarrStore store, Map<String, Integer> reads) implements ZarrStore {

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        reads.merge(key, 1, Integer::sum);
        return store.get(key, limit);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        reads.merge(key, 1, Integer::sum);
        return store.get(key, offset, length);
    }

    @Override
    public long size(String key) throws IOException {
        return store.size(key);
    }

    @Override
    public void put(String key, ByteBuffer value) throws IOException {
        store.put(key, value);
    }

    @Override
    public WritableByteChannel create(String key) throws IOException {
        return store.create(key);
    }

    @Override
    public String location(String key) {
        return store.location(key);
    }
}
