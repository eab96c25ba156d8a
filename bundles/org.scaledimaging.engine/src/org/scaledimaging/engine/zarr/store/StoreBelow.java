package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * The part of a store below a path, as a store.
 *
 * @param path without a slash at the end; keys are looked up below it
 */
public record StoreBelow(ZarrStore store, String path) implements ZarrStore {
    private String key(String below) {
        return Json.key(path, below);
    }

    @Override
    public Optional<ByteBuffer> get(String below, int limit) throws IOException {
        return store.get(key(below), limit);
    }

    @Override
    public void expect(List<String> below) throws IOException {
        store.expect(below.stream().map(this::key).toList());
    }

    @Override
    public ByteBuffer get(String below, long offset, int length) throws IOException {
        return store.get(key(below), offset, length);
    }

    @Override
    public long size(String below) throws IOException {
        return store.size(key(below));
    }

    @Override
    public void put(String below, ByteBuffer value) throws IOException {
        store.put(key(below), value);
    }

    @Override
    public WritableByteChannel create(String below) throws IOException {
        return store.create(key(below));
    }

    @Override
    public boolean isRemote() {
        return store.isRemote();
    }

    @Override
    public boolean answersManyAtOnce() {
        return store.answersManyAtOnce();
    }

    @Override
    public Optional<Boolean> hasChunks(String below) throws IOException {
        return store.hasChunks(below.isEmpty() ? path : key(below));
    }

    @Override
    public String location(String below) {
        return store.location(key(below));
    }
}
