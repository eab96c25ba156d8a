package org.scaledimaging.engine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class AxisOrderTest {
    private final AxisOrder order = AxisOrder.of(2, 0, 1);

    @Test
    void axesComeFromWhereTheOrderSays() {
        assertEquals(3, order.axes());
        assertEquals(2, order.source(0));
        assertArrayEquals(new int[] {30, 10, 20}, order.apply(new int[] {10, 20, 30}));
        assertArrayEquals(new long[] {30, 10, 20}, order.apply(new long[] {10, 20, 30}));
        assertEquals(List.of("x", "z", "y"), order.apply(List.of("z", "y", "x")));
        assertEquals(
                Interval.between(new long[] {3, 1, 2}, new long[] {9, 7, 8}),
                order.apply(Interval.between(new long[] {1, 2, 3}, new long[] {7, 8, 9})));
    }

    @Test
    void theInverseLeadsBack() {
        assertEquals(List.of("z", "y", "x"), order.inverse().apply(order.apply(List.of("z", "y", "x"))));
        assertTrue(order.then(order.inverse()).isUnchanged());
        assertFalse(order.isUnchanged());
        assertEquals(AxisOrder.unchanged(3), order.then(order).then(order));
    }

    @Test
    void oneOrderAfterAnotherIsBothInTurn() {
        AxisOrder next = AxisOrder.of(1, 0, 2);
        List<String> axes = List.of("z", "y", "x");
        assertEquals(next.apply(order.apply(axes)), order.then(next).apply(axes));
    }

    @Test
    void sortingKeepsEqualAxesAsTheyAre() {
        List<String> axes = List.of("x", "time", "y", "channel");
        AxisOrder longestFirst = AxisOrder.sorting(axes, Comparator.comparing((String name) -> -name.length()));
        assertEquals(List.of("channel", "time", "x", "y"), longestFirst.apply(axes));
    }

    @Test
    void reversedPutsTheLastAxisFirst() {
        assertArrayEquals(new long[] {3, 2, 1}, AxisOrder.reversed(3).apply(new long[] {1, 2, 3}));
        assertEquals(AxisOrder.reversed(3), AxisOrder.reversed(3).inverse());
    }

    @Test
    void eachAxisHasToBeThereOnce() {
        assertThrows(IllegalArgumentException.class, () -> AxisOrder.of(0, 0));
        assertThrows(IllegalArgumentException.class, () -> AxisOrder.of(1, 2));
        assertThrows(IllegalArgumentException.class, () -> AxisOrder.of(-1, 0));
    }

    @Test
    void ordersOfOtherAxesDoNotFollow() {
        assertThrows(IllegalArgumentException.class, () -> AxisOrder.of(2, 0, 1).then(AxisOrder.of()));
        assertThrows(IllegalArgumentException.class, () -> AxisOrder.of(1, 0).then(AxisOrder.of(0, 1, 2)));
    }
}
