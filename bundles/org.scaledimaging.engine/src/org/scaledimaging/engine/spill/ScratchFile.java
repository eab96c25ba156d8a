package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.TargetException;

/**
 * A file for what memory has no room for, until it is needed again: bytes at positions, or blocks. The file is gone
 * after {@link #close}. Thread-safe.
 */
public final class ScratchFile implements Closeable {
    private final Path path;
    private final boolean temporary;
    private FileChannel file;
    private long end;

    private ScratchFile(Path path, boolean temporary, FileChannel file) {
        this.path = path;
        this.temporary = temporary;
        this.file = file;
    }

    /**
     * A file that is made when first written to.
     *
     * @param path where nothing is yet
     */
    public ScratchFile(Path path) {
        this(path, false, null);
    }

    /**
     * A file in the system's temporary folder. Where the system allows it, it has no name even before it is closed.
     *
     * @throws TargetException when the folder takes no file
     */
    public static ScratchFile temporary() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Path path;
        try {
            path = Files.createTempFile(folder, "scaled-imaging-", ".blocks");
        } catch (IOException e) {
            throw new TargetException(folder, "a temporary folder that cannot be used", "a writable one", e);
        }
        try {
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
            return new ScratchFile(path, true, file);
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Room for a block behind all others, of which nothing is written yet. */
    synchronized StoredBlock allocate(PixelType type, Interval interval) {
        StoredBlock block = new BlockInFile(this, end, type, interval);
        end += (long) interval.voxels() * type.bytes();
        return block;
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
        }
        if (file != null && !temporary) {
            Files.deleteIfExists(path);
            file = null;
        }
    }
}
