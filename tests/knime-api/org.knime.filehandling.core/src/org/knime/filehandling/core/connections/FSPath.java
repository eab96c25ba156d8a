package org.knime.filehandling.core.connections;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/** Signature only. */
public abstract class FSPath implements Path {
    @Override
    public abstract FSFileSystem<? extends FSPath> getFileSystem();

    /** The names of the absolute path, each with a slash before it. */
    public String getURICompatiblePath() {
        Path path = toAbsolutePath().normalize();
        String[] names = IntStream.range(0, path.getNameCount())
                .mapToObj(index -> path.getName(index).toString())
                .toArray(String[]::new);
        return "/" + String.join("/", Arrays.asList(names));
    }

    @Override
    public final URI toUri() {
        return getFileSystem().getFileSystemBaseURI().resolve(getURICompatiblePath());
    }
}
