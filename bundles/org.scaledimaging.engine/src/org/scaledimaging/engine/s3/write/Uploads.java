package org.scaledimaging.engine.s3.write;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.wait.Background;
import org.scaledimaging.engine.execute.wait.Rethrow;
import org.scaledimaging.engine.execute.wait.Waiting;

/**
 * Requests that write, on their way: many at a time, in bounded memory. Who writes goes on at once as long as there is room;
 * what went wrong is told to the next who writes, and to who waits for all. Thread-safe.
 */
final class Uploads implements Closeable {
    private static final int AT_ONCE = 32;

    /** How long what is on its way may take when it is given up: what a store has heard may be done after what follows. */
    private static final long ANSWERING_SECONDS = 3;

    private final ThreadPoolExecutor threads;
    private final long most = MemoryBudget.Share.UPLOADS.bytes();
    private long waiting;
    private int open;
    private Exception failure;

    /** Does something that a store has to be asked for. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    Uploads() {
        threads = Background.threads(AT_ONCE, 5, "scaled-imaging-upload");
    }

    /** A copy, which stays as it is when its buffer is used again. */
    static ByteBuffer copy(ByteBuffer bytes) {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining());
        return copy.put(bytes.duplicate()).flip();
    }

    /**
     * Has something done soon, once there is room for what it holds.
     *
     * @param bytes that it holds until it is done
     * @throws IOException what went wrong before
     */
    void add(long bytes, Task task) throws IOException {
        Waiting.until(nanos -> take(bytes, nanos), Long.MAX_VALUE);
        check();
        threads.execute(() -> {
            try {
                task.run();
            } catch (IOException | RuntimeException | Error e) {
                fail(e instanceof Exception known ? known : new IllegalStateException(e));
            } finally {
                give(bytes);
            }
        });
    }

    /** Waits until all is done, what is added meanwhile included. */
    void await() throws IOException {
        Waiting.until(this::isDone, Long.MAX_VALUE);
        check();
    }

    private synchronized boolean take(long bytes, long nanoseconds) throws InterruptedException {
        if (failure == null && open > 0 && waiting + bytes > most) {
            TimeUnit.NANOSECONDS.timedWait(this, nanoseconds);
        }
        if (failure == null && open > 0 && waiting + bytes > most) {
            return false;
        }
        waiting += bytes;
        open++;
        return true;
    }

    private synchronized boolean isDone(long nanoseconds) throws InterruptedException {
        if (open > 0 && failure == null) {
            TimeUnit.NANOSECONDS.timedWait(this, nanoseconds);
        }
        return open == 0 || failure != null;
    }

    private synchronized void give(long bytes) {
        waiting -= bytes;
        open--;
        notifyAll();
    }

    /** From now on nothing more is taken. */
    synchronized void fail(Exception e) {
        failure = failure == null ? e : failure;
        notifyAll();
    }

    /** @throws IOException what went wrong */
    synchronized void check() throws IOException {
        if (failure instanceof CancellationException) {
            throw new CancellationException("Cancelled.");
        }
        Rethrow.of(failure, IOException.class);
    }

    /** Gives up what is not done, and waits until none of it runs any more: first for answers, then no longer. */
    @Override
    public void close() {
        fail(new CancellationException("Cancelled."));
        threads.getQueue().clear();
        threads.shutdown();
        boolean interrupted = await(ANSWERING_SECONDS);
        threads.shutdownNow();
        interrupted |= await(10);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether somebody interrupted this thread meanwhile */
    private boolean await(long seconds) {
        boolean interrupted = false;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!threads.isTerminated() && System.nanoTime() < end) {
            try {
                threads.awaitTermination(50, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        return interrupted;
    }
}
