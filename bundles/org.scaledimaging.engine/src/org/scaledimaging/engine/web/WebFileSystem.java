package org.scaledimaging.engine.web;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.nio.file.spi.FileSystemProvider;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.http.HttpFiles;

/** The files of one server, or of one bucket, as one job sees them. */
final class WebFileSystem extends FileSystem {
    private static final FileSystemProvider PROVIDER = new WebProvider();

    private final URI root;
    private final HttpFiles files;
    private final Map<String, WebFile> known = new ConcurrentHashMap<>();
    private final BoundedCache<WebFile.Block, ByteBuffer> blocks =
            new BoundedCache<>(MemoryBudget.Share.SERVER_FILES.bytes());

    /** @param root scheme and host, and the query that goes with each request */
    WebFileSystem(URI root, HttpFiles files) {
        this.root = root;
        this.files = files;
    }

    /** @param path as it stands in the address */
    WebPath at(String path) {
        return new WebPath(this, true, WebPath.names(path));
    }

    /** The address of a file, without the query. */
    String shown(String path) {
        return root.getScheme() + "://" + root.getRawAuthority() + path;
    }

    /** @param path as it stands in the address */
    WebFile file(String path) {
        String query = root.getRawQuery() == null ? "" : "?" + root.getRawQuery();
        String shown = shown(path);
        return known.computeIfAbsent(path, absent -> new WebFile(files, URI.create(shown + query), shown, blocks));
    }

    @Override
    public FileSystemProvider provider() {
        return PROVIDER;
    }

    @Override
    public Path getPath(String first, String... more) {
        String all = more.length == 0 ? first : first + "/" + String.join("/", more);
        return new WebPath(this, all.startsWith("/"), WebPath.encoded(all));
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(new WebPath(this, true, List.of()));
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return true;
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
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

    /** Nothing is open between requests. */
    @Override
    public void close() {}
}
