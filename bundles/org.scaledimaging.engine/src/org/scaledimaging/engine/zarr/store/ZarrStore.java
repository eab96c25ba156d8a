package org.scaledimaging.engine.zarr.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.List;
import java.util.Optional;

/**
 * A store of the files of Zarr arrays and groups: values under keys. A key is names with slashes between them, as in
 * {@code 0/c/1/2/3}. Keys that would lead out of the store (an empty name, {@code .} or {@code ..}, a backslash, a
 * colon) are refused with an {@link org.scaledimaging.engine.message.ImageFormatException}, since they come from
 * metadata that others wrote. All methods may be called from several threads at once. Of a store that can only be read,
 * the methods that write throw an {@link UnsupportedOperationException}.
 */
public interface ZarrStore {
    /** The JDK takes as much memory outside the heap, in each thread, as is read or written in one go. */
    int AT_ONCE = 1 << 20;

    /**
     * A value as a whole, in a buffer backed by an array; empty where there is none.
     *
     * @param limit bytes; a longer value is refused without being read, with an {@code ImageFormatException}
     */
    Optional<ByteBuffer> get(String key, int limit) throws IOException;

    /**
     * A range of a value, in a buffer backed by an array.
     *
     * @throws IOException when there is no such value or it ends before the range does
     */
    ByteBuffer get(String key, long offset, int length) throws IOException;

    /** Gets values as {@link ZarrStore#get(String, int)} does. For one thread, and to be closed soon. */
    @FunctionalInterface
    interface Values extends Closeable {
        /** A value as a whole, in a buffer backed by an array, valid until the next call; empty where there is none. */
        Optional<ByteBuffer> get(String key, int limit) throws IOException;

        @Override
        default void close() throws IOException {}
    }

    /** For getting many values one after the other, of which those in one folder, or in folders of that, come together. */
    default Values neighbours() {
        return this::get;
    }

    /** Whether values come from a server. */
    default boolean isRemote() {
        return false;
    }

    /** Whether waiting for many values at once takes hardly longer than waiting for one. */
    default boolean answersManyAtOnce() {
        return false;
    }

    /** Says which small values are going to be got, so that what takes long to come can be waited for together. */
    default void expect(List<String> keys) throws IOException {}

    /** A value's length in bytes; −1 where there is no such value. */
    long size(String key) throws IOException;

    /**
     * Whether there is any value but metadata below a path.
     *
     * @return nothing, as by default, where the store does not say what it holds
     */
    default Optional<Boolean> hasChunks(String path) throws IOException {
        return Optional.empty();
    }

    /**
     * One end of a value.
     *
     * @param bytes in a buffer backed by an array
     * @param size of the whole value, in bytes
     */
    record Edge(ByteBuffer bytes, long size) {}

    /**
     * The first or last bytes of a value, fewer where it is shorter; empty where there is no such value.
     *
     * @param atEnd whether the last ones
     */
    default Optional<Edge> edge(String key, int length, boolean atEnd) throws IOException {
        long size = size(key);
        if (size < 0) {
            return Optional.empty();
        }
        int some = (int) Math.min(size, length);
        return Optional.of(new Edge(get(key, atEnd ? size - some : 0, some), size));
    }

    /** Writes a value, in place of an earlier one if there is one. The buffer is read to its limit. */
    default void put(String key, ByteBuffer value) throws IOException {
        try (WritableByteChannel channel = create(key)) {
            int end = value.limit();
            while (value.position() < end) {
                value.limit(Math.min(end, value.position() + AT_ONCE));
                channel.write(value);
            }
        }
    }

    /** Writes a value piece by piece, in place of an earlier one. It is there when the channel is closed. */
    default WritableByteChannel create(String key) throws IOException {
        throw new UnsupportedOperationException("writing to " + location(key));
    }

    /**
     * Looks whether all that was read so far is still there and as it was when the store was opened; a store that others may
     * change, as while it is written, does not.
     *
     * @throws org.scaledimaging.engine.message.ImageFormatException when it is not
     */
    default void checkUnchanged() throws IOException {}

    /** What to call a value in messages: the file's path, or its address. Never fails. */
    String location(String key);
}
