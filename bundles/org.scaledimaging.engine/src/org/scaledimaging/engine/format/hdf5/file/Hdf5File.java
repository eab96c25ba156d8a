package org.scaledimaging.engine.format.hdf5.file;

import io.jhdf.Superblock;
import io.jhdf.SymbolTableEntry;
import io.jhdf.exceptions.HdfException;
import io.jhdf.storage.HdfBackingStorage;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.place.ReopenedFile;

/**
 * A file of HDF5: its superblock, and bytes at an address, none of which lies outside the file. What jhdf reads it reads
 * through this. Thread-safe.
 */
public final class Hdf5File implements HdfBackingStorage, Closeable {
    private static final int MOST_METADATA = 64 << 20;

    private final Path path;
    private final OpenedFiles opened;
    private final long size;
    private final ReopenedFile file;
    private final Superblock superblock;
    private final Map<Path, Hdf5File> others = new HashMap<>();

    private Hdf5File(Path path, OpenedFiles opened, Superblock superblock) throws IOException {
        this.path = path;
        this.opened = opened;
        this.size = opened.add(path).size();
        this.file = new ReopenedFile(path, true);
        this.superblock = superblock;
    }

    /** @throws ImageFormatException when it is of another format, or its superblock is damaged */
    public static Hdf5File open(Path path, OpenedFiles opened) throws IOException {
        opened.add(path);
        long at = Signature.find(path)
                .orElseThrow(() -> new ImageFormatException(path, "a file of another format", "an HDF5 file"));
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            Superblock superblock = guarded(path, () -> Superblock.readSuperblock(channel, at));
            if (superblock.getBaseAddressByte() != at
                    || superblock.getSizeOfOffsets() > Long.BYTES
                    || superblock.getSizeOfLengths() > Long.BYTES) {
                throw new ImageFormatException(path, "a damaged superblock of HDF5", "one as libraries write it");
            }
            return new Hdf5File(path, opened, superblock);
        }
    }

    /** Something that jhdf does, which throws what it likes where a file is damaged. */
    interface Reading<T> {
        T read() throws IOException;
    }

    /** Does what jhdf does; what it throws of a file becomes a sentence. */
    static <T> T guarded(Path path, Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (RuntimeException | StackOverflowError e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof UncheckedIOException unchecked) {
                    throw unchecked.getCause();
                }
            }
            throw new ImageFormatException(
                    path,
                    "HDF5 that cannot be read (" + innermost(e) + ")",
                    "one that is whole, in a known version",
                    e);
        }
    }

    private static String innermost(Throwable thrown) {
        Throwable cause = thrown;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        String said = cause instanceof HdfException ? cause.getMessage() : null;
        return said == null ? "damaged metadata" : said.replaceFirst("[.\\s]+$", "");
    }

    /** Where the file lies. */
    public Path path() {
        return path;
    }

    /** The file as it was when it was opened, and those that it links to. */
    public OpenedFiles opened() {
        return opened;
    }

    /** The group that all others are in. */
    public Hdf5Node root() throws IOException {
        long address = guarded(path, () -> {
            if (superblock instanceof Superblock.SuperblockV0V1 old) {
                long entry = old.getRootGroupSymbolTableAddress() - old.getBaseAddressByte();
                return new SymbolTableEntry(this, entry).getObjectHeaderAddress();
            }
            return ((Superblock.SuperblockV2V3) superblock).getRootGroupObjectHeaderAddress();
        });
        return new Hdf5Node(this, address, "/");
    }

    /** What the file begins with where HDF5 does not: a text of the program that wrote it. */
    public String userText() throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(getUserBlockSize(), 128));
        file.read(bytes, 0);
        return StandardCharsets.ISO_8859_1.decode(bytes.flip()).toString();
    }

    /** A file beside this one that it links to; closed together with it. */
    Hdf5File other(Path path) throws IOException {
        synchronized (others) {
            if (!others.containsKey(path)) {
                others.put(path, open(path, opened));
            }
            return others.get(path);
        }
    }

    /**
     * Bytes at an address, little-endian.
     *
     * @throws ImageFormatException when the file does not have them
     */
    ByteBuffer read(long address, int length, String what) throws IOException {
        opened.checkNowAndThen(path);
        long base = superblock.getBaseAddressByte();
        if (address < 0 || length < 0 || address > size - base || length > size - base - address) {
            throw new ImageFormatException(
                    path,
                    what + " at byte " + Long.toUnsignedString(address) + ", " + Integer.toUnsignedString(length)
                            + " bytes long",
                    "it to lie within the file's " + size + " bytes");
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        file.read(bytes, address + base);
        return bytes.flip();
    }

    @Override
    public ByteBuffer readBufferFromAddress(long address, int length) {
        if (length > MOST_METADATA) {
            throw new HdfException("metadata of " + length + " bytes");
        }
        try {
            return read(address, length, "metadata");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ByteBuffer map(long address, long length) {
        return readBufferFromAddress(address, (int) Math.min(length, Integer.MAX_VALUE));
    }

    @Override
    public ByteBuffer mapNoOffset(long address, long length) {
        return map(address - superblock.getBaseAddressByte(), length);
    }

    @Override
    public long getUserBlockSize() {
        return superblock.getBaseAddressByte();
    }

    @Override
    public Superblock getSuperblock() {
        return superblock;
    }

    @Override
    public FileChannel getFileChannel() {
        throw new UnsupportedOperationException("nothing here asks for it");
    }

    @Override
    public int getSizeOfOffsets() {
        return superblock.getSizeOfOffsets();
    }

    @Override
    public int getSizeOfLengths() {
        return superblock.getSizeOfLengths();
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean inMemory() {
        return false;
    }

    @Override
    public void close() {
        try {
            file.close();
            others.values().forEach(Hdf5File::close);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
