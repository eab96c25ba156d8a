package org.scaledimaging.engine.execute.wait;

import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** A lock of which the waiting, too, ends within a moment when the work is cancelled or the thread interrupted. */
public final class CancellableLock {
    private final ReentrantLock lock = new ReentrantLock();

    /**
     * Waits until no other thread holds the lock. A lock that nobody holds is taken by an interrupted thread, too.
     *
     * @param cancelled whether to wait no longer
     * @throws CancellationException when that is so or the thread is interrupted, which it stays; the lock is then not held
     */
    public void lock(BooleanSupplier cancelled) {
        if (cancelled.getAsBoolean()) {
            throw new CancellationException("Cancelled.");
        }
        if (lock.tryLock()) {
            return;
        }
        try (Cancelling cancelling = Cancelling.by(cancelled)) {
            Waiting.until(nanos -> lock.tryLock(nanos, TimeUnit.NANOSECONDS), Long.MAX_VALUE);
        }
    }

    /** As {@link #lock(BooleanSupplier)}, where no progress is at hand: {@link Cancelling} says who cancels. */
    public void lock() {
        lock(() -> false);
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
