package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32C;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.place.ImageState;
import org.scaledimaging.engine.place.OpenedFiles;

/**
 * A folder on any file system as a store that can be read: by attributes and streams alone, which every one has. Ranges come
 * from {@link LocalCopies}. Metadata files are noted with their content and looked at again; a chunk must be older than the
 * opening where metadata files say that the file system's clock goes by this computer's.
 */
public final class PathStore implements RemoteStore {
    private static final long LOOK_NANOSECONDS = 1_000_000_000;

    /** What a metadata file was. */
    private record Noted(long size, long modified, long checksum) {}

    /** What is done with a file, whose file system may be closed by then. */
    @FunctionalInterface
    private interface Work<R> {
        R on(Path file) throws IOException;
    }

    private final ImageLocation.Elsewhere place;
    private final Path root;
    private final Instant opened;
    private final LocalCopies copies = new LocalCopies();
    private final Map<String, Noted> metadata = new ConcurrentSkipListMap<>();
    private final AtomicLong nextLook = new AtomicLong(System.nanoTime());
    private volatile boolean sameClock = true;

    /**
     * @param place what to call it
     * @param root the folder
     * @param opened since when changes count
     */
    public PathStore(ImageLocation.Elsewhere place, Path root, Instant opened) {
        this.place = place;
        this.root = root;
        this.opened = opened;
    }

    @Override
    public ImageState metadataFiles() {
        long size = 0;
        long modified = 0;
        CRC32C all = new CRC32C();
        for (Noted file : metadata.values()) {
            size += file.size();
            modified = Math.max(modified, file.modified());
            all.update(ByteBuffer.allocate(Long.BYTES).putLong(file.checksum()).flip());
        }
        return new ImageState(size, modified, String.format("crc32c:%08x", all.getValue()));
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        return of(key, file -> {
            Optional<BasicFileAttributes> found = look(key, file);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (found.get().isDirectory()) {
                throw new ImageFormatException(location(key), "a folder", "a file");
            }
            Optional<ByteBuffer> bytes = whole(key, file, limit);
            if (bytes.isPresent() && Keys.isMetadata(key)) {
                note(key, found.get(), bytes.get());
            }
            return bytes;
        });
    }

    /** The length that the file system tells may be another than that of the stream. */
    private Optional<ByteBuffer> whole(String key, Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(limit < Integer.MAX_VALUE ? limit + 1 : limit);
            if (bytes.length > limit) {
                throw new ImageFormatException(
                        location(key), "a file of more than " + limit + " bytes", "at most " + limit);
            }
            return Optional.of(ByteBuffer.wrap(bytes));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        return of(key, file -> {
            if (look(key, file).isEmpty()) {
                throw new ImageFormatException(location(key), "no such file", "the one whose index was read");
            }
            return copies.read(key, () -> Files.newInputStream(file), offset, length, location(key));
        });
    }

    @Override
    public long size(String key) throws IOException {
        return of(
                key,
                file -> look(key, file)
                        .filter(found -> !found.isDirectory())
                        .map(BasicFileAttributes::size)
                        .orElse(-1L));
    }

    /** What the file system tells of a file; nothing where there is none. */
    private Optional<BasicFileAttributes> look(String key, Path file) throws IOException {
        Optional<BasicFileAttributes> found = attributes(file);
        if (!Keys.isMetadata(key)) {
            if (found.isEmpty()) {
                checkNowAndThen(key);
            } else if (sameClock && found.get().lastModifiedTime().toInstant().isAfter(opened)) {
                throw OpenedFiles.changed(location(key));
            }
        }
        return found;
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class));
        } catch (NoSuchFileException | NotDirectoryException e) {
            return Optional.empty();
        }
    }

    private void note(String key, BasicFileAttributes found, ByteBuffer bytes) {
        Noted noted = noted(found, bytes);
        if (found.lastModifiedTime().toInstant().isAfter(opened)) {
            sameClock = false;
        }
        metadata.putIfAbsent(key, noted);
    }

    private static Noted noted(BasicFileAttributes found, ByteBuffer bytes) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.duplicate());
        return new Noted(bytes.remaining(), found.lastModifiedTime().toMillis(), checksum.getValue());
    }

    /** Looks, where there is no chunk, for the metadata of the folders above it: an image that is gone has none either. */
    private void checkNowAndThen(String chunk) throws IOException {
        long now = System.nanoTime();
        long next = nextLook.get();
        if (now - next >= 0 && nextLook.compareAndSet(next, now + LOOK_NANOSECONDS)) {
            for (String key : metadata.keySet()) {
                if (chunk.startsWith(key.substring(0, key.lastIndexOf('/') + 1))) {
                    check(key);
                }
            }
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        for (String key : metadata.keySet()) {
            check(key);
        }
    }

    private void check(String key) throws IOException {
        of(key, file -> {
            Optional<BasicFileAttributes> found = attributes(file);
            Optional<ByteBuffer> bytes = found.isEmpty() ? Optional.empty() : whole(key, file, Json.LARGEST_FILE);
            if (bytes.isEmpty()) {
                throw new ImageFormatException(
                        location(key),
                        "nothing that can be read any more",
                        "an image that stays as it is while it is read");
            }
            if (!noted(found.get(), bytes.get()).equals(metadata.get(key))) {
                throw OpenedFiles.changed(location(key));
            }
            return null;
        });
    }

    private <R> R of(String key, Work<R> work) throws IOException {
        try {
            return work.on(root.resolve(Keys.checked(place, key)));
        } catch (InvalidPathException e) {
            throw new ImageFormatException(
                    location(key), "a name that no file there can have", "one without special characters", e);
        } catch (ClosedFileSystemException e) {
            throw new ImageFormatException(
                    location(key), "a connection that was closed", "one that stays open while the image is used", e);
        }
    }

    @Override
    public String location(String key) {
        return key.isEmpty() ? place.toString() : place + "/" + key;
    }
}
