package org.scaledimaging.engine.execute;

import java.io.IOException;
import java.util.BitSet;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.execute.wait.Rethrow;
import org.scaledimaging.engine.message.ParameterException;

/**
 * Runs tasks on several threads. Tasks start in the given order, and none starts while one that is more than a few places
 * before it is unfinished: what tasks hold for one another therefore stays bounded, however unevenly they run. The first
 * failure, or cancellation, stops the rest, those that wait and look at {@link Cancelling#isToStop} too; no thread outlives the call.
 *
 * @param <T> what tells one task from another
 */
public final class OrderedTasks<T> {
    private static final int WINDOW_PER_THREAD = 8;
    private static final long LOOK_MILLISECONDS = 50;

    /** Does one task, on any thread. */
    @FunctionalInterface
    public interface Task<T> {
        /** Does one task; may be called on several threads at once. */
        void run(T item) throws IOException;
    }

    /** Does one task, on any thread, and may refuse what users have set. */
    @FunctionalInterface
    public interface RefusingTask<T> {
        /** Does one task; may be called on several threads at once. */
        void run(T item) throws IOException, ParameterException;
    }

    /** Takes a refusal through the threads. */
    private static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final ParameterException reason;

        Refused(ParameterException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private record Numbered<T>(long number, T item) {}

    private final Iterator<T> items;
    private final long count;
    private final Task<T> task;
    private final int window;
    private final Execution execution;
    private final String message;

    private final ForwardProgress told;
    private final Object lock = new Object();
    private final BitSet finishedFromOldest = new BitSet();
    private long next;
    private long oldestUnfinished;
    private Throwable failure;

    private OrderedTasks(Iterator<T> items, long count, Execution execution, String message, Task<T> task) {
        this.items = items;
        this.count = count;
        this.execution = execution;
        this.message = message;
        this.told = new ForwardProgress(execution.progress());
        this.task = task;
        this.window = WINDOW_PER_THREAD * execution.threads();
    }

    /**
     * Does the task for every item and returns when all are done.
     *
     * @param items in the order to start them
     * @param count how many items there are, for the progress
     * @param message told to the progress with the fraction of tasks done
     * @throws IOException the first that a task threw; its unchecked exceptions and errors come through as well
     * @throws java.util.concurrent.CancellationException when the progress says so
     */
    public static <T> void run(Iterator<T> items, long count, Execution execution, String message, Task<T> task)
            throws IOException {
        new OrderedTasks<>(items, count, execution, message, task).run();
    }

    /** As {@link #run}, of tasks that may refuse what users have set; the first refusal stops the rest, too. */
    public static <T> void runRefusing(
            Iterator<T> items, long count, Execution execution, String message, RefusingTask<T> task)
            throws IOException, ParameterException {
        try {
            run(items, count, execution, message, item -> {
                try {
                    task.run(item);
                } catch (ParameterException e) {
                    throw new Refused(e);
                }
            });
        } catch (Refused e) {
            throw e.reason;
        }
    }

    private void run() throws IOException {
        int most = (int) Math.min(execution.threads(), Math.max(1, count));
        if (most == 1 && Thread.currentThread() instanceof Worker) {
            work(); // on a thread that is watched already, and has what threads keep for decoding
        } else {
            runOnThreads(new Worker[most]);
        }
        Rethrow.of(failure, IOException.class);
    }

    private void runOnThreads(Worker[] threads) {
        for (int i = 0; i < threads.length; i++) {
            threads[i] = new Worker(this, i + 1);
            threads[i].start();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join(LOOK_MILLISECONDS);
                    if (!hasFailed() && (execution.progress().isCancelled() || Cancelling.isToStop())) {
                        fail(new CancellationException("Cancelled."));
                    }
                } catch (InterruptedException e) {
                    interrupted = true;
                    fail(new CancellationException("Cancelled."));
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** A thread that does tasks. */
    private static final class Worker extends Thread {
        Worker(OrderedTasks<?> tasks, int number) {
            super(tasks::work, "scaled-imaging-" + number);
            setDaemon(true);
        }
    }

    private void fail(Throwable e) {
        synchronized (lock) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
            lock.notifyAll();
        }
    }

    private boolean hasFailed() {
        synchronized (lock) {
            return failure != null;
        }
    }

    private void work() {
        try (Cancelling cancelling = Cancelling.by(this::hasFailed)) {
            for (Numbered<T> taken = take(); taken != null; taken = take()) {
                task.run(taken.item());
                finished(taken.number());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(new CancellationException("Cancelled."));
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** The next task, or null when there is nothing left to do. */
    private Numbered<T> take() throws InterruptedException {
        execution.progress().checkCancelled();
        synchronized (lock) {
            while (failure == null && next >= oldestUnfinished + window && items.hasNext()) {
                lock.wait();
            }
            return failure != null || !items.hasNext() ? null : new Numbered<>(next++, items.next());
        }
    }

    private void finished(long number) {
        long done;
        synchronized (lock) {
            finishedFromOldest.set((int) (number - oldestUnfinished));
            int run = finishedFromOldest.nextClearBit(0);
            if (run > 0) {
                BitSet rest = finishedFromOldest.get(run, Math.max(run, finishedFromOldest.length()));
                finishedFromOldest.clear();
                finishedFromOldest.or(rest);
                oldestUnfinished += run;
                lock.notifyAll();
            }
            done = oldestUnfinished + finishedFromOldest.cardinality();
        }
        told.report((double) done / count, message);
    }
}
