package org.scaledimaging.engine.format.omezarr;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A store to look into, and to spoil. */
public final class MemoryStore implements ZarrStore {
    public final Map<String, byte[]> values = new ConcurrentSkipListMap<>();
    public final AtomicInteger reads = new AtomicInteger();

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        reads.incrementAndGet();
        byte[] value = values.get(key);
        if (value != null && value.length > limit) {
            throw new ImageFormatException(key, value.length + " bytes", "at most " + limit);
        }
        return Optional.ofNullable(value).map(ByteBuffer::wrap);
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        reads.incrementAndGet();
        byte[] value = values.get(key);
        if (value == null || offset + length > value.length) {
            throw new EOFException(key);
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
        value.get(bytes);
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
