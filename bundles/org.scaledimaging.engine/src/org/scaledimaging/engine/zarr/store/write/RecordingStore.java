package org.scaledimaging.engine.zarr.store.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.TreeMap;
import org.scaledimaging.engine.zarr.store.Keys;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A store that remembers which metadata were put into it; chunks pass through. */
public final class RecordingStore extends ReadThroughStore {
    private final Map<String, ByteBuffer> metadata = new TreeMap<>();

    /** @param store where everything is put */
    public RecordingStore(ZarrStore store) {
        super(store);
    }

    /** The key of a document that another store does not have as it was put here; null when there is none. */
    public String firstDifference(ZarrStore other) throws IOException {
        for (Map.Entry<String, ByteBuffer> document : metadata.entrySet()) {
            ByteBuffer content = document.getValue();
            if (other.size(document.getKey()) != content.remaining()
                    || !other.get(document.getKey(), 0, content.remaining()).equals(content)) {
                return document.getKey();
            }
        }
        return null;
    }

    @Override
    public void put(String key, ByteBuffer value) throws IOException {
        if (Keys.isMetadata(key)) {
            ByteBuffer copy = ByteBuffer.allocate(value.remaining());
            metadata.put(key, copy.put(value.duplicate()).flip());
        }
        store().put(key, value);
    }

    @Override
    public WritableByteChannel create(String key) throws IOException {
        return store().create(key);
    }
}
