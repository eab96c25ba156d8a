package org.scaledimaging.engine.execute;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is announced ahead of its turn takes no more memory than it may. */
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
