package org.scaledimaging.plugins.n4;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that stay for a whole estimate: its iterations are many and short, and would drown in the starting of threads.
 * Between two runs they wait busily for some microseconds, then asleep. Not for use by several threads at once.
 */
final class Team implements AutoCloseable {
    private static final int BUSY_ROUNDS = 2000;

    /** Does one of the tasks of a run. */
    @FunctionalInterface
    interface Task {
        /**
         * @param task from 0
         * @param member who does it, from 0: to tell scratch arrays apart
         */
        void run(int task, int member);
    }

    private final Thread[] helpers;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger busy = new AtomicInteger();
    private Task task;
    private int tasks;
    private volatile int round;
    private volatile boolean closed;
    private volatile Throwable failure;

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
    void run(int count, Task what) {
        if (helpers.length == 0 || count == 1) {
            for (int i = 0; i < count; i++) {
                what.run(i, 0);
            }
            return;
        }
        task = what;
        tasks = count;
        next.set(0);
        busy.set(helpers.length);
        round++; // publishes the above
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
        work(0);
        for (int i = 0; busy.get() > 0; i++) {
            if (i < BUSY_ROUNDS) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
        if (failure != null) {
            throw new IllegalStateException("a part of the estimate failed", failure);
        }
    }

    private void help(int member) {
        int seen = 0;
        while (true) {
            for (int i = 0; round == seen && !closed; i++) {
                if (i < BUSY_ROUNDS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.park(this);
                }
            }
            if (closed) {
                return;
            }
            seen = round;
            work(member);
            busy.decrementAndGet();
        }
    }

    private void work(int member) {
        try {
            for (int i = next.getAndIncrement(); i < tasks; i = next.getAndIncrement()) {
                task.run(i, member);
            }
        } catch (RuntimeException | Error e) {
            failure = e;
            next.set(tasks);
        }
    }

    @Override
    public void close() {
        closed = true;
        for (Thread helper : helpers) {
            LockSupport.unpark(helper);
        }
    }
}
