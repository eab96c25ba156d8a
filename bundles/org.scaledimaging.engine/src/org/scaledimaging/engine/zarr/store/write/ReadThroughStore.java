package org.scaledimaging.engine.zarr.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A store that reads what another one holds, under its names; what is written a subclass sees to. */
abstract class ReadThroughStore implements ZarrStore {
    private final ZarrStore store;

    ReadThroughStore(ZarrStore store) {
        this.store = store;
    }

    /** The store that holds the values. */
    final ZarrStore store() {
        return store;
    }

    @Override
    public final Optional<ByteBuffer> get(String key, int limit) throws IOException {
        return store.get(key, limit);
    }

    @Override
    public final ByteBuffer get(String key, long offset, int length) throws IOException {
        return store.get(key, offset, length);
    }

    @Override
    public final long size(String key) throws IOException {
        return store.size(key);
    }

    @Override
    public final String location(String key) {
        return store.location(key);
    }
}
