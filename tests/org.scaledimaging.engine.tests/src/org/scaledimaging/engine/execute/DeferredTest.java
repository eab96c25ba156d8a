package org.scaledimaging.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class DeferredTest {
    private static final Progress CANCELLED = new Progress() {
        @Override
        public void report(double fraction, String message) {}

        @Override
        public boolean isCancelled() {
            return true;
        }
    };

    @Test
    void theValueIsComputedWhenFirstAskedForAndNeverAgain() throws Exception {
        AtomicInteger times = new AtomicInteger();
        Deferred<Integer> deferred = new Deferred<>(execution -> times.incrementAndGet());
        assertFalse(deferred.isPrepared());
        assertEquals(0, times.get());
        deferred.prepare(Execution.standard());
        assertTrue(deferred.isPrepared());
        assertEquals(1, deferred.get());
        assertEquals(1, times.get());
    }

    @Test
    void aFailureIsNotKept() throws Exception {
        AtomicInteger times = new AtomicInteger();
        Deferred<String> deferred = new Deferred<>(execution -> {
            if (times.incrementAndGet() == 1) {
                throw new IOException("unplugged");
            }
            return "value";
        });
        assertThrows(IOException.class, deferred::get);
        assertEquals("value", deferred.get());
    }

    @Test
    void whoWaitsForAnotherThreadCanCancelAllTheSame() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        Deferred<String> deferred = new Deferred<>(execution -> {
            begun.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return "value";
        });
        Thread other = new Thread(() -> {
            try {
                deferred.get();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        other.start();
        begun.await();
        assertThrows(CancellationException.class, () -> deferred.get(new Execution(1, CANCELLED)));
        go.countDown();
        other.join();
        assertEquals("value", deferred.get(new Execution(1, CANCELLED)));
    }
}
