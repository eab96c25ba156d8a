package org.scaledimaging.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.execute.wait.Cancelling;

class OrderedTasksTest {

    @Test
    void everyTaskRunsOnceAndTheProgressEndsAtOne() throws Exception {
        BitSet done = new BitSet();
        List<Double> told = Collections.synchronizedList(new ArrayList<>());
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                told.add(fraction);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
        OrderedTasks.run(IntStream.range(0, 500).iterator(), 500, new Execution(4, progress), "test", i -> {
            synchronized (done) {
                assertTrue(!done.get(i));
                done.set(i);
            }
        });
        assertEquals(500, done.cardinality());
        assertEquals(1.0, Collections.max(told));
    }

    @Test
    void noTaskRunsFarAheadOfAnUnfinishedOne() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger started = new AtomicInteger();
        Thread runner = new Thread(() -> {
            try {
                OrderedTasks.run(
                        IntStream.range(0, 1000).iterator(), 1000, new Execution(2, Progress.none()), "test", i -> {
                            started.incrementAndGet();
                            if (i == 0) {
                                await(release);
                            }
                        });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        runner.start();
        int last = -1;
        for (int still = 0; still < 5; ) { // until nothing starts any more
            Thread.sleep(50);
            still = started.get() == last ? still + 1 : 0;
            last = started.get();
        }
        assertTrue(last < 50, "started " + last + " tasks while the first was unfinished");
        release.countDown();
        runner.join(10_000);
        assertEquals(1000, started.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aFailureStopsTheRestAndReachesTheCaller() {
        AtomicInteger started = new AtomicInteger();
        IOException failure = assertThrows(
                IOException.class,
                () -> OrderedTasks.run(
                        IntStream.range(0, 100_000).iterator(),
                        100_000,
                        new Execution(3, Progress.none()),
                        "test",
                        i -> {
                            started.incrementAndGet();
                            if (i == 10) {
                                throw new IOException("disk full");
                            }
                        }));
        assertEquals("disk full", failure.getMessage());
        assertTrue(started.get() < 1000);
    }

    @Test
    void cancellationStopsTheRestAndLeavesNoThread() {
        AtomicInteger started = new AtomicInteger();
        Progress cancelledSoon = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                return started.get() >= 20;
            }
        };
        assertThrows(
                CancellationException.class,
                () -> OrderedTasks.run(
                        IntStream.range(0, 100_000).iterator(),
                        100_000,
                        new Execution(4, cancelledSoon),
                        "test",
                        i -> started.incrementAndGet()));
        assertTrue(started.get() < 1000);
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("scaled-imaging-\\d+")));
    }

    /** The others wait for the oldest, and nothing is done after it. */
    @Test
    void aTaskThatLeavesItsThreadInterruptedEndsAllOfThem() {
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThrows(
                CancellationException.class,
                () -> OrderedTasks.run(
                        IntStream.range(0, 1000).iterator(), 1000, new Execution(2, Progress.none()), "test", i -> {
                            if (i == 0) {
                                await(interrupted);
                                sleep(100);
                            } else if (i == 1) {
                                Thread.currentThread().interrupt();
                                interrupted.countDown();
                            }
                        }));
    }

    private static void sleep(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException("not by interrupting, which closes files", e);
        }
    }

    @Test
    void cancellingEndsWhatWaits() {
        AtomicInteger waiting = new AtomicInteger();
        Progress cancelledWhenAllWait = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                return waiting.get() == 2;
            }
        };
        long start = System.nanoTime();
        assertThrows(
                CancellationException.class,
                () -> OrderedTasks.run(
                        IntStream.range(0, 2).iterator(), 2, new Execution(2, cancelledWhenAllWait), "test", i -> {
                            waiting.incrementAndGet();
                            for (int tenths = 0; tenths < 600 && !Cancelling.isToStop(); tenths++) {
                                sleep(100);
                            }
                        }));
        assertTrue(System.nanoTime() - start < 5_000_000_000L);
    }

    @Test
    void oneThreadWithinATaskIsTheTasksOwn() throws Exception {
        Execution one = new Execution(1, Progress.none());
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        OrderedTasks.run(IntStream.range(0, 2).iterator(), 2, one, "test", i -> {
            threads.add(Thread.currentThread());
            OrderedTasks.run(
                    IntStream.range(0, 3).iterator(), 3, one, "test", j -> threads.add(Thread.currentThread()));
            IOException failure = new IOException("in the inner task");
            assertSame(
                    failure,
                    assertThrows(
                            IOException.class,
                            () -> OrderedTasks.run(IntStream.range(0, 3).iterator(), 3, one, "test", j -> {
                                throw failure;
                            })));
            assertTrue(!Cancelling.isToStop(), "that failure is the inner tasks' alone");
        });
        assertEquals(8, threads.size());
        assertEquals(1, threads.stream().distinct().count());
    }
}
