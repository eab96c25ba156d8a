package org.scaledimaging.engine.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.FileFailures;

/**
 * A file or folder that appears whole or not at all: everything is written to {@link #working()}, a sibling of the
 * target under a temporary name, and {@link #commit} puts it in the target's place. Closing without a commit deletes what
 * was written and leaves an existing target as it was. A process that is killed leaves the old target or the new one; what
 * else it leaves is removed by the next that writes the same target.
 *
 * <p>A target is written by one at a time, in this JVM and elsewhere: others are refused until it is closed.
 */
public final class AtomicTarget implements Closeable {
    private final Path target;
    private final Path working;
    private final boolean overwrite;
    private final TargetLock lock;
    private final Exchange exchange;
    private final Consumer<Step> steps;
    private boolean keepWorking;

    /** What a commit has done so far; told so that tests can end the process there. */
    public enum Step {
        /** The target is complete, and nothing has been done. */
        STARTED,
        /** All of the new target is on the disk, under its working name. */
        ON_DISK,
        /** The old target has another name; only where names cannot be exchanged. */
        OLD_ASIDE,
        /** The new target has its name. */
        REPLACED,
        /** The names are on the disk, too. */
        REPLACEMENT_ON_DISK,
        /** What was there before is deleted. */
        OLD_DELETED
    }

    /** Exchanges the names of two folders in one step, if that can be done. */
    @FunctionalInterface
    public interface Exchange {
        /** @return whether it was done; if not, nothing was */
        boolean tryExchange(Path first, Path second);
    }

    private AtomicTarget(
            Path target, Path working, boolean overwrite, TargetLock lock, Exchange exchange, Consumer<Step> steps) {
        this.target = target;
        this.working = working;
        this.overwrite = overwrite;
        this.lock = lock;
        this.exchange = exchange;
        this.steps = steps;
    }

