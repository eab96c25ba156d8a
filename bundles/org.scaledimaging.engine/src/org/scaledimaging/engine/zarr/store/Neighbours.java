package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Files that are read one after the other: the folder two levels above is held open until one from elsewhere comes. */
final class Neighbours implements ZarrStore.Values {
    private final FileStore store;
    private ZarrStore.Values values;
    private String folder = "";

    Neighbours(FileStore store) {
        this.store = store;
        this.values = store::get;
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        int end = key.lastIndexOf('/', key.lastIndexOf('/') - 1);
        if (end > 0 && !(end == folder.length() && key.startsWith(folder))) {
            values.close();
            values = store::get; // should the next fail
            folder = key.substring(0, end);
            values = store.below(folder);
        }
        return end > 0 ? values.get(key, limit) : store.get(key, limit);
    }

    @Override
    public void close() throws IOException {
        values.close();
    }
}
