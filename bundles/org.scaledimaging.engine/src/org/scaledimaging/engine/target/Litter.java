package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.TargetException;

/**
 * Files that killed processes left in a folder, of targets that nobody has written since: whoever writes a target again
 * removes what was left of it. It is known by names that only we give; what somebody has locked is left alone.
 *
 * @param path the file or folder
 * @param bytes of it, or of all files in it; 0 for the file of a lock
 * @param state what it is
 */
public record Litter(Path path, long bytes, State state) {
    private static final Pattern WORKING = Pattern.compile("\\.(.+)\\.[0-9a-f]{8}\\.(partial|old|partial\\.voxels)");
    private static final Pattern LOCK = Pattern.compile("\\.(.+)\\.writing");
    private static final long LONGEST_LOCK = 1 << 20;

    /** What is to be thought of something that was found. */
    public enum State {
        /** Left behind by a process that has ended; nobody needs it. */
        ABANDONED,
        /** The old target, whose place is empty since a process was killed while it replaced it. */
        TO_PUT_BACK,
        /** An old target whose place is empty, and nobody knows why: perhaps the only copy, perhaps half deleted. */
        PERHAPS_ONLY_COPY,
        /** A running process's. */
        IN_USE,
        /** On a file system without locks, or another user's: nobody can tell whether it is in use. */
        UNKNOWN
    }

    /** Says what there is, and changes nothing. */
    public static List<Litter> find(Path folder) throws IOException {
        return go(folder, false);
    }

    /**
     * Removes what is abandoned, and puts back what belongs in a target's place.
     *
     * @return all that was found, as it was before; what is neither abandoned nor put back is still there
     */
    public static List<Litter> clean(Path folder) throws IOException {
        return go(folder, true);
    }

    private static List<Litter> go(Path folder, boolean clean) throws IOException {
        TreeMap<String, TreeSet<Path>> byTarget = new TreeMap<>();
        TreeSet<Path> temporary = new TreeSet<>();
        try (Stream<Path> inside = Files.list(folder)) {
            for (Path path : (Iterable<Path>) inside::iterator) {
                String name = path.getFileName().toString();
                Matcher working = WORKING.matcher(name);
                Matcher lock = LOCK.matcher(name);
                if (working.matches()) {
                    byTarget.computeIfAbsent(working.group(1), key -> new TreeSet<>())
                            .add(path);
                } else if (lock.matches() && isOurLock(path)) {
                    byTarget.computeIfAbsent(lock.group(1), key -> new TreeSet<>())
                            .add(path);
                } else if (TemporaryFolder.isOne(path)) {
                    temporary.add(path);
                } else if (TemporaryFolder.lockedBy(path).isPresent() && isOurLock(path)) {
                    temporary.add(TemporaryFolder.lockedBy(path).get());
                }
            }
        } catch (NotDirectoryException e) {
            throw new TargetException(folder, "a file", "a folder to clean", e);
        }
        List<Litter> found = new ArrayList<>();
        for (var entry : byTarget.entrySet()) {
            found.addAll(ofTarget(folder.resolve(entry.getKey()), entry.getValue(), clean));
        }
        for (Path path : temporary) {
            found.addAll(ofTemporary(path, clean));
        }
        return found;
    }

    private static List<Litter> ofTarget(Path target, TreeSet<Path> paths, boolean clean) throws IOException {
        Leftovers leftovers = new Leftovers(target.toAbsolutePath().normalize());
        State common = state(TargetLock.use(leftovers.lockFile()));
        if (common != State.ABANDONED) {
            return each(paths, common);
        }
        if (!clean) {
            return judged(target, leftovers, paths);
        }
        Optional<TargetLock> lock = TargetLock.tryAcquire(leftovers.lockFile());
        if (lock.isEmpty()) {
            return each(paths, State.IN_USE); // since a moment ago
        }
        try (TargetLock held = lock.get()) {
            if (!held.isExclusive()) {
                return each(paths, State.UNKNOWN);
            }
            List<Litter> found = judged(target, leftovers, paths);
            leftovers.putBack();
            for (Litter litter : found) {
                if (litter.state == State.ABANDONED
                        && !litter.path.endsWith(leftovers.lockFile().getFileName())) {
                    AtomicTarget.deleteAll(litter.path); // the lock's file goes when it is released
                }
            }
            return found;
        }
    }

    private static List<Litter> judged(Path target, Leftovers leftovers, TreeSet<Path> paths) throws IOException {
        Optional<Path> aside = leftovers.targetAside();
        boolean missing = !Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        List<Litter> found = new ArrayList<>();
        for (Path path : paths) {
            State state = State.ABANDONED;
            if (path.getFileName().toString().endsWith(".old")) {
                boolean back = aside.isPresent() && aside.get().endsWith(path.getFileName());
                state = back ? State.TO_PUT_BACK : missing && aside.isEmpty() ? State.PERHAPS_ONLY_COPY : state;
            }
            found.add(new Litter(path, bytes(path), state));
        }
        return found;
    }

    /** A temporary folder, if it is there, and the file of its lock, unless that is inside. */
    private static List<Litter> ofTemporary(Path path, boolean clean) throws IOException {
        Path lockFile = TemporaryFolder.lockFile(path);
        State state = state(TargetLock.use(lockFile));
        List<Litter> found = new ArrayList<>();
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            found.add(new Litter(path, bytes(path), state));
        }
        if (!lockFile.startsWith(path)) {
            found.add(new Litter(lockFile, 0, state));
        }
        if (clean && state == State.ABANDONED) {
            TemporaryFolder.removeAbandoned(path);
        }
        return found;
    }

    private static List<Litter> each(TreeSet<Path> paths, State state) throws IOException {
        List<Litter> found = new ArrayList<>();
        for (Path path : paths) {
            found.add(new Litter(path, bytes(path), state));
        }
        return found;
    }

    private static State state(TargetLock.Use use) {
        return switch (use) {
            case FREE -> State.ABANDONED;
            case HELD -> State.IN_USE;
            case UNKNOWN -> State.UNKNOWN;
        };
    }

    /** Ours hold nothing but zeros, and no more of them than we write. */
    private static boolean isOurLock(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > LONGEST_LOCK) {
            return false;
        }
        if (TargetLock.use(path) == TargetLock.Use.HELD) {
            return true; // not to be opened here: closing it would release the lock
        }
        ByteBuffer content = ByteBuffer.allocate((int) LONGEST_LOCK);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            while (channel.read(content) > 0) {
                // all of it
            }
        } catch (AccessDeniedException e) {
            return true; // another user's, whose use is unknown
        }
        for (int i = 0; i < content.position(); i++) {
            if (content.get(i) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The size of all files; what vanishes meanwhile or may not be looked at counts as nothing. */
    private static long bytes(Path path) throws IOException {
        if (LOCK.matcher(path.getFileName().toString()).matches()) {
            return 0; // a length alone, without content
        }
        long[] sum = {0};
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                sum[0] += attributes.size();
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return sum[0];
    }
}
