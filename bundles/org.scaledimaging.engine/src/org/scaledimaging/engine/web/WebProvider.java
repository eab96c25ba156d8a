package org.scaledimaging.engine.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.scaledimaging.engine.s3.ObjectListing;

/**
 * The file system provider of Java for paths on servers: it reads files, and tells their size and time. There are
 * folders in object stores alone.
 */
final class WebProvider extends FileSystemProvider {
    private static WebFile file(Path path) {
        return ((WebPath) path).file();
    }

    @Override
    public String getScheme() {
        return "https";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException("made by WebFiles");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("made by WebFiles");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("made by WebFiles");
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        if (options.stream().anyMatch(option -> option != StandardOpenOption.READ && !(option instanceof LinkOption))) {
            throw new ReadOnlyFileSystemException();
        }
        return new WebChannel(file(path));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options);
    }

    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return new WebStream(file(path));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path path, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        if (!WebFiles.lists(path)) {
            throw new NotDirectoryException(path.toString());
        }
        List<Path> inside = new ArrayList<>();
        for (String name : ObjectListing.names(path.toUri())) {
            Path file = path.resolve(path.getFileSystem().getPath(name));
            if (filter.accept(file)) {
                inside.add(file);
            }
        }
        return new DirectoryStream<>() {
            @Override
            public Iterator<Path> iterator() {
                return inside.iterator();
            }

            @Override
            public void close() {
                // all is there
            }
        };
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        file(path).attributes();
        for (AccessMode mode : modes) {
            if (mode != AccessMode.READ) {
                throw new java.nio.file.AccessDeniedException(path.toString());
            }
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (!type.isAssignableFrom(WebAttributes.class)) {
            throw new UnsupportedOperationException(type.getName());
        }
        return type.cast(file(path).attributes());
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        WebAttributes found = file(path).attributes();
        return Map.of("size", found.size(), "lastModifiedTime", found.lastModifiedTime());
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return null; // as for a view that is not known
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.normalize().equals(other.normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        return false;
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        throw new IOException(path + ": found a file on a server, expected one here.");
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void delete(Path path) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) {
        throw new ReadOnlyFileSystemException();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new ReadOnlyFileSystemException();
    }
}
