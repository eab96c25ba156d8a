package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.scaledimaging.engine.execute.MemoryBudget;

/**
 * Encoded chunks that have come before their turn: in memory as far as a bound allows, the rest in a file. Thread-safe.
 */
public final class HeldBytes implements Closeable {
    private final Optional<ScratchFile> file;
    private final MemoryBudget memory;
    private long inFile;
    private long end;

    /**
     * A chunk that is held.
     *
     * @param bytes nothing where they are in the file
     * @param position in the file
     */
    public record Held(Optional<ByteBuffer> bytes, long position, int length) {}

    /** @param file for what there is no room for; without it all is held in memory */
    public HeldBytes(Optional<ScratchFile> file) {
        this.file = file;
        this.memory = MemoryBudget.of(file.isPresent() ? MemoryBudget.Share.CHUNKS_IN_LINE.bytes() : Long.MAX_VALUE);
    }

    /** Takes a copy of a chunk's bytes. */
    public Held hold(ByteBuffer encoded) throws IOException {
        int length = encoded.remaining();
        long position = place(length);
        if (position >= 0) {
            file.orElseThrow().write(encoded, position);
            return new Held(Optional.empty(), position, length);
        }
        byte[] bytes = new byte[length];
        encoded.get(bytes);
        return new Held(Optional.of(ByteBuffer.wrap(bytes)), -1, length);
    }

    /** Where in the file to put so many bytes; −1 for in memory. */
    private synchronized long place(int length) {
        if (memory.take(length)) {
            return -1;
        }
        long position = end;
        end += length;
        inFile++;
        return position;
    }

    /** The bytes of a chunk, which is held no more. */
    public ByteBuffer release(Held held) throws IOException {
        if (held.bytes().isPresent()) {
            memory.give(held.length());
            return held.bytes().get();
        }
        ByteBuffer bytes = ByteBuffer.allocate(held.length());
        file.orElseThrow().read(bytes, held.position());
        synchronized (this) {
            if (--inFile == 0) {
                end = 0; // all of the file is free again
            }
        }
        return bytes.flip();
    }

    @Override
    public void close() throws IOException {
        if (file.isPresent()) {
            file.get().close();
        }
    }
}
