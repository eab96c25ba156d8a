package org.scaledimaging.engine.zarr.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Copies of what servers have: made by one thread while others that want the same wait. */
class LocalCopiesTest {
    private static final byte[] BYTES = {1, 2, 3, 4};

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoWaitsForACopyIsFreeOnceItIsInterrupted() throws Exception {
        CountDownLatch copying = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicReference<Throwable> told = new AtomicReference<>();
        LocalCopies copies = new LocalCopies(0); // what nobody reads is dropped at once
        AtomicReference<Byte> read = new AtomicReference<>();
        Thread first = new Thread(() -> {
            try {
                LocalCopies.Opening slow = () -> {
                    copying.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                    return new ByteArrayInputStream(BYTES);
                };
                read.set(copies.read("shard", slow, 2, 1, "a server").get());
            } catch (IOException e) {
                told.set(e);
            }
        });
        first.start();
        copying.await();
        Thread second = new Thread(() -> {
            try {
                copies.read("shard", () -> new ByteArrayInputStream(BYTES), 0, 1, "a server");
            } catch (IOException | RuntimeException e) {
                told.set(e);
            }
        });
        second.start();
        while (second.getState() != Thread.State.TIMED_WAITING) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
        second.interrupt();
        second.join();
        assertInstanceOf(CancellationException.class, told.get());
        assertTrue(first.isAlive());
        goOn.countDown();
        first.join();
        assertEquals((byte) 3, read.get());
    }
}
