package org.scaledimaging.engine.cache;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.Cancelling;

class BoundedCacheTest {

    @Test
    void whatWasUsedLongestAgoGoesFirst() throws IOException {
        BoundedCache<Integer, String> cache = new BoundedCache<>(3);
        List<Integer> loaded = new ArrayList<>();
        for (int key : new int[] {1, 2, 3, 1, 4, 1, 2}) {
            assertEquals("value " + key, cache.get(key, 1, () -> {
                loaded.add(key);
                return "value " + key;
            }));
        }
        assertEquals(List.of(1, 2, 3, 4, 2), loaded); // 4 took the place of 2
    }

    @Test
    void twoLargeValuesAreHeldWhateverTheBound() throws IOException {
        BoundedCache<Integer, String> cache = new BoundedCache<>(1);
        AtomicInteger loads = new AtomicInteger();
        for (int key : new int[] {1, 2, 1, 2, 3, 1}) {
            cache.get(key, 100, () -> "value " + loads.incrementAndGet());
        }
        assertEquals(4, loads.get());
    }

    @Test
    void threadsThatWantTheSameValueMakeItOnce() throws Exception {
        BoundedCache<String, Integer> cache = new BoundedCache<>(10);
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(4);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Integer> work = () -> {
                begun.countDown();
                return cache.get("key", 1, () -> {
                    await(begun);
                    return loads.incrementAndGet();
                });
            };
            for (Future<Integer> value : threads.invokeAll(List.of(work, work, work, work))) {
                assertEquals(1, value.get());
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(1, loads.get());
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whoWaitsForWhatAnotherMakesIsStoppedByTheProgressThatCancelsIt() throws Exception {
        BoundedCache<String, String> cache = new BoundedCache<>(10);
        CountDownLatch making = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Thread maker = new Thread(() -> assertDoesNotThrow(() -> cache.get("a", 1, () -> {
            making.countDown();
            await(goOn);
            return "A";
        })));
        maker.start();
        making.await();
        Progress cancelled = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                return true;
            }
        };
        try (Cancelling cancelling = Cancelling.by(cancelled::isCancelled)) {
            assertThrows(CancellationException.class, () -> cache.get("a", 1, () -> "B"));
        }
        Thread.currentThread().interrupt();
        assertThrows(CancellationException.class, () -> cache.get("a", 1, () -> "B"));
        assertTrue(Thread.interrupted());
        goOn.countDown();
        maker.join();
        assertEquals("A", cache.get("a", 1, () -> "B"));
    }

    @Test
    void whatFailsOrIsForgottenIsMadeAnew() throws IOException {
        BoundedCache<String, String> cache = new BoundedCache<>(10);
        assertThrows(
                IOException.class,
                () -> cache.get("key", 1, () -> {
                    throw new IOException("no answer");
                }));
        assertThrows(
                CancellationException.class,
                () -> cache.get("key", 1, () -> {
                    throw new CancellationException();
                }));
        assertEquals("first", cache.get("key", 1, () -> "first"));
        assertEquals("first", cache.get("key", 1, () -> "second"));
        cache.forget("key");
        assertEquals("third", cache.get("key", 1, () -> "third"));
        cache.clear();
        assertEquals("fourth", cache.get("key", 1, () -> "fourth"));
    }
}
