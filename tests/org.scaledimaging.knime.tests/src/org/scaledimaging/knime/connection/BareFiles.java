package org.scaledimaging.knime.connection;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.ClosedFileSystemException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.StandardCopyOption;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.knime.core.node.util.FileSystemBrowser;
import org.knime.filehandling.core.connections.DefaultFSLocationSpec;
import org.knime.filehandling.core.connections.FSCategory;
import org.knime.filehandling.core.connections.FSConnection;
import org.knime.filehandling.core.connections.FSConnectionRegistry;
import org.knime.filehandling.core.connections.FSFileSystem;
import org.knime.filehandling.core.connections.FSFileSystemProvider;
import org.knime.filehandling.core.port.FileSystemPortObject;
import org.knime.filehandling.core.port.FileSystemPortObjectSpec;

/**
 * A connected file system, kept in a folder, with no more than those of object stores have: no access but by streams, no
 * moves that are atomic or, unless said so, of folders, no links, no keys of files, no stores. Code that needs more fails.
 */
public final class BareFiles implements FSConnection {
    public static final String SYSTEM = "bare:test";

    private final Path folder;
    private final String id = FSConnectionRegistry.getInstance().getKey();
    private final BareFileSystem files = new BareFileSystem();
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private final List<String> written = Collections.synchronizedList(new ArrayList<>());
    private volatile String full = "\0";
    private volatile String watched = "\0";
    private volatile Runnable onWrite;
    private volatile long deleting;
    private volatile boolean movedAnImage;
    private volatile Moves moves = Moves.FILES;
    private volatile CountDownLatch together = new CountDownLatch(0);
    private final AtomicLong bytesRead = new AtomicLong();

    /** What file systems can move. */
    public enum Moves {
        FILES,
        /** Folders, too, by copying all that is in them, then deleting it. */
        COPYING,
        /** Folders, too, at once. */
        RENAMING
    }

    /** Opens it. */
    public BareFiles(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        FSConnectionRegistry.getInstance().register(id, this);
    }

    /** What the node that connects has at its port. */
    public FileSystemPortObject port() {
        return new FileSystemPortObject(
                new FileSystemPortObjectSpec("Bare", id, new DefaultFSLocationSpec(FSCategory.CONNECTED, SYSTEM)));
    }

    public String id() {
        return id;
    }

    /** The files that were read since this was asked last, in order. */
    public List<String> read() {
        List<String> all = List.copyOf(read);
        read.clear();
        return all;
    }

    /** The files that were written since this was asked last, in order. */
    public List<String> written() {
        List<String> all = List.copyOf(written);
        written.clear();
        return all;
    }

    /** How many bytes were read since this was asked last. */
    public long bytesRead() {
        return bytesRead.getAndSet(0);
    }

    /** What can be moved from now on. */
    public void move(Moves what) {
        moves = what;
    }

    /** The next files are not written before as many are open at a time. */
    public void awaitTogether(int count) {
        together = new CountDownLatch(count);
    }

    /** Does something once, when the first file is written whose path contains that. */
    public void onWrite(String part, Runnable action) {
        watched = part;
        onWrite = action;
    }

    /** Whether a folder was moved that was an image at that time. */
    public boolean hasMovedAnImage() {
        return movedAnImage;
    }

    /** How long it takes to delete a file from now on, unless the thread is interrupted. */
    public void deleteSlowly(Duration each) {
        deleting = each.toNanos();
    }

    /** From now on files cannot be written whose path contains that. */
    public void refuse(String part) {
        full = part;
    }

    @Override
    public FSFileSystem<?> getFileSystem() {
        return files;
    }

    @Override
    public FileSystemBrowser getFileSystemBrowser() {
        return null;
    }

