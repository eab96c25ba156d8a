package org.scaledimaging.engine.execute.wait;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for the lock ends when it is no use any more. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CancellableLockTest {
    private final CancellableLock lock = new CancellableLock();
    private final CountDownLatch held = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final Thread holder = new Thread(() -> {
        lock.lock();
        held.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lock.unlock();
    });

    @BeforeEach
    void hold() throws Exception {
        holder.start();
        held.await();
    }

    @AfterEach
    void release() throws Exception {
        goOn.countDown();
        holder.join();
    }

    @Test
    void forWhoIsInterrupted() throws Exception {
        AtomicReference<Throwable> told = new AtomicReference<>();
        AtomicReference<Boolean> interrupted = new AtomicReference<>(false);
        Thread waiter = new Thread(() -> {
            try {
                lock.lock();
            } catch (Throwable e) {
                told.set(e);
                interrupted.set(Thread.currentThread().isInterrupted());
            }
        });
        waiter.start();
        while (waiter.getState() != Thread.State.TIMED_WAITING) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        waiter.interrupt();
        waiter.join();
        assertInstanceOf(CancellationException.class, told.get());
        assertTrue(interrupted.get(), "whoever called it has to know, too");
    }

    @Test
    void forWhomOthersCancel() {
        try (Cancelling cancelling = Cancelling.by(() -> true)) {
            assertThrows(CancellationException.class, lock::lock);
        }
        assertFalse(Cancelling.isToStop());
    }

    @Test
    void aFreeLockIsTakenByAnInterruptedThreadToo() throws Exception {
        release();
        Thread.currentThread().interrupt();
        lock.lock();
        lock.unlock();
        assertTrue(Thread.interrupted());
    }
}
