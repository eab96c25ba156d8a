package org.scaledimaging.knime.connection;

import java.io.File;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import org.knime.filehandling.core.connections.FSFileSystem;
import org.knime.filehandling.core.connections.FSPath;

/** A path of {@link BareFiles}; the names come from a path of this computer that stands for no file. */
final class BarePath extends FSPath {
    private final FSFileSystem<BarePath> files;
    private final Path names;

    BarePath(FSFileSystem<BarePath> files, Path names) {
        this.files = files;
        this.names = names;
    }

    private BarePath of(Path other) {
        return other == null ? null : new BarePath(files, other);
    }

    private static Path names(Path other) {
        return ((BarePath) other).names; // fails for a path of another file system, as those of KNIME do
    }

    @Override
    public FSFileSystem<? extends FSPath> getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return names.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return of(names.getRoot());
    }

    @Override
    public Path getFileName() {
        return of(names.getFileName());
    }

    @Override
    public Path getParent() {
        return of(names.getParent());
    }

    @Override
    public int getNameCount() {
        return names.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return of(names.getName(index));
    }

    @Override
    public Path subpath(int beginIndex, int endIndex) {
        return of(names.subpath(beginIndex, endIndex));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof BarePath && names.startsWith(names(other));
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof BarePath && names.endsWith(names(other));
    }

    @Override
    public Path normalize() {
        return of(names.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return of(names.resolve(names(other)));
    }

    @Override
    public Path relativize(Path other) {
        return of(names.relativize(names(other)));
    }

    @Override
    public Path toAbsolutePath() {
        return names.isAbsolute() ? this : files.getWorkingDirectory().resolve(this);
    }

    @Override
    public Path toRealPath(LinkOption... options) {
        throw new UnsupportedOperationException();
    }

    @Override
    public File toFile() {
        throw new UnsupportedOperationException();
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int compareTo(Path other) {
        return names.compareTo(names(other));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BarePath that && names.equals(that.names) && files == that.files;
    }

    @Override
    public int hashCode() {
        return names.hashCode();
    }

    @Override
    public String toString() {
        return names.toString();
    }
}
