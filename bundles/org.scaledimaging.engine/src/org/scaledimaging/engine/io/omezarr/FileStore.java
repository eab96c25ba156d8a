package org.scaledimaging.engine.io.omezarr;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.image.ImageFormatException;

/**
 * A folder on disk as a store: each key is a relative path. Missing folders are made on writing. Links inside that lead out
 * of the folder are refused on reading, since whoever made the image may have meant them to show files that are not
 * theirs; the folder itself may be a link.
 */
public final class FileStore implements ZarrStore {
    private final Path root;
    private final Set<Path> knownFolders = ConcurrentHashMap.newKeySet();
    private final InsideFolder inside;

    /** @param root the folder; need not exist before something is written */
    public FileStore(Path root) {
        this.root = root;
        this.inside = new InsideFolder(root);
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        Path file = resolve(key);
        try (FileChannel channel = inside.open(file)) {
            long size = channel.size();
            if (size > limit) {
                throw new ImageFormatException(file, "a file of " + size + " bytes", "at most " + limit);
            }
            return Optional.of(read(channel, file, 0, (int) size));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (FileSystemException e) {
            if (isBelowFile(file)) {
                return Optional.empty();
            }
            throw e;
        } catch (IOException e) {
            throw refuseFolder(file, e);
        }
    }

    @Override
    public ByteBuffer get(String key, long offset, int length) throws IOException {
        Path file = resolve(key);
        try (FileChannel channel = inside.open(file)) {
            return read(channel, file, offset, length);
        }
    }

    private static ByteBuffer read(FileChannel channel, Path file, long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
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
            return inside.size(file);
        } catch (NoSuchFileException e) {
            return -1;
        } catch (FileSystemException e) {
            if (isBelowFile(file)) {
                return -1;
            }
            throw e;
        }
    }

    @Override
    public void put(String key, ByteBuffer value) throws IOException {
        try (WritableByteChannel channel = create(key)) {
            while (value.hasRemaining()) {
                channel.write(value);
            }
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

    private static void makeInside(Path folder) throws IOException {
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
        return root.resolve(Keys.checked(root, key));
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

    private static IOException refuseFolder(Path file, IOException failure) {
        return Files.isDirectory(file) ? new ImageFormatException(file, "a folder", "a file", failure) : failure;
    }
}
