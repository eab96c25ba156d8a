package org.scaledimaging.plugins.n4;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that stay for a whole estimate: its iterations are many and short, and would drown in the starting of threads.
 * When there is nothing to do they wait busily for a fraction of a millisecond, then asleep. Led by the thread that made
 * it: only that one calls its methods.
 */
final class Team implements AutoCloseable {
    /** Longer than what a single thread does between two runs, in nanoseconds: waking takes about as long. */
    private static final long BUSY = 200_000;

    /** Does one of the tasks of a run. */
    @FunctionalInterface
    interface Task {
        /**
         * @param task from 0
         * @param member who does it, from 0: to tell scratch arrays apart
         */
        void run(int task, int member);
    }

    /** Some tasks, done by whoever has time. */
    private static final class Job {
        private final Task task;
        private final int count;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private volatile Throwable failure;

        Job(int count, Task task) {
            this.count = count;
            this.task = task;
        }

        void work(int member) {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
                try {
                    task.run(i, member);
                } catch (RuntimeException | Error e) {
                    failure = e;
                }
                done.incrementAndGet();
            }
        }

        void await() {
            long start = System.nanoTime();
            while (done.get() < count) {
                if (System.nanoTime() - start < BUSY) {
                    Thread.onSpinWait();
                } else {
                    Thread.yield();
                }
            }
            if (failure != null) {
                throw new IllegalStateException("a part of the estimate failed", failure);
            }
        }
    }

    private final Thread[] helpers;
    private final AtomicReference<Job> beside = new AtomicReference<>();
    private Job besideStarted;
    private volatile Job current;
    private volatile boolean closed;

    /** @param threads at least 1, the calling one among them */
    Team(int threads) {
        helpers = new Thread[threads - 1];
        for (int i = 0; i < helpers.length; i++) {
            int member = i + 1;
            helpers[i] = new Thread(() -> help(member), "scaled-imaging-n4-" + member);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
    }

    int members() {
        return helpers.length + 1;
    }

    /** Does all the tasks, in any order, and returns when they are done. */
    void run(int count, Task task) {
        Job job = new Job(count, task);
        if (helpers.length > 0 && count > 1) {
            current = job;
            wake();
        }
        job.work(0);
        job.await();
    }

    /** Has something done beside the runs that follow, until {@link #join}. */
    void start(Runnable what) {
        besideStarted = new Job(1, (task, member) -> what.run());
        beside.set(besideStarted);
        wake();
    }

    /** Returns when what was started is done. */
    void join() {
        if (beside.getAndSet(null) != null) {
            besideStarted.work(0); // nobody had time for it
        }
        besideStarted.await();
    }

    private void wake() {
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }

    private void help(int member) {
        Job seen = null;
        long idleSince = System.nanoTime();
        while (!closed) {
            Job job = beside.get() == null ? null : beside.getAndSet(null);
            if (job == null && current != seen) {
                job = current;
                seen = job;
            }
            if (job != null) {
                job.work(member);
                idleSince = System.nanoTime();
            } else if (System.nanoTime() - idleSince < BUSY) {
                Thread.onSpinWait();
            } else {
                LockSupport.park(this); // after an unpark meanwhile this returns at once, and all is looked at again
            }
        }
    }

    /** Returns when the threads have ended. */
    @Override
    public void close() {
        closed = true;
        wake();
        boolean interrupted = false;
        for (Thread helper : helpers) {
            while (helper.isAlive()) {
                try {
                    helper.join();
                } catch (InterruptedException e) {
                    interrupted = true; // they are about to end: the caller is told afterwards
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
