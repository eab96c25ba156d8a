package org.scaledimaging.engine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GridTest {
    private final Interval region = Interval.between(new long[] {10, -3, 0}, new long[] {21, 4, 5});
    private final Grid grid = Grid.of(region, new int[] {4, 7, 2});

    private static List<List<Long>> lists(Iterator<long[]> cells) {
        List<List<Long>> all = new ArrayList<>();
        cells.forEachRemaining(cell -> all.add(Arrays.stream(cell).boxed().toList()));
        return all;
    }

    @Test
    void cellsCoverTheRegionOnceAndEndWithIt() {
        assertArrayEquals(new long[] {3, 1, 3}, grid.cells());
        assertEquals(9, grid.count());
        int voxels = 0;
        for (long[] cell : grid.inOrder()) {
            Interval interval = grid.interval(cell);
            assertTrue(region.contains(interval));
            assertEquals(grid.whole(cell).intersect(region), interval);
            assertArrayEquals(grid.cellShape(), grid.whole(cell).shape());
            voxels += interval.voxels();
        }
        assertEquals(region.voxels(), voxels);
        assertEquals(
                Interval.between(new long[] {18, -3, 4}, new long[] {21, 4, 5}), grid.interval(new long[] {2, 0, 2}));
    }

    @Test
    void numbersAreRowMajorAndLeadBack() {
        long next = 0;
        for (long[] cell : grid.inOrder()) {
            assertEquals(next, grid.number(cell));
            assertArrayEquals(cell, grid.cell(next));
            next++;
        }
        assertEquals(grid.count(), next);
    }

    @Test
    void positionsOfAnIntervalAreNumberedRowMajor() {
        List<List<Long>> positions = lists(region.positions().iterator());
        assertEquals(region.voxels(), positions.size());
        assertEquals(List.of(10L, -3L, 1L), positions.get(1));
        for (int number : new int[] {0, 4, 5, 36, region.voxels() - 1}) {
            long[] position = region.position(number);
            assertEquals(positions.get(number), Arrays.stream(position).boxed().toList());
            assertEquals(number, region.number(position));
            assertTrue(region.contains(position));
        }
        assertFalse(region.contains(new long[] {10, 4, 0}));
        assertFalse(region.contains(new long[] {10, 3}));
    }

    @Test
    void anIntervalTouchesTheCellsThatHoldItsVoxels() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            long[] min = region.mins();
            long[] max = region.maxs();
            for (int d = 0; d < 3; d++) {
                min[d] += random.nextInt((int) region.length(d));
                max[d] = min[d] + 1 + random.nextInt((int) (region.max(d) - min[d]));
            }
            Interval interval = Interval.between(min, max);
            Interval touched = grid.touching(interval);
            for (long[] cell : grid.inOrder()) {
                boolean overlaps = !grid.interval(cell).intersect(interval).isEmpty();
                assertEquals(
                        overlaps, touched.contains(Interval.at(cell, new long[] {1, 1, 1})), interval + " " + grid);
            }
            assertArrayEquals(touched.mins(), grid.cellOf(min));
        }
    }

    @Test
    void nothingTouchesNothingAndWhatIsOutsideIsRefused() {
        Interval nothing = grid.touching(Interval.between(new long[] {12, 0, 1}, new long[] {15, 0, 2}));
        assertFalse(nothing.positions().iterator().hasNext());
        assertThrows(
                IllegalArgumentException.class,
                () -> grid.touching(Interval.between(new long[] {9, 0, 1}, new long[] {15, 1, 2})));
        assertThrows(IllegalArgumentException.class, () -> Grid.of(region, new int[] {4, 0, 2}));
        assertThrows(IllegalArgumentException.class, () -> Grid.of(region, new int[] {4, 2}));
    }

    @Test
    void emptyRegionsHaveNoCells() {
        Grid empty = Grid.of(Interval.ofShape(4, 0), new int[] {3, 3});
        assertArrayEquals(new long[] {2, 0}, empty.cells());
        assertEquals(0, empty.count());
        assertFalse(empty.inOrder().iterator().hasNext());
    }

    @Test
    void sizesBeyondIntAreCountedRight() {
        Grid wide = Grid.of(Interval.ofShape(5_000_000_001L, 7_000_000_000L), new long[] {1000, 1 << 30});
        assertArrayEquals(new long[] {5_000_001, 7}, wide.cells());
        assertEquals(35_000_007, wide.count());
        long[] last = wide.cell(wide.count() - 1);
        assertArrayEquals(new long[] {5_000_000, 6}, last);
        assertEquals(
                Interval.between(new long[] {5_000_000_000L, 6L << 30}, new long[] {5_000_000_001L, 7_000_000_000L}),
                wide.interval(last));
        assertArrayEquals(last, wide.cellOf(new long[] {5_000_000_000L, 6_999_999_999L}));
        Grid whole = Grid.of(Interval.ofShape(5, 6), new long[] {Long.MAX_VALUE, 1});
        assertEquals(Interval.between(new long[] {0, 5}, new long[] {5, 6}), whole.interval(new long[] {0, 5}));
        Grid huge = Grid.of(Interval.ofShape(Long.MAX_VALUE, 2), new long[] {1, 1});
        assertThrows(ArithmeticException.class, huge::count);
    }

    @Test
    void mortonOrderIsThatOfTheCellsIndices() {
        boolean[] interleaved = {true, false, true};
        assertEquals(
                lists(MortonOrder.over(Interval.ofShape(3, 1, 3), interleaved)),
                lists(grid.inMortonOrder(interleaved)));
        assertEquals(
                List.of(List.of(0L, 0L, 0L), List.of(0L, 0L, 1L), List.of(1L, 0L, 0L), List.of(1L, 0L, 1L)),
                lists(grid.inMortonOrder(interleaved)).subList(0, 4));
    }

    @Test
    void lengthsAreCoveredByWholeCells() {
        assertEquals(0, Grid.covering(0, 4));
        assertEquals(1, Grid.covering(1, 4));
        assertEquals(2, Grid.covering(8, 4));
        assertEquals(3, Grid.covering(9, 4));
        assertEquals(1, Grid.covering(Long.MAX_VALUE, Long.MAX_VALUE));
    }
}
