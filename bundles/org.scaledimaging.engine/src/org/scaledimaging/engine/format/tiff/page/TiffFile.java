package org.scaledimaging.engine.format.tiff.page;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.place.ReopenedFile;
import org.scaledimaging.engine.web.WebFiles;

/**
 * A TIFF file (TIFF 6.0), or a BigTIFF file, which has offsets of 64 bits: its header, and bytes at an offset.
 * Thread-safe.
 */
public final class TiffFile implements Closeable {
    private static final int HEADER_BYTES = 16;
    private static final int CLASSIC = 42;
    private static final int BIG = 43;

    private final Path path;
    private final OpenedFiles opened;
    private final long size;
    private final Header header;
    private final ReopenedFile file;

    /**
     * What a file begins with.
     *
     * @param firstDirectory its offset in the file
     */
    record Header(ByteOrder order, boolean big, long firstDirectory) {}

    private TiffFile(Path path, OpenedFiles opened, Header header, boolean keepOpen) throws IOException {
        this.path = path;
        this.opened = opened;
        this.size = opened.add(path).size();
        this.header = header;
        this.file = new ReopenedFile(path, keepOpen);
    }

    /** Whether a file is TIFF, going by its first bytes. */
    public static boolean recognises(Path path) throws IOException {
        return header(start(path)).isPresent();
    }

    /** @param keepOpen whether the file stays open between reads: not where there are very many */
    static TiffFile open(Path path, boolean keepOpen) throws IOException {
        OpenedFiles opened = new OpenedFiles(path);
        opened.add(path);
        return open(path, opened, keepOpen);
    }

    /** @param opened has noted what the file was */
    static TiffFile open(Path path, OpenedFiles opened, boolean keepOpen) throws IOException {
        ByteBuffer start = start(path);
        Header header = header(start)
                .orElseThrow(() -> new ImageFormatException(
                        path, "a file of another format, or cut short within its header", "a TIFF file"));
        return new TiffFile(path, opened, header, keepOpen);
    }

    private static ByteBuffer start(Path path) throws IOException {
        FileState.checkRegular(path);
        ByteBuffer start = ByteBuffer.allocate(HEADER_BYTES);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (start.hasRemaining() && channel.read(start) >= 0) {
                // until the header is whole or the file ends
            }
        }
        return start.flip();
    }

    private static Optional<Header> header(ByteBuffer start) {
        if (start.remaining() < 8) {
            return Optional.empty();
        }
        int mark = start.getShort(0);
        if (mark != 0x4949 && mark != 0x4D4D) {
            return Optional.empty();
        }
        ByteOrder order = mark == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        start.order(order);
        int version = start.getShort(2);
        if (version == CLASSIC) {
            return Optional.of(new Header(order, false, Integer.toUnsignedLong(start.getInt(4))));
        }
        boolean big = version == BIG && start.remaining() == HEADER_BYTES && start.getShort(4) == 8;
        return big ? Optional.of(new Header(order, true, start.getLong(8))) : Optional.empty();
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    Header header() {
        return header;
    }

    /** This file, and those that belong to it, as they were when they were opened. */
    public OpenedFiles opened() {
        return opened;
    }

    /** How many bytes it has. */
    public long size() {
        return size;
    }

    /**
     * Bytes of the file, in its byte order.
     *
     * @param what they are, as in "the directory", for messages
     * @throws ImageFormatException when the file does not have them
     */
    public ByteBuffer read(long offset, long length, String what) throws IOException {
        opened.checkNowAndThen(path);
        checkWithin(offset, length, what);
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length)).order(header.order());
        file.read(bytes, offset);
        return bytes.flip();
    }

    /** Whether it is on a server. */
    public boolean isRemote() {
        return WebFiles.has(path);
    }

    /** As {@link WebFiles#announce}; of what the file cannot hold nothing. */
    void announce(long offset, long length, Ahead ahead) {
        if (offset >= 0 && length > 0 && offset <= size && length <= Math.min(Integer.MAX_VALUE, size - offset)) {
            WebFiles.announce(path, offset, (int) length, ahead);
        }
    }

    /** Refuses what the file cannot hold, before memory is taken for it. */
    void checkWithin(long offset, long length, String what) throws ImageFormatException {
        if (offset < 0 || length < 0 || offset > size || length > size - offset) {
            throw new ImageFormatException(
                    path,
                    what + " at byte " + Long.toUnsignedString(offset) + ", " + Long.toUnsignedString(length)
                            + " bytes long",
                    "it to lie within the file's " + size + " bytes");
        }
        if (length > Integer.MAX_VALUE - 8) {
            throw new ImageFormatException(path, what + " of " + length + " bytes", "less than 2 GiB");
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