    private void awaitOthers() throws IOException {
        try {
            if (!together.await(20, TimeUnit.SECONDS)) {
                throw new IOException("written alone");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private final class BareFileSystem extends FSFileSystem<BarePath> {
        private final Provider provider = new Provider();

        BareFileSystem() {
            super(URI.create("bare://host"), new DefaultFSLocationSpec(FSCategory.CONNECTED, SYSTEM), "/home");
        }

        @Override
        protected void ensureClosedInternal() {}

        @Override
        public FSFileSystemProvider<BarePath, ?> provider() {
            return provider;
        }

        @Override
        public BarePath getPath(String first, String... more) {
            return new BarePath(this, Path.of(first, more));
        }

        @Override
        public boolean isReadOnly() {
            return false;
        }

        @Override
        public String getSeparator() {
            return "/";
        }

        @Override
        public Iterable<Path> getRootDirectories() {
            return List.of(getPath("/"));
        }

        @Override
        public Iterable<FileStore> getFileStores() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Set<String> supportedFileAttributeViews() {
            return Set.of("basic");
        }

        @Override
        public PathMatcher getPathMatcher(String syntaxAndPattern) {
            throw new UnsupportedOperationException();
        }

        @Override
        public UserPrincipalLookupService getUserPrincipalLookupService() {
            throw new UnsupportedOperationException();
        }

        @Override
        public WatchService newWatchService() {
            throw new UnsupportedOperationException();
        }
    }

    private final class Provider extends FSFileSystemProvider<BarePath, BareFileSystem> {
        /** The file on this computer. */
        private Path file(Path path) {
            if (!files.isOpen()) {
                throw new ClosedFileSystemException();
            }
            String inside = path.toAbsolutePath().normalize().toString().substring(1);
            return folder.resolve(inside);
        }

        @Override
        public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
            InputStream in = Files.newInputStream(file(path));
            read.add(path.toAbsolutePath().toString());
            return new FilterInputStream(in) {
                @Override
                public int read() throws IOException {
                    bytesRead.incrementAndGet();
                    return in.read();
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    int count = in.read(bytes, offset, length);
                    bytesRead.addAndGet(Math.max(0, count));
                    return count;
                }
            };
        }

        @Override
        public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
            OutputStream out = Files.newOutputStream(file(path), options);
            String name = path.toAbsolutePath().toString();
            written.add(name);
            together.countDown();
            if (name.contains(watched)) {
                watched = "\0";
                onWrite.run();
            }
            return new FilterOutputStream(out) {
                @Override
                public void write(byte[] bytes, int offset, int length) throws IOException {
                    if (name.contains(full)) {
                        throw new IOException(name + ": No space left on device");
                    }
                    awaitOthers();
                    out.write(bytes, offset, length);
                }
            };
        }

        @Override
        public SeekableByteChannel newByteChannel(
                Path path, Set<? extends OpenOption> options, FileAttribute<?>... more) {
            throw new UnsupportedOperationException("random access to " + path);
        }

        @Override
        public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
                throws IOException {
            List<Path> found = new ArrayList<>();
            try (DirectoryStream<Path> all = Files.newDirectoryStream(file(path))) {
                for (Path each : all) {
                    Path there = path.resolve(each.getFileName().toString());
                    if (filter == null || filter.accept(there)) {
                        found.add(there);
                    }
                }
            }
            Collections.sort(found);
            return new DirectoryStream<>() {
                @Override
                public java.util.Iterator<Path> iterator() {
                    return found.iterator();
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public void createDirectory(Path path, FileAttribute<?>... attributes) throws IOException {
            Files.createDirectory(file(path));
        }

        @Override
        public void delete(Path path) throws IOException {
            LockSupport.parkNanos(deleting);
            Files.delete(file(path));
        }

        @Override
        public void copy(Path source, Path target, CopyOption... options) throws IOException {
            Files.copy(file(source), file(target), options);
        }

        @Override
        public void move(Path source, Path target, CopyOption... options) throws IOException {
            if (target.toString().contains(full)) {
                throw new IOException(target + ": No space left on device");
            }
            if (Files.isDirectory(file(source)) && moves != Moves.FILES) {
                moveFolder(source, target);
                return;
            }
            if (List.of(options).contains(StandardCopyOption.ATOMIC_MOVE)) {
                throw new AtomicMoveNotSupportedException(source.toString(), target.toString(), "an object store");
            }
            copy(source, target, options);
            delete(source);
            written.add(target.toAbsolutePath().toString());
        }

        private void moveFolder(Path source, Path target) throws IOException {
            movedAnImage |= Files.exists(file(source).resolve("zarr.json"))
                    || Files.exists(file(source).resolve(".zattrs"));
            if (moves == Moves.RENAMING) {
                Files.move(file(source), file(target));
                return;
            }
            List<Path> all;
            try (Stream<Path> inside = Files.walk(source)) {
                all = inside.sorted().toList();
            }
            for (Path each : all) {
                Path there = target;
                for (Path name : source.relativize(each)) {
                    there = name.toString().isEmpty() ? there : there.resolve(name.toString());
                }
                if (there.toString().contains(full)) {
                    throw new IOException(there + ": No space left on device");
                }
                copy(each, there);
            }
            for (int i = all.size() - 1; i >= 0; i--) {
                delete(all.get(i));
            }
        }

        @Override
        @SuppressWarnings("unchecked")
        public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
                throws IOException {
            if (type != BasicFileAttributes.class) {
                throw new UnsupportedOperationException(type.getName());
            }
            return (A) new Attributes(Files.readAttributes(file(path), BasicFileAttributes.class));
        }

        @Override
        public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void checkAccess(Path path, AccessMode... modes) throws IOException {
            file(path).getFileSystem().provider().checkAccess(file(path), modes);
        }

        @Override
        public boolean isSameFile(Path path, Path other) {
            return path.toAbsolutePath().equals(other.toAbsolutePath());
        }

        @Override
        public boolean isHidden(Path path) {
            return false;
        }

        @Override
        public FileStore getFileStore(Path path) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
            return null;
        }

        @Override
        public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String getScheme() {
            return "bare";
        }

        @Override
        public BareFileSystem newFileSystem(URI uri, Map<String, ?> environment) {
            throw new UnsupportedOperationException();
        }

        @Override
        public BareFileSystem getFileSystem(URI uri) {
            return files;
        }

        @Override
        public BarePath getPath(URI uri) {
            return files.getPath(uri.getPath());
        }
    }

    private record Attributes(BasicFileAttributes found) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return found.lastModifiedTime();
        }

        @Override
        public FileTime lastAccessTime() {
            return found.lastModifiedTime();
        }

        @Override
        public FileTime creationTime() {
            return found.lastModifiedTime();
        }

        @Override
        public boolean isRegularFile() {
            return found.isRegularFile();
        }

        @Override
        public boolean isDirectory() {
            return found.isDirectory();
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return found.size();
        }

        @Override
        public Object fileKey() {
            return null;
        }
    }
}
