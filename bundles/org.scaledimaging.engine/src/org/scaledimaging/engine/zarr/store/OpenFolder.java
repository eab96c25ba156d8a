package org.scaledimaging.engine.zarr.store;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * A folder that is held open while many small files in it, or in its folders, are read: the system finds them from there,
 * without the way from the root for each call. What is not a plain file, or not there, is left to the store.
 */
final class OpenFolder implements ZarrStore.Values {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final FileStore store;
    private final int prefix;
    private final Path place;
    private final SecureDirectoryStream<Path> held;
    private final Optional<FolderWatch> watch;
    private String known = "";
    private ByteBuffer buffer = ByteBuffer.allocate(0);

    private OpenFolder(
            FileStore store, int prefix, Path place, SecureDirectoryStream<Path> held, Optional<FolderWatch> watch) {
        this.store = store;
        this.prefix = prefix;
        this.place = place;
        this.held = held;
        this.watch = watch;
    }

    /**
     * Opens a folder; gives the store's own way where its file system has no such thing.
     *
     * @param folder its key
     * @param place of which it is known that no link leads out of the store; watched already
     */
    static ZarrStore.Values open(FileStore store, String folder, Path place, Optional<FolderWatch> watch)
            throws IOException {
        DirectoryStream<Path> stream;
        try {
            stream = Files.newDirectoryStream(place);
        } catch (FileSystemException e) {
            return store::get; // which says what is wrong
        }
        if (stream instanceof SecureDirectoryStream<Path> held) {
            return new OpenFolder(store, folder.length() + 1, place, held, watch);
        }
        stream.close();
        return store::get;
    }

    @Override
    public Optional<ByteBuffer> get(String key, int limit) throws IOException {
        Optional<ByteBuffer> plain = plainFile(Keys.checked(place, key).substring(prefix), limit);
        return plain.isPresent() ? plain : store.get(key, limit);
    }

    private Optional<ByteBuffer> plainFile(String name, int limit) throws IOException {
        try {
            int slash = name.lastIndexOf('/');
            if (slash >= 0 && !isFolder(name.substring(0, slash))) {
                return Optional.empty();
            }
            Path file = place.getFileSystem().getPath(name);
            BasicFileAttributeView view =
                    held.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
            BasicFileAttributes found = view.readAttributes();
            if (!found.isRegularFile() || found.size() > limit) {
                return Optional.empty();
            }
            check(file, found);
            read(file, (int) found.size());
            check(file, view.readAttributes()); // it may have been changed while it was read
            return Optional.of(buffer);
        } catch (FileSystemException | EOFException e) {
            return Optional.empty();
        }
    }

    /** Whether a name is that of a folder in this one, and not that of a link. */
    private boolean isFolder(String name) throws IOException {
        if (name.equals(known)) {
            return true;
        }
        if (name.indexOf('/') >= 0) {
            return false; // one more that may be a link
        }
        Path folder = place.getFileSystem().getPath(name);
        BasicFileAttributes found = held.getFileAttributeView(
                        folder, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .readAttributes();
        if (!found.isDirectory()) {
            return false;
        }
        if (watch.isPresent()) {
            watch.get().lookInto(place.resolve(folder), found);
        }
        known = name;
        return true;
    }

    private void check(Path file, BasicFileAttributes now) throws IOException {
        if (watch.isPresent()) {
            watch.get().checkOlder(place, file, now.lastModifiedTime());
            watch.get().checkNowAndThen();
        }
    }

    private void read(Path file, int length) throws IOException {
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocate(length);
        }
        try (FileChannel channel = (FileChannel) held.newByteChannel(file, READ)) {
            FileStore.read(channel, file, 0, length, buffer);
        }
    }

    @Override
    public void close() throws IOException {
        held.close();
    }
}
