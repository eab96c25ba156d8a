package org.scaledimaging.engine.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.FileFailures;

/**
 * A folder that is gone after {@link #close}, or else when the JVM ends. Should the JVM be killed, the next that needs a
 * temporary folder removes it: a locked file inside tells which are in use.
 */
public final class TemporaryFolder implements Closeable {
    private static final String PREFIX = "scaled-imaging-";
    private static final String LOCK_FILE = ".in-temporary-use";
    private static final int ATTEMPTS = 100;

    private final Path path;
    private final TargetLock lock;
    private final Thread atExit;

    private TemporaryFolder(Path path, TargetLock lock) {
        this.path = path;
        this.lock = lock;
        this.atExit = new Thread(this::deleteQuietly, "scaled-imaging-cleanup");
        try {
            Runtime.getRuntime().addShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending: whoever made the folder is about to be told to stop, and closes it
        }
    }

    /** The system's temporary folder. */
    public static Path place() {
        return Path.of(System.getProperty("java.io.tmpdir"));
    }

    /**
     * A new folder in the system's temporary folder.
     *
     * @throws TargetException when none can be made there
     */
    public static TemporaryFolder create() throws IOException {
        Path place = place();
        try {
            removeAllAbandoned(place);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Path path = Files.createTempDirectory(place, PREFIX);
                try {
                    Optional<TargetLock> lock = TargetLock.tryAcquire(path.resolve(LOCK_FILE));
                    if (lock.isPresent()) {
                        return new TemporaryFolder(path, lock.get());
                    }
                } catch (NoSuchFileException e) {
                    // somebody who removes what was abandoned has found it before it was locked: another one
                } catch (IOException e) {
                    AtomicTarget.deleteAll(path);
                    throw e;
                }
            }
            throw new IOException("folders in it vanish");
        } catch (IOException e) {
            throw unusable(place, e);
        }
    }

    /**
     * A new folder in the system's temporary folder that nobody removes.
     *
     * @throws TargetException when none can be made there
     */
    public static Path createKept() throws IOException {
        Path place = place();
        try {
            return Files.createTempDirectory(place, PREFIX);
        } catch (IOException e) {
            throw unusable(place, e);
        }
    }

    /**
     * A new file, which whoever asked for it deletes.
     *
     * @param place the folder to put it in
     * @throws TargetException when none can be made there
     */
    public static Path createFile(Path place, String ending) throws IOException {
        try {
            return Files.createTempFile(place, PREFIX, ending);
        } catch (IOException e) {
            throw unusable(place, e);
        }
    }

    private static IOException unusable(Path place, IOException e) {
        IOException explained = FileFailures.explain(e, place);
        if (explained != e) {
            return explained;
        }
        String found = "a temporary folder in which nothing can be made";
        if (!Files.exists(place)) {
            found = "no temporary folder of that name";
        } else if (!Files.isDirectory(place)) {
            found = "a file where the temporary folder should be";
        } else if (!Files.isWritable(place)) {
            found = "a temporary folder that is read-only";
        }
        return new TargetException(place, found, "a writable one, as TMPDIR or Java's -Djava.io.tmpdir=… can name", e);
    }

    /** Takes charge of an existing folder: it is deleted on close. */
    public static TemporaryFolder adopt(Path path) throws IOException {
        return new TemporaryFolder(
                path,
                TargetLock.tryAcquire(path.resolve(LOCK_FILE))
                        .orElseThrow(() -> new TargetException(path, "a temporary folder in use", "one that is not")));
    }

    /** Deletes a folder that was somebody's temporary one until its process was killed; leaves any other alone. */
    public static void removeAbandoned(Path path) throws IOException {
        Path lockFile = path.resolve(LOCK_FILE);
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) || !Files.exists(lockFile, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Optional<TargetLock> lock = TargetLock.tryAcquireExisting(lockFile);
        if (lock.isPresent() && lock.get().isExclusive()) {
            delete(path, lock.get());
        } else if (lock.isPresent()) {
            lock.get().close();
        }
    }

    /** Whether a folder is, or was, somebody's temporary one. */
    static boolean isOne(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(path.resolve(LOCK_FILE), LinkOption.NOFOLLOW_LINKS);
    }

    static TargetLock.Use use(Path path) throws IOException {
        return TargetLock.use(path.resolve(LOCK_FILE));
    }

    private static void removeAllAbandoned(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            throw new NotDirectoryException(place.toString()); // looking into a named pipe would wait for ever
        }
        List<Path> candidates;
        try (Stream<Path> all = Files.list(place)) {
            candidates = all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
                    .toList();
        }
        for (Path candidate : candidates) {
            try {
                removeAbandoned(candidate);
            } catch (IOException e) {
                // another user's, or being removed by somebody else: not ours to see to
            }
        }
    }

    /** The lock's file goes last, so that a folder of which anything is left is still known for what it is. */
    private static void delete(Path path, TargetLock lock) throws IOException {
        try (lock) {
            List<Path> content;
            try (Stream<Path> all = Files.list(path)) {
                content = all.filter(inside -> !inside.endsWith(LOCK_FILE)).toList();
            } catch (NoSuchFileException e) {
                return;
            }
            for (Path inside : content) {
                AtomicTarget.deleteAll(inside);
            }
        }
        AtomicTarget.deleteAll(path);
    }

    /** The folder, for whoever has it. */
    public Path path() {
        return path;
    }

    private void deleteQuietly() {
        try {
            delete(path, lock);
        } catch (IOException e) {
            // the JVM is ending: nobody is left to be told
        }
    }

    @Override
    public void close() throws IOException {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // the JVM is ending: the hook deletes too, but perhaps did before the last file was written
        }
        delete(path, lock);
    }
}
