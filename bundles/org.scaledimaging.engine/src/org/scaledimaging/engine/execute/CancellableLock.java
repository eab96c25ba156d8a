package org.scaledimaging.engine.execute;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A lock of which the waiting, too, ends within a moment when the work is cancelled or the thread interrupted. */
public final class CancellableLock {
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Waits until no other thread holds the lock. A lock that nobody holds is taken by an interrupted thread, too.
     *
     * @throws java.util.concurrent.CancellationException when the progress says so or the thread is interrupted, which it
     *     stays; the lock is then not held
     */
    public void lock(Progress progress) {
        progress.checkCancelled();
        if (lock.tryLock()) {
            return;
        }
        try (Cancelling cancelling = Cancelling.by(progress)) {
            Waiting.until(nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS), Long.MAX_VALUE);
        }
    }

    /** As {@link #lock(Progress)}, where no progress is at hand: {@link OrderedTasks#isToStop()} says who cancels. */
    public void lock() {
        lock(Progress.none());
    }

    /** Waits for the lock whatever happens: for closing, where whoever holds it does so for a moment. */
    public void lockForClosing() {
        lock.lock();
    }

    /** Lets the next thread in. */
    public void unlock() {
        lock.unlock();
    }
}
