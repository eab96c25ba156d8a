package org.scaledimaging.engine.place;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A file that is read at any place and stays open between reads, or is opened for each. Where it stays open, an interrupt of
 * one thread closes it, as Java has it: the others' reads open it again. Thread-safe.
 */
public final class ReopenedFile implements Closeable {
    private static final int ATTEMPTS = 10;

    private final Path path;
    private final boolean keepOpen;
    private FileChannel channel;
    private boolean closed;

    /** @param keepOpen whether it stays open between reads: not where there are very many */
    public ReopenedFile(Path path, boolean keepOpen) {
        this.path = path;
        this.keepOpen = keepOpen;
    }

    /**
     * Fills a buffer from its start to its limit with the bytes from an offset of the file on.
     *
     * @throws ImageFormatException when the file ends before that
     */
    public void read(ByteBuffer bytes, long offset) throws IOException {
        if (!keepOpen) {
            try (FileChannel once = FileChannel.open(path, StandardOpenOption.READ)) {
                fill(once, bytes, offset);
            }
            return;
        }
        for (int attempt = 1; ; attempt++) {
            try {
                fill(channel(), bytes.rewind(), offset);
                return;
            } catch (ClosedByInterruptException e) {
                throw e;
            } catch (ClosedChannelException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void fill(FileChannel open, ByteBuffer bytes, long offset) throws IOException {
        while (bytes.hasRemaining()) {
            int count;
            try {
                count = open.read(bytes, offset + bytes.position());
            } catch (IOException e) {
                throw FileFailures.reading(path, e);
            }
            if (count < 0) {
                throw new ImageFormatException(
                        path, "a file that was cut short while it was read", "one that stays as it is");
            }
        }
    }

    private synchronized FileChannel channel() throws IOException {
        if (closed) {
            throw new IOException(path + ": found a closed image, expected an open one.");
        }
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
        }
        return channel;
    }

    @Override
    public synchronized void close() throws IOException {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }
}
