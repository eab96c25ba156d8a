package org.scaledimaging.engine.zarr.store;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.FileNames;

/**
 * A folder on disk as a store: each key is a relative path. Missing folders are made on writing. Links inside that lead out
 * of the folder are refused on reading, since whoever made the image may have meant them to show files that are not
 * theirs; the folder itself may be a link.
 */
public final class FileStore implements ZarrStore {
    private final Path root;
    private final Set<Path> knownFolders = ConcurrentHashMap.newKeySet();
    private final InsideFolder inside;
    private final Optional<FolderWatch> watch;

    /** @param root the folder; need not exist before something is written */
    public FileStore(Path root) {
        this(root, Optional.empty());
    }

    /** @param watch over an image that should stay as it is */
    private FileStore(Path root, Optional<FolderWatch> watch) {
        this.root = root;
        this.inside = new InsideFolder(root);
        this.watch = watch;
    }

    /**
     * The folder of an image that is read and that nobody should change meanwhile.
     *
     * @param opened since when changes count
     */
    public static FileStore watched(Path root, Instant opened) throws IOException {
        return new FileStore(root, Optional.of(new FolderWatch(root, opened)));
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        Path file = resolve(key);
        try {
            InsideFolder.Found found = find(key, file);
            if (found.attributes().isDirectory()) {
                throw new ImageFormatException(file, "a folder", "a file");
            }
            long size = found.attributes().size();
            if (size > limit) {
                throw new ImageFormatException(file, "a file of " + size + " bytes", "at most " + limit);
            }
            return Optional.of(read(found, file, 0, (int) size));
        } catch (NoSuchFileException e) {
            return missing(key, file);
        } catch (FileSystemException e) {
            if (isBelowFile(file)) {
                return missing(key, file);
            }
            throw e;
        }
    }

    @Override
    public Optional<Boolean> hasChunks(String path) throws IOException {
        Path folder = path.isEmpty() ? root : resolve(path);
        try (Stream<Path> below = Files.walk(folder)) {
            return Optional.of(below.anyMatch(
                    file -> !Keys.isMetadata(file.getFileName().toString()) && Files.isRegularFile(file)));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    @Override
    public Values neighbours() {
        return new Neighbours(this);
    }

    /** The same for values in one folder, or in folders of that. */
    Values below(String folder) throws IOException {
        Path place = resolve(folder);
        if (watch.isPresent()) {
            watch.get().lookInto(place);
        }
        return inside.isInside(place) ? OpenFolder.open(this, folder, place, watch) : this::get;
    }

    private InsideFolder.Found find(String key, Path file) throws IOException {
        if (watch.isPresent() && !Keys.isMetadata(key)) {
            watch.get().lookInto(file.getParent());
        }
        InsideFolder.Found found = inside.find(file);
        if (watch.isPresent() && Keys.isMetadata(key)) {
            watch.get().readMetadata(file);
        } else if (watch.isPresent()) {
            watch.get().checkOlder(file, found.attributes().lastModifiedTime());
            watch.get().checkNowAndThen();
        }
        return found;
    }

    private Optional<ByteBuffer> missing(String key, Path file) throws IOException {
        if (watch.isPresent() && !Keys.isMetadata(key)) {
            watch.get().checkMissing(file);
        }
        return Optional.empty();
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        Path file = resolve(key);
        return read(find(key, file), file, offset, length);
    }

    private ByteBuffer read(InsideFolder.Found found, Path file, long offset, int length) throws IOException {
        ByteBuffer bytes;
        try (FileChannel channel = FileChannel.open(found.path(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            bytes = read(channel, file, offset, length);
        } catch (IOException e) {
            throw FileFailures.reading(file, e);
        }
        if (watch.isPresent()) { // it may have been changed while it was read
            watch.get().checkOlder(file, Files.getLastModifiedTime(found.path()));
        }
        return bytes;
    }

    private static ByteBuffer read(FileChannel channel, Path file, long offset, int length) throws IOException {
        return read(channel, file, offset, length, ByteBuffer.allocate(length));
    }

    /** @param buffer which is filled from its beginning */
    static ByteBuffer read(FileChannel channel, Path file, long offset, int length, ByteBuffer buffer)
            throws IOException {
        buffer.clear();
        while (buffer.position() < length) {
            buffer.limit(Math.min(length, buffer.position() + AT_ONCE));
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new EOFException(file + " ends at byte " + (offset + buffer.position()) + ", before the " + length
                        + " bytes from " + offset + " on.");
            }
        }
        return buffer.flip();
    }

    @Override
    public long size(String key) throws IOException {
        Path file = resolve(key);
        try {
            InsideFolder.Found found = find(key, file);
            return found.attributes().isDirectory() ? -1 : found.attributes().size();
        } catch (NoSuchFileException e) {
            missing(key, file);
            return -1;
        } catch (FileSystemException e) {
            if (isBelowFile(file)) {
                missing(key, file);
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void checkUnchanged() throws IOException {
        if (watch.isPresent()) {
            watch.get().check();
        }
    }

    @Override
    public WritableByteChannel create(String key) throws IOException {
        Path file = resolve(key);
        Path folder = file.getParent();
        makeFolder(folder);
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
    }

    /**
     * Makes a folder, and those above it up to the root. The root is made once: should it vanish while chunks are written,
     * making it anew would lose those that are written already, and nobody would notice.
     */
    private void makeFolder(Path folder) throws IOException {
        if (knownFolders.contains(folder)) { // spares a look at the disk per chunk
            return;
        }
        if (folder.equals(root)) {
            Files.createDirectories(root);
        } else {
            makeFolder(folder.getParent());
            if (!Files.isDirectory(folder)) {
                makeInside(folder);
            }
        }
        knownFolders.add(folder);
    }

    /** Makes a folder in one that is there, unless another thread or process does at the same time. */
    public static void makeInside(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) { // by another thread, at the same time
                throw e;
            }
        }
    }

    @Override
    public String location(String key) {
        return key.isEmpty() ? root.toString() : root + root.getFileSystem().getSeparator() + key;
    }

    private Path resolve(String key) throws ImageFormatException {
        String name = Keys.checked(root, key);
        try {
            return root.resolve(name);
        } catch (InvalidPathException e) {
            throw new ImageFormatException(
                    location(key),
                    "a name that no file here can have",
                    FileNames.expectedInsteadOf(name, "one without characters such as NUL"),
                    e);
        }
    }

    /** Whether a file stands where the path wants a folder; the value is then simply not there. */
    private static boolean isBelowFile(Path file) {
        for (Path folder = file.getParent(); folder != null; folder = folder.getParent()) {
            if (Files.exists(folder)) {
                return !Files.isDirectory(folder);
            }
        }
        return false;
    }
}
