package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * Deletes a folder and all in it. Where there is much, several threads do, since a file system mostly waits: eight delete
 * files that are on a disk in less than half the time. It goes on when the calling thread is interrupted or its job is
 * cancelled, goes on past what cannot be deleted, and no thread of it is left when it returns.
 */
final class Deletion {
    private static final int THREADS = 8;

    /** What one thread has deleted before others could start. */
    private static final int FEW = 200;

    private final ConcurrentLinkedQueue<IOException> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger deleted = new AtomicInteger();

    private Deletion() {}

    /** @throws IOException the first failure, the others suppressed, when all has been tried */
    static void of(Path folder) throws IOException {
        Deletion deletion = new Deletion();
        if (!deletion.tryFew(folder)) {
            deletion.onThreads(folder);
        }
        IOException first = deletion.failures.poll();
        if (first != null) {
            deletion.failures.forEach(first::addSuppressed);
            throw first;
        }
    }

    /** Deletes a folder on this thread. Returns whether that was all; there may be more than a few. */
    private boolean tryFew(Path folder) {
        for (Path inside : foldersIn(folder)) {
            if (deleted.get() > FEW || !tryFew(inside)) {
                return false;
            }
        }
        delete(folder);
        return true;
    }

    private void onThreads(Path folder) {
        List<Thread> workers = new ArrayList<>();
        ForkJoinPool pool = new ForkJoinPool(
                THREADS,
                of -> {
                    synchronized (workers) {
                        workers.add(new Worker(of, workers.size() + 1));
                        return (Worker) workers.get(workers.size() - 1);
                    }
                },
                null,
                false);
        try {
            pool.invoke(new Rest(folder));
        } finally {
            pool.shutdown();
            workers.forEach(worker -> Waiting.forEndOf(worker, () -> {}));
        }
    }

    private static final class Worker extends ForkJoinWorkerThread {
        Worker(ForkJoinPool pool, int number) {
            super(pool);
            setName("scaled-imaging-delete-" + number);
        }
    }

    /** A folder, and the folders in it on other threads. */
    private final class Rest extends RecursiveAction {
        private static final long serialVersionUID = 1L;
        private final transient Path folder;

        Rest(Path folder) {
            this.folder = folder;
        }

        @Override
        protected void compute() {
            invokeAll(foldersIn(folder).stream().map(Rest::new).toList());
            delete(folder);
        }
    }

    /** Deletes all else in a folder. */
    private List<Path> foldersIn(Path folder) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path inside : all) {
                if (Files.isDirectory(inside, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(inside);
                } else {
                    delete(inside);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // somebody else deletes as well, as when the JVM ends
        } catch (DirectoryIteratorException e) {
            failures.add(e.getCause());
        } catch (IOException e) {
            failures.add(e);
        }
        return folders;
    }

    private void delete(Path path) {
        try {
            Files.deleteIfExists(path);
            deleted.incrementAndGet();
        } catch (IOException e) {
            failures.add(e);
        }
    }
}
