package org.knime.filehandling.core.connections;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.util.Optional;

/** A file system that only the connection closes. */
public abstract class FSFileSystem<T extends FSPath> extends FileSystem {
    private final URI base;
    private final FSLocationSpec spec;
    private final String workingDirectory;
    private boolean open = true;

    public FSFileSystem(URI fsBaseUri, FSLocationSpec fsLocationSpec, String workingDir) {
        this.base = fsBaseUri;
        this.spec = fsLocationSpec;
        this.workingDirectory = workingDir;
    }

    public final FSLocationSpec getFSLocationSpec() {
        return spec;
    }

    public final FSCategory getFileSystemCategory() {
        return spec.getFSCategory();
    }

    public final Optional<String> getFileSystemSpecifier() {
        return spec.getFileSystemSpecifier();
    }

    @Override
    public synchronized boolean isOpen() {
        return open;
    }

    @Override
    public final void close() throws IOException {}

    final synchronized void ensureClosed() throws IOException {
        open = false;
        ensureClosedInternal();
    }

    protected abstract void ensureClosedInternal() throws IOException;

    public T getWorkingDirectory() {
        return getPath(workingDirectory);
    }

    public T getPath(FSLocation fsLocation) {
        return getPath(fsLocation.getPath());
    }

    public final URI getFileSystemBaseURI() {
        return base;
    }

    @Override
    public abstract FSFileSystemProvider<T, ?> provider();

    @Override
    public abstract T getPath(String first, String... more);
}
