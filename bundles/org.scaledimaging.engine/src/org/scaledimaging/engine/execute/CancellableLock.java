package org.scaledimaging.engine.execute;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** A lock of which the waiting, too, ends within a moment when the work is cancelled. */
public final class CancellableLock {
    private static final long PATIENCE_MILLISECONDS = 50;

    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Waits until no other thread holds the lock. An interrupt does not end the waiting, since what stops the work is the
     * progress; the thread is interrupted still when this returns.
     *
     * @throws java.util.concurrent.CancellationException when the progress says so; the lock is then not held
     */
    public void lock(Progress progress) {
        boolean interrupted = false;
        boolean acquired = false;
        try {
            while (!acquired) {
                progress.checkCancelled();
                try {
                    acquired = lock.tryLock(PATIENCE_MILLISECONDS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** As {@link #lock(Progress)}, for what cannot be cancelled. */
    public void lock() {
        lock.lock();
    }

    /** Lets the next thread in. */
    public void unlock() {
        lock.unlock();
    }
}