    /**
     * Says now what {@link #create} would say later; touches nothing.
     *
     * @throws TargetException as there
     */
    public static void check(Path target, boolean overwrite, Collection<Path> sources) throws IOException {
        Addresses.checkTarget(target.toString());
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getFileName() == null) {
            throw new TargetException(target, "the root of a file system", "the name of a file or folder to write");
        }
        boolean exists = Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)
                || new Leftovers(absolute).targetAside().isPresent();
        if (exists && !overwrite) {
            throw new TargetException(
                    target,
                    Files.isDirectory(absolute) ? "an existing folder" : "an existing file",
                    "a name that is free, or " + Setting.OVERWRITE);
        }
        Apart.check(target, sources);
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
     * Puts back a target that is missing because a process was killed while it replaced it; mostly there is nothing to do.
     */
    public static void recover(Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        if (absolute.getFileName() == null
                || new Leftovers(absolute).targetAside().isEmpty()) {
            return;
        }
        Leftovers leftovers = new Leftovers(absolute);
        Optional<TargetLock> lock = TargetLock.tryAcquire(leftovers.lockFile());
        if (lock.isPresent()) { // else somebody is replacing it right now
            try (TargetLock held = lock.get()) {
                if (held.isExclusive()) {
                    leftovers.putBack();
                }
            }
        }
    }

    /** Removes what a process left that was killed just after its target had appeared; mostly there is nothing to do. */
    public static void tidy(Path target) throws IOException {
        Leftovers leftovers = new Leftovers(target.toAbsolutePath().normalize());
        if (!Files.exists(leftovers.lockFile())) {
            return;
        }
        Optional<TargetLock> lock = TargetLock.tryAcquire(leftovers.lockFile());
        if (lock.isPresent()) {
            try (TargetLock held = lock.get()) {
                if (held.isExclusive()) {
                    leftovers.remove();
                }
            }
        }
    }

    /**
     * Prepares to write a target: makes missing parent folders, keeps others from writing it, and removes what killed
     * processes left of it.
     *
     * @param overwrite whether an existing target may be replaced
     * @param sources what is read while writing: the target may not lie inside one of them, nor hold one
     * @throws TargetException when the target cannot be written, already exists, touches a source, or is being written
     */
    public static AtomicTarget create(Path target, boolean overwrite, Collection<Path> sources) throws IOException {
        return create(target, overwrite, sources, NameExchange::tryExchange, step -> {});
    }

    /** The same with another way to exchange names, and told what a commit has done: for tests. */
    public static AtomicTarget create(
            Path target, boolean overwrite, Collection<Path> sources, Exchange exchange, Consumer<Step> steps)
            throws IOException {
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
        Leftovers leftovers = new Leftovers(absolute);
        TargetLock lock = lock(target, leftovers)
                .orElseThrow(() -> new TargetException(
                        target, "a target that is being written already", "one that nobody else is writing"));
        boolean ready = false;
        try {
            if (lock.isExclusive()) {
                leftovers.putBack();
                leftovers.remove();
            }
            check(target, overwrite, sources); // others may have finished meanwhile
            ready = true;
        } finally {
            if (!ready) {
                lock.close();
            }
        }
        return new AtomicTarget(absolute, leftovers.newWorking(), overwrite, lock, exchange, steps);
    }

    private static Optional<TargetLock> lock(Path target, Leftovers leftovers) throws IOException {
        try {
            return TargetLock.tryAcquire(leftovers.lockFile());
        } catch (FileSystemException e) {
            if (FileFailures.isDiskFull(e)) {
                throw e;
            }
            String folder = "a folder " + leftovers.lockFile().getParent() + " in which no file can be made";
            String reason = e.getReason() == null ? "" : " (" + e.getReason() + ")";
            throw new TargetException(target, folder + reason, "a writable place", e);
        }
    }

    /** Where to write: a path that does not exist yet. */
    public Path working() {
        return working;
    }

    /** As {@link #commit(Progress)}, never cancelled. */
    public void commit() throws IOException {
        commit(Progress.none());
    }

    /**
     * Puts what was written in the target's place, once it is on the disk.
     *
     * @throws TargetException when meanwhile somebody else made the target and overwriting was not asked for
     * @throws java.util.concurrent.CancellationException when the progress says so; the target is then as it was
     */
    public void commit(Progress progress) throws IOException {
        steps.accept(Step.STARTED);
        Durability.force(working, progress);
        steps.accept(Step.ON_DISK);
        boolean exists = Files.exists(target, LinkOption.NOFOLLOW_LINKS);
        if (exists && !overwrite) {
            throw new TargetException(target, "a target that was made meanwhile", "a name that is free");
        }
        Path old = null;
        if (exists && (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS) || Files.isDirectory(working))) {
            old = replaceFolder();
        } else {
            Files.move(working, target, StandardCopyOption.ATOMIC_MOVE);
        }
        keepWorking = true;
        steps.accept(Step.REPLACED);
        Durability.forceNames(target.getParent());
        steps.accept(Step.REPLACEMENT_ON_DISK);
        if (old != null) {
            deleteAll(old);
            steps.accept(Step.OLD_DELETED);
        }
    }

    /** One rename replaces a file, never a folder. Returns where the old one is now. */
    private Path replaceFolder() throws IOException {
        if (exchange.tryExchange(working, target)) {
            return working;
        }
        Path old = Leftovers.aside(working);
        Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
        steps.accept(Step.OLD_ASIDE);
        try {
            Files.move(working, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            keepWorking = true; // which says that the old one belongs in the target's place, should this fail, too
            Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            keepWorking = false;
            throw e;
        }
        return old;
    }

    /** Deletes what was written, unless it was committed, and lets others write the target. */
    @Override
    public void close() throws IOException {
        try (lock) {
            if (!keepWorking) {
                deleteAll(working);
            }
        }
    }

    /** Deletes a file, or a folder with all in it; links are deleted, not followed. Nothing there is fine. */
    public static void deleteAll(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            Deletion.of(path);
        } else {
            Files.deleteIfExists(path);
        }
    }
}
