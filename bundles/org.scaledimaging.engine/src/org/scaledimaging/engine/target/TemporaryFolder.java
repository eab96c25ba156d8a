package org.scaledimaging.engine.target;

import static java.nio.file.attribute.PosixFilePermission.OWNER_EXECUTE;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.FileFailures;

/**
 * A folder that is gone after {@link #close}, or else when the JVM ends. Should the JVM be killed, the next that needs a
 * temporary folder removes it: a locked file tells which are in use. It is there before the folder and goes after it, so
 * that there is no moment at which a folder is nobody's.
 */
public final class TemporaryFolder implements Closeable {
    private static final String PREFIX = "scaled-imaging-";
    private static final String LOCK_FILE = ".in-temporary-use";
    private static final Pattern OURS = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f-]{36}");
    private static final Pattern LOCK_OF_OURS = Pattern.compile("\\.(" + OURS + ")" + Pattern.quote(LOCK_FILE));
    private static final int ATTEMPTS = 100;

    private final Path path;
    private final TargetLock lock;
    private final Consumer<Step> steps;
    private final Thread atExit;

    /** What has happened to a folder so far; told so that tests can end the process there. */
    enum Step {
        /** Its lock is held; a new folder is not there yet. */
        LOCKED,
        /** It is there, and in use. */
        MADE,
        /** It has lost its name, where it was somebody else's before, with all that is inside. */
        ASIDE,
        /** What was inside is gone; so is a new folder, but not its lock. */
        EMPTIED
    }

    private TemporaryFolder(Path path, TargetLock lock, Consumer<Step> steps) {
        this.path = path;
        this.lock = lock;
        this.steps = steps;
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
        return create(step -> {});
    }

    /** The same, and told what happens: for tests. */
    static TemporaryFolder create(Consumer<Step> steps) throws IOException {
        Path place = place();
        try {
            removeAllAbandoned(place);
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Path path = place.resolve(PREFIX + UUID.randomUUID());
                Optional<TargetLock> lock = TargetLock.tryAcquire(lockFile(path));
                if (lock.isPresent()) {
                    return make(path, lock.get(), steps);
                }
                // somebody who removes what was abandoned has found the file before it was locked: another one
            }
            throw new IOException("locks in it vanish");
        } catch (IOException e) {
            throw unusable(place, e);
        }
    }

    private static TemporaryFolder make(Path path, TargetLock lock, Consumer<Step> steps) throws IOException {
        try {
            steps.accept(Step.LOCKED);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createDirectory(
                        path, PosixFilePermissions.asFileAttribute(EnumSet.of(OWNER_READ, OWNER_WRITE, OWNER_EXECUTE)));
            } else {
                Files.createDirectory(path);
            }
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        steps.accept(Step.MADE);
        return new TemporaryFolder(path, lock, steps);
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
        return adopt(path, step -> {});
    }

    /** The same, and told what happens: for tests. */
    static TemporaryFolder adopt(Path path, Consumer<Step> steps) throws IOException {
        TargetLock lock = TargetLock.tryAcquire(lockFile(path))
                .orElseThrow(() -> new TargetException(path, "a temporary folder in use", "one that is not"));
        steps.accept(Step.LOCKED);
        return new TemporaryFolder(path, lock, steps);
    }

    /** Deletes a folder that was somebody's temporary one until its process was killed; leaves any other alone. */
    public static void removeAbandoned(Path path) throws IOException {
        Optional<TargetLock> lock = Files.exists(lockFile(path), LinkOption.NOFOLLOW_LINKS)
                ? TargetLock.tryAcquireExisting(lockFile(path))
                : Optional.empty();
        if (lock.isPresent() && lock.get().isExclusive()) {
            delete(path, lock.get(), step -> {});
        } else if (lock.isPresent()) {
            lock.get().close();
        }
    }

    /** Whether a folder is, or was, somebody's temporary one. */
    static boolean isOne(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(lockFile(path), LinkOption.NOFOLLOW_LINKS);
    }

    /** The folder that a file is the lock of, by its name; it need not be there. Empty for files inside their folder. */
    static Optional<Path> lockedBy(Path file) {
        Matcher matcher = LOCK_OF_OURS.matcher(file.getFileName().toString());
        return matcher.matches() ? Optional.of(file.resolveSibling(matcher.group(1))) : Optional.empty();
    }

    /**
     * The file whose lock says that a folder is in use: beside one that was made here, whose name nobody gives again, and
     * inside one that is somebody's, where it cannot outlive the folder and speak of another of that name.
     */
    static Path lockFile(Path path) {
        String name = path.getFileName().toString();
        return OURS.matcher(name).matches() ? path.resolveSibling("." + name + LOCK_FILE) : path.resolve(LOCK_FILE);
    }

    private static void removeAllAbandoned(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            throw new NotDirectoryException(place.toString()); // looking into a named pipe would wait for ever
        }
        List<Path> candidates;
        try (Stream<Path> all = Files.list(place)) {
            candidates = all.map(path -> lockedBy(path).orElse(path))
                    .filter(path -> path.getFileName().toString().startsWith(PREFIX))
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
    private static void delete(Path path, TargetLock lock, Consumer<Step> steps) throws IOException {
        Path left = path;
        try (lock) {
            Path lockFile = lockFile(path);
            if (lockFile.startsWith(path)) {
                left = aside(path);
                steps.accept(Step.ASIDE);
                deleteInside(left, lockFile.getFileName());
            } else {
                AtomicTarget.deleteAll(path);
            }
            steps.accept(Step.EMPTIED);
            if (!left.equals(path)) {
                lock.release(); // its name is perhaps another's by now
            }
        }
        AtomicTarget.deleteAll(left);
    }

    /**
     * Gives a folder a name that whoever writes to its place next knows for something abandoned. Where that cannot be, as
     * on Windows with a file open inside, it keeps its own.
     */
    private static Path aside(Path path) {
        Path absolute = path.toAbsolutePath().normalize();
        try {
            return Files.move(absolute, new Leftovers(absolute).newWorking(), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            return path;
        }
    }

    private static void deleteInside(Path path, Path except) throws IOException {
        List<Path> content;
        try (Stream<Path> all = Files.list(path)) {
            content = all.filter(inside -> !inside.endsWith(except)).toList();
        } catch (NoSuchFileException e) {
            return;
        }
        for (Path inside : content) {
            AtomicTarget.deleteAll(inside);
        }
    }

    /** The folder, for whoever has it. */
    public Path path() {
        return path;
    }

    private void deleteQuietly() {
        try {
            delete(path, lock, steps);
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
        delete(path, lock, steps);
    }
}
