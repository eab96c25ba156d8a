package org.scaledimaging.engine.format.omezarr.lazy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** Metadata files in memory. Thread-safe. */
final class MetadataStore implements ZarrStore {
    private final String name;
    private final Map<String, byte[]> files = new ConcurrentHashMap<>();

    /** @param name for messages */
    MetadataStore(String name) {
        this.name = name;
    }

    Optional<byte[]> get(String key) {
        return Optional.ofNullable(files.get(key)).map(byte[]::clone);
    }

    /** The names of what lies in a folder, those of folders with a slash behind; none where there is no such folder. */
    List<String> list(String folder) {
        String start = folder.isEmpty() ? "" : folder + "/";
        return files.keySet().stream()
                .filter(key -> key.startsWith(start))
                .map(key -> key.substring(start.length()))
                .map(rest -> rest.substring(0, rest.indexOf('/') + 1 == 0 ? rest.length() : rest.indexOf('/') + 1))
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) {
        return get(key).map(ByteBuffer::wrap);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        byte[] file = get(key).orElseThrow(() -> new IOException(location(key) + ": found nothing, expected a file."));
        return ByteBuffer.wrap(Arrays.copyOfRange(file, Math.toIntExact(offset), Math.toIntExact(offset + length)));
    }

    @Override
    public long size(String key) {
        return files.containsKey(key) ? files.get(key).length : -1;
    }

    @Override
    public void put(String key, ByteBuffer value) {
        byte[] file = new byte[value.remaining()];
        value.get(file);
        files.put(key, file);
    }

    @Override
    public String location(String key) {
        return key.isEmpty() ? name : name + "/" + key;
    }
}
