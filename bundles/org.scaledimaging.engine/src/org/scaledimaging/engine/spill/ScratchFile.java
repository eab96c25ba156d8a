package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Bytes that there is no room for in memory, put aside in a file until they are needed again. The file is made when first
 * written to and gone after {@link #close}. Thread-safe.
 */
public final class ScratchFile implements Closeable {
    private final Path path;
    private FileChannel file;

    /** @param path where nothing is yet */
    public ScratchFile(Path path) {
        this.path = path;
    }

    /** Puts all remaining bytes at a position. */
    public void write(ByteBuffer bytes, long position) throws IOException {
        FileChannel channel = open();
        long at = position;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    /**
     * Fills a buffer from a position on.
     *
     * @throws IOException when the file was cut short by somebody else
     */
    public void read(ByteBuffer bytes, long position) throws IOException {
        FileChannel channel = open();
        long at = position;
        while (bytes.hasRemaining()) {
            int read = channel.read(bytes, at);
            if (read < 0) {
                throw new IOException(path + ": found a temporary file that was cut short, expected it whole.");
            }
            at += read;
        }
    }

    private synchronized FileChannel open() throws IOException {
        if (file == null) {
            file = FileChannel.open(
                    path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
        }
        return file;
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
            Files.deleteIfExists(path);
            file = null;
        }
    }
}
