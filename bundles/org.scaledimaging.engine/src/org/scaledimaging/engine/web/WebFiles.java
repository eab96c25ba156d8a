package org.scaledimaging.engine.web;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.http.HttpFiles;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.s3.ObjectStore;

/**
 * Files on web servers and in object stores as paths, to be read at any place like files here; nothing can be written
 * there, and listed in object stores alone. What is read of a file is all of one state of it, as far as its server tells
 * states apart; a job sees one. Thread-safe.
 */
public final class WebFiles {
    private final Map<URI, WebFileSystem> servers = new ConcurrentHashMap<>();

    private WebFiles() {}

    /**
     * The path of an address, as the calling thread's job sees it. Its text is the address, without what may be a secret.
     */
    public static Path path(ImageLocation.Remote location) {
        URI address = location.address();
        String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
        URI root = URI.create(address.getScheme() + "://" + address.getRawAuthority() + query);
        WebFiles ofJob = JobScope.current().shared(WebFiles.class, WebFiles::new);
        WebFileSystem server = ofJob.servers.computeIfAbsent(
                root, absent -> new WebFileSystem(root, client(root, Retries.standard())));
        return server.at(address.getRawPath());
    }

    /** What asks for files at an address of the web or of an object store. */
    public static HttpFiles client(URI address, Retries retries) {
        return ObjectStore.has(address) ? new HttpFiles(retries, new ObjectStore()) : new HttpFiles(retries);
    }

    /** Whether a path is one of a server that tells what is in a folder: of an object store. */
    public static boolean lists(Path path) {
        return has(path) && ObjectStore.has(path.toUri());
    }

    /** Whether a path is one of a server. */
    public static boolean has(Path path) {
        return path instanceof WebPath;
    }

    /**
     * Begins to fetch a part of a file on a server that is going to be read soon, from that offset on; does nothing for other
     * files.
     *
     * @param length bytes, as many as are then read in one go
     */
    public static void announce(Path path, long offset, int length, Ahead ahead) {
        if (path instanceof WebPath there) {
            there.file().announce(offset, length, ahead);
        }
    }
}
