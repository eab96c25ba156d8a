package org.scaledimaging.engine.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.UUID;

/**
 * A file or folder that appears whole or not at all: everything is written to {@link #working()}, a sibling of the
 * target under a temporary name, and {@link #commit} renames it. Closing without a commit deletes what was written and
 * leaves an existing target as it was.
 */
public final class AtomicTarget implements Closeable {
    private final Path target;
    private final Path working;
    private final boolean overwrite;
    private boolean committed;

    private AtomicTarget(Path target, Path working, boolean overwrite) {
        this.target = target;
        this.working = working;
        this.overwrite = overwrite;
    }

    /**
     * Says now what {@link #create} would say later; touches nothing.
     *
     * @throws TargetException as there
     */
    public static void check(Path target, boolean overwrite, Collection<Path> sources) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getFileName() == null) {
            throw new TargetException(target, "the root of a file system", "the name of a file or folder to write");
        }
        boolean exists = Files.exists(absolute, LinkOption.NOFOLLOW_LINKS);
        if (exists && !overwrite) {
            throw new TargetException(
                    target,
                    Files.isDirectory(absolute) ? "an existing folder" : "an existing file",
                    "a name that is free, or leave to overwrite");
        }
        Path real = realPath(absolute);
        for (Path source : sources) {
            Path realSource = realPath(source.toAbsolutePath().normalize());
            if (real.startsWith(realSource) && !real.equals(realSource)) {
                throw new TargetException(
                        target, "a place inside the image " + source + " that is read", "a place outside it");
            }
            if (realSource.startsWith(real)) {
                throw new TargetException(
                        target, "a place that holds the image " + source + " that is read", "a place apart from it");
            }
        }
        Path folder = absolute.getParent();
        while (!Files.exists(folder) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        if (!Files.isDirectory(folder)) {
            throw new TargetException(target, "a file " + folder + " where a folder should be", "a writable place");
        }
        if (!Files.isWritable(folder)) {
            throw new TargetException(target, "a read-only folder " + folder, "a writable place");
        }
    }

    /**
     * Prepares to write a target; nothing is created yet but missing parent folders are.
     *
     * @param overwrite whether an existing target may be replaced
     * @param sources what is read while writing: the target may not lie inside one of them, nor hold one
     * @throws TargetException when the target cannot be written, already exists, or touches a source
     */
    public static AtomicTarget create(Path target, boolean overwrite, Collection<Path> sources) throws IOException {
        check(target, overwrite, sources);
        Path absolute = target.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new TargetException(target, "a folder " + parent + " that cannot be made", "a writable place", e);
        }
        if (!Files.isWritable(parent)) {
            throw new TargetException(target, "a read-only folder " + parent, "a writable place");
        }
        String name = "." + absolute.getFileName() + "."
                + UUID.randomUUID().toString().substring(0, 8) + ".partial";
        return new AtomicTarget(absolute, parent.resolve(name), overwrite);
    }

    /** Where to write: a path that does not exist yet. */
    public Path working() {
        return working;
    }

    /**
     * Puts what was written in the target's place.
     *
     * @throws TargetException when meanwhile somebody else made the target and overwriting was not asked for
     */
    public void commit() throws IOException {
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists && !overwrite) {
            throw new TargetException(target, "a target that was made meanwhile", "a name that is free");
        }
        if (exists && (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(working))) {
            // A folder cannot be replaced by one rename: the old one steps aside and comes back if that fails.
            Path old = working.resolveSibling(working.getFileName().toString().replace(".partial", ".old"));
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(working, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
                throw e;
            }
            committed = true;
            deleteAll(old);
        } else {
            Files.move(working, target, StandardCopyOption.ATOMIC_MOVE);
            committed = true;
        }
    }

    /** Deletes what was written, unless it was committed. */
    @Override
    public void close() throws IOException {
        if (!committed) {
            deleteAll(working);
        }
    }

    /** Deletes a file, or a folder with all in it; links are deleted, not followed. Nothing there is fine. */
    public static void deleteAll(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // somebody else deletes as well, as when the JVM ends
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** The path with links resolved as far as it exists. */
    private static Path realPath(Path path) throws IOException {
        for (Path known = path; known != null; known = known.getParent()) {
            if (Files.exists(known)) {
                return known.toRealPath().resolve(known.relativize(path)).normalize();
            }
        }
        return path;
    }
}
