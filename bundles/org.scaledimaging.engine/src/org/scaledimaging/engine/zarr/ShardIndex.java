package org.scaledimaging.engine.zarr;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/** The places of one shard's chunks in its file. Immutable. */
final class ShardIndex {
    static final long MISSING = -1; // all ones
    private final long[] entries;
    private final Optional<ByteBuffer> file;

    /**
     * @param file all of the shard's file, where it came with the index
     * @param location what to name in errors: the shard's file
     * @param entries offset and length of each chunk, one after the other
     * @param size of the file
     */
    ShardIndex(String location, long[] entries, long size, Optional<ByteBuffer> file) throws ImageFormatException {
        this.entries = entries;
        this.file = file;
        for (int i = 0; i < entries.length; i += 2) {
            long offset = entries[i];
            long length = entries[i + 1];
            boolean missing = offset == MISSING && length == MISSING;
            if (!missing && (offset < 0 || length < 0 || offset > size || length > size - offset)) {
                throw new ImageFormatException(
                        location,
                        "a chunk of " + Long.toUnsignedString(length) + " bytes at byte "
                                + Long.toUnsignedString(offset),
                        "one within the " + size + " bytes of the shard");
            }
        }
    }

    /** All of the shard's file, where it is here already. */
    Optional<ByteBuffer> file() {
        return file;
    }

    boolean isMissing(int chunk) {
        return entries[2 * chunk] == MISSING;
    }

    long offset(int chunk) {
        return entries[2 * chunk];
    }

    long length(int chunk) {
        return entries[2 * chunk + 1];
    }
}
