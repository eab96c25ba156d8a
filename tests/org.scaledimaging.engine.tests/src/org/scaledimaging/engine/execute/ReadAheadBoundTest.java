package org.scaledimaging.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.execute.wait.Waiting;
import org.scaledimaging.engine.web.RangesAhead;

/** Pieces that are announced ahead of their turn take no more memory than they may. */
class ReadAheadBoundTest {
    private static final int BYTES = 10;

    @Test
    void noMoreIsAnnouncedThanThereIsRoomFor() {
        List<Integer> announced = new ArrayList<>();
        List<Integer> read = new ArrayList<>();
        int most = 0;
        try (ReadAhead ahead = new ReadAhead(true, Execution.standard(), 100)) {
            Iterator<Integer> items = ahead.over(IntStream.range(0, 1000).iterator(), item -> {
                announced.add(item);
                ahead.hold(BYTES);
            });
            while (items.hasNext()) {
                read.add(items.next());
                most = Math.max(most, BYTES * (announced.size() - read.size() + 1));
                ahead.hold(-BYTES);
            }
        }
        assertEquals(IntStream.range(0, 1000).boxed().toList(), read);
        assertEquals(read, announced, "each once, in order");
        assertTrue(most > 50 && most <= 100, most + " bytes");
    }

    /** Buffers that were fetched and not read yet, of chunks that are far from each other in one file. */
    @Test
    void manyLargeChunksAtATimeAreHeldWithinTheBound() throws Exception {
        int length = 1 << 20;
        int most = 16 * length;
        AtomicLong held = new AtomicLong();
        AtomicLong largest = new AtomicLong();
        AtomicInteger now = new AtomicInteger();
        AtomicInteger together = new AtomicInteger();
        RangesAhead ranges = new RangesAhead((key, offset, bytes) -> {
            together.accumulateAndGet(now.incrementAndGet(), Math::max);
            largest.accumulateAndGet(held.addAndGet(bytes), Math::max);
            Waiting.until(
                    nanos -> {
                        Thread.sleep(5);
                        return true;
                    },
                    Long.MAX_VALUE);
            now.decrementAndGet();
            return ByteBuffer.allocate(bytes);
        });
        int read = 0;
        try (ReadAhead ahead = new ReadAhead(true, Execution.standard(), most)) {
            Iterator<Integer> items = ahead.over(
                    IntStream.range(0, 200).iterator(),
                    item -> ranges.fetch(
                            item,
                            new long[] {2L * item * length},
                            "file",
                            length,
                            at -> Optional.of(new RangesAhead.Place("file", at[0], length, Optional.empty())),
                            ahead));
            while (items.hasNext()) {
                read += ranges.take(items.next()).orElseThrow().orElseThrow().remaining();
                held.addAndGet(-length);
            }
        }
        assertEquals(200 * length, read);
        assertTrue(largest.get() <= most, largest + " bytes, at most " + most + " are allowed");
        assertTrue(together.get() > 4, together + " at once");
    }

    @Test
    void nothingIsAnnouncedOfWhatIsHere() {
        try (ReadAhead ahead = new ReadAhead(false, Execution.standard(), 100)) {
            Iterator<Integer> items = ahead.over(IntStream.range(0, 3).iterator(), item -> {
                throw new AssertionError("announced " + item);
            });
            List<Integer> read = new ArrayList<>();
            items.forEachRemaining(read::add);
            assertEquals(List.of(0, 1, 2), read);
        }
    }
}
