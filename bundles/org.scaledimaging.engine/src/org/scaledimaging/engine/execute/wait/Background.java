package org.scaledimaging.engine.execute.wait;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Work that waits for a server, begun before its turn by another thread, some of it at the same time. It is for saving time
 * alone: what fails there, or takes long, is done again by who wants it. The threads end when there is no more of it.
 */
public final class Background<T> {
    private static final int AT_ONCE = 16;

    /** A server that answers one connection at a time may leave others waiting for ever. */
    private static final long PATIENCE_NANOSECONDS = TimeUnit.SECONDS.toNanos(3);

    private static final ThreadPoolExecutor THREADS = threads(AT_ONCE, 1, "scaled-imaging-background");

    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final long begun = System.nanoTime();
    private volatile boolean givenUp;

    private Background() {}

    /** Waits for a server, and makes something of the answer. */
    @FunctionalInterface
    public interface Work<T> {
        /** Done by another thread, or by the one that wants the result. */
        T run() throws IOException;
    }

    /** Begins some work. */
    public static <T> Background<T> begin(Work<T> work) {
        Background<T> background = new Background<>();
        THREADS.execute(() -> {
            try (Cancelling here = Cancelling.by(() -> background.givenUp)) {
                background.result.complete(work.run());
            } catch (Throwable e) { // done again by who wants it
                background.result.completeExceptionally(e);
            }
        });
        return background;
    }

    /**
     * What comes of it or, where it failed or takes longer than three seconds, of work that this thread does.
     *
     * @throws IOException what that fails with
     * @throws CancellationException as {@link Waiting#until}
     */
    public T orHere(Work<T> here) throws IOException {
        try {
            long left = Math.max(1, PATIENCE_NANOSECONDS - (System.nanoTime() - begun));
            if (Waiting.until(nanos -> Waiting.isDone(result, nanos), left) && !result.isCompletedExceptionally()) {
                return result.join();
            }
        } finally {
            givenUp = true;
        }
        return here.run();
    }

    /**
     * Threads that keep no process alive, at most so many.
     *
     * @param idleSeconds after which one ends that has nothing to do
     */
    public static ThreadPoolExecutor threads(int atOnce, int idleSeconds, String name) {
        ThreadFactory factory = work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        };
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                atOnce, atOnce, idleSeconds, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }
}
