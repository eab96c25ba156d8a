package org.scaledimaging.engine.target;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The sole use of something, told by a locked file: among the threads of this JVM and among processes. The system releases
 * it when the process ends, however it ends; a file that is left behind says nothing, its lock does.
 */
public final class TargetLock implements Closeable {
    /**
     * The files that this JVM has locked. They are known here and not asked for at the system, since POSIX releases a
     * process's lock on a file as soon as it closes that file anywhere: looking would lose it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int LONGEST_FILE = 1 << 20;

    /** How often the file may be gone again: each time, somebody else has had the lock in between. */
    private static final int ATTEMPTS = 1000;

    private final Path file;
    private final Path real;
    private final FileChannel channel;
    private final boolean exclusive;
    private boolean closed;

    private TargetLock(Path file, Path real, FileChannel channel, boolean exclusive) {
        this.file = file;
        this.real = real;
        this.channel = channel;
        this.exclusive = exclusive;
    }

    /**
     * Takes the lock, at once or not at all.
     *
     * @param file made when it is missing, and deleted on close
     * @return empty when somebody else has it
     * @throws FileSystemException when no file can be made there, though there is a folder
     */
    public static Optional<TargetLock> tryAcquire(Path file) throws IOException {
        return tryAcquire(file, true);
    }

    /** The same, unless the file is missing: then there is nothing to lock, and nothing is returned. */
    static Optional<TargetLock> tryAcquireExisting(Path file) throws IOException {
        return tryAcquire(file, false);
    }

    private static Optional<TargetLock> tryAcquire(Path file, boolean create) throws IOException {
        boolean interrupted = Thread.interrupted(); // would close the channel; who is interrupted is told afterwards
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                try {
                    return tryLock(file, create);
                } catch (NoSuchFileException e) {
                    if (!Files.isDirectory(file.getParent())) {
                        throw e;
                    }
                    // who had the lock has just deleted it: once more
                }
            }
            throw new FileSystemException(file.toString(), null, "a file that vanishes again and again");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether somebody has a lock. */
    enum Use {
        FREE,
        HELD,
        /** The file system has no locks, or the file is another user's. */
        UNKNOWN
    }

    /** Says who has a file's lock, and leaves the file as it is; a missing file is free. */
    static Use use(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return Use.FREE;
        }
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            return Use.HELD; // by this JVM, which would lose it if the file were opened and closed
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            return switch (lock(channel)) {
                case OURS -> Use.FREE;
                case OF_OTHERS -> Use.HELD;
                case UNKNOWN_TO_THE_FILE_SYSTEM -> Use.UNKNOWN;
            };
        } catch (NoSuchFileException e) {
            return Use.FREE;
        } catch (FileSystemException e) {
            return Use.UNKNOWN; // another user's, or no file
        } finally {
            HELD.remove(real);
        }
    }

    /** Some file systems, such as /proc, say that what they will not make does not exist: no reason to try again. */
    private static void make(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // somebody's, or left behind
        } catch (NoSuchFileException e) {
            if (!Files.isDirectory(file.getParent())) {
                throw e;
            }
            throw new FileSystemException(file.toString()); // without the system's reason, which is none
        }
    }

    /** @throws NoSuchFileException when the file is or was deleted by whoever had the lock before */
    private static Optional<TargetLock> tryLock(Path file, boolean create) throws IOException {
        Path real = file.toAbsolutePath().getParent().toRealPath().resolve(file.getFileName());
        if (!HELD.add(real)) {
            return Optional.empty();
        }
        TargetLock lock = null;
        FileChannel channel = null;
        Object key = null;
        try {
            if (create) {
                make(file); // only now, when no other thread is about to delete it
            } else if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (Files.isSymbolicLink(file)) {
                throw new FileSystemException(file.toString(), null, "a link where a file to lock should be");
            }
            key = key(file);
            channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            Lock outcome = lock(channel);
            if (outcome == Lock.OF_OTHERS) {
                return Optional.empty();
            }
            if (outcome == Lock.OURS) {
                checkStillThere(file, key, channel);
            }
            lock = new TargetLock(file, real, channel, outcome == Lock.OURS);
            return Optional.of(lock);
        } catch (AccessDeniedException e) {
            lock = new TargetLock(file, real, null, false); // another user's: nothing can be known
            return Optional.of(lock);
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(real);
            }
        }
    }

    private enum Lock {
        OURS,
        OF_OTHERS,
        UNKNOWN_TO_THE_FILE_SYSTEM
    }

    private static Lock lock(FileChannel channel) throws ClosedByInterruptException {
        try {
            return channel.tryLock() == null ? Lock.OF_OTHERS : Lock.OURS;
        } catch (OverlappingFileLockException e) {
            return Lock.OF_OTHERS;
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            return Lock.UNKNOWN_TO_THE_FILE_SYSTEM;
        }
    }

    /** What tells a file from others of the same name, before and after it; null where the system does not say. */
    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .fileKey();
    }

    /**
     * What was locked may have been deleted between opening and locking, and the name may stand for another file by now.
     * The file of that name is ours if it has the length that we give ours.
     *
     * @param key of the file of that name before it was opened
     */
    private static void checkStillThere(Path file, Object key, FileChannel channel) throws IOException {
        int length = 1 + ThreadLocalRandom.current().nextInt(LONGEST_FILE);
        try {
            channel.truncate(0);
            channel.write(ByteBuffer.allocate(1), length - 1L);
        } catch (IOException e) {
            // A full disk: nothing will be written, so the file goes as well, if it is still the one that was opened.
            if (key != null && key.equals(key(file))) {
                Files.deleteIfExists(file);
            }
            throw e;
        }
        if (Files.size(file) != length) {
            throw new NoSuchFileException(file.toString());
        }
    }

    /** Whether nobody else can have it; not so where the file system knows no locks. */
    boolean isExclusive() {
        return exclusive;
    }

    /** Lets others have the lock and leaves the file, which has another name by now; closing does nothing more. */
    synchronized void release() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            HELD.remove(real);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return; // the file of that name is perhaps somebody else's by now
        }
        try {
            if (channel != null) {
                // while it is locked: nobody else has this one, and who has opened it will notice
                Files.deleteIfExists(file);
            }
        } finally {
            release();
        }
    }
}
