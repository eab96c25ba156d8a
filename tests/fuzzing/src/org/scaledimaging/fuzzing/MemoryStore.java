package org.scaledimaging.fuzzing;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A Zarr store in memory, as faithful to the interface as one of files. For one thread. */
final class MemoryStore implements ZarrStore {
    private final Map<String, byte[]> values = new TreeMap<>();

    MemoryStore with(String key, byte[] value) {
        values.put(key, value);
        return this;
    }

    byte[] value(String key) {
        return values.get(key);
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws ImageFormatException {
        byte[] value = values.get(key);
        if (value != null && value.length > limit) {
            throw new ImageFormatException(location(key), value.length + " bytes", "at most " + limit);
        }
        return Optional.ofNullable(value).map(ByteBuffer::wrap);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws EOFException {
        byte[] value = values.get(key);
        if (value == null || offset < 0 || length < 0 || offset + length > value.length) {
            throw new EOFException(location(key));
        }
        return ByteBuffer.wrap(value, (int) offset, length).slice();
    }

    @Override
    public long size(String key) {
        return values.containsKey(key) ? values.get(key).length : -1;
    }

    @Override
    public void put(String key, ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        values.put(key, bytes);
    }

    @Override
    public WritableByteChannel create(String key) {
        return Channels.newChannel(new ByteArrayOutputStream() {
            @Override
            public void close() {
                values.put(key, toByteArray());
            }
        });
    }

    @Override
    public String location(String key) {
        return "memory/" + key;
    }
}
