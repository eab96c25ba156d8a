package org.scaledimaging.engine.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MortonOrderTest {

    private static List<List<Long>> walk(Interval box, boolean... interleaved) {
        List<List<Long>> cells = new ArrayList<>();
        MortonOrder.over(box, interleaved)
                .forEachRemaining(cell -> cells.add(Arrays.stream(cell).boxed().toList()));
        return cells;
    }

    @Test
    void squaresOfFourCellsComeOneAfterTheOther() {
        assertEquals(
                List.of(
                        List.of(0L, 0L),
                        List.of(0L, 1L),
                        List.of(1L, 0L),
                        List.of(1L, 1L),
                        List.of(0L, 2L),
                        List.of(1L, 2L)),
                walk(Interval.ofShape(2, 3), true, true));
    }

    @Test
    void axesLeftOutVarySlowest() {
        assertEquals(
                List.of(List.of(5L, 0L), List.of(5L, 1L), List.of(6L, 0L), List.of(6L, 1L)),
                walk(Interval.between(new long[] {5, 0}, new long[] {7, 2}), false, true));
    }

    @Test
    void everyCellOfABoxIsVisitedOnceAndInTheOrderOfTheWholeGrid() {
        Random random = new Random(2);
        boolean[] interleaved = {false, true, true, true};
        List<List<Long>> whole = walk(Interval.ofShape(2, 9, 7, 5), interleaved);
        assertEquals(2 * 9 * 7 * 5, new HashSet<>(whole).size());
        for (int round = 0; round < 50; round++) {
            long[] min = {random.nextInt(2), random.nextInt(9), random.nextInt(7), random.nextInt(5)};
            long[] max = {2, 9, 7, 5};
            for (int d = 0; d < 4; d++) {
                max[d] = min[d] + 1 + random.nextInt((int) (max[d] - min[d]));
            }
            List<List<Long>> part = walk(Interval.between(min, max), interleaved);
            Set<List<Long>> set = new HashSet<>(part);
            assertEquals(part, whole.stream().filter(set::contains).toList());
            assertEquals(Interval.between(min, max).voxels(), part.size());
        }
        assertTrue(walk(Interval.ofShape(0, 3), true, true).isEmpty());
    }
}
