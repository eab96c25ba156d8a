package org.scaledimaging.engine.execute.wait;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Waiting; but for threads that have to end, for no longer than until this one is interrupted, or its task is wanted no more. */
public final class Waiting {
    private static final long LOOK_NANOSECONDS = TimeUnit.MILLISECONDS.toNanos(50);

    private Waiting() {}

    /** Waits for some time. */
    @FunctionalInterface
    public interface Wait {
        /** @return whether what was waited for has come */
        boolean await(long nanoseconds) throws InterruptedException;
    }

    /**
     * Waits for something, at most that many nanoseconds.
     *
     * @return whether it came within that time
     * @throws CancellationException when it is not worth waiting any more; an interrupted thread stays so
     */
    public static boolean until(Wait wait, long nanoseconds) {
        long start = System.nanoTime();
        try {
            while (true) {
                long left = nanoseconds - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                if (wait.await(Math.min(left, LOOK_NANOSECONDS))) {
                    return true;
                }
                if (Cancelling.isToStop()) {
                    throw new CancellationException("Cancelled.");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled.");
        }
    }

    /** Waits for that long, with what {@link #until} throws. */
    public static void sleep(Duration pause) {
        until(
                nanos -> {
                    TimeUnit.NANOSECONDS.sleep(nanos);
                    return false;
                },
                pause.toNanos());
    }

    /**
     * Waits until a thread has ended, whatever happens meanwhile; an interrupted thread is so again afterwards.
     *
     * @param interrupted what is done each time that this thread is interrupted
     */
    public static void forEndOf(Thread thread, Runnable interrupted) {
        boolean again = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                again = true;
                interrupted.run();
            }
        }
        if (again) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * What comes of something that ends by itself.
     *
     * @throws IOException what it fails with
     * @throws CancellationException as {@link #until}
     */
    public static <T> T result(CompletableFuture<T> future) throws IOException {
        until(nanos -> isDone(future, nanos), Long.MAX_VALUE);
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled.");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
        }
    }

    /** Waits for something that ends by itself, for a time. */
    public static boolean isDone(CompletableFuture<?> future, long nanoseconds) throws InterruptedException {
        try {
            future.get(nanoseconds, TimeUnit.NANOSECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // whoever takes the result is told
        }
        return true;
    }
}
