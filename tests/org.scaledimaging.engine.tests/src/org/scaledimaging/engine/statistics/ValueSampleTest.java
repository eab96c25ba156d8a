package org.scaledimaging.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.FormulaSource;

class ValueSampleTest {
    private static final FormulaSource IMAGE = FormulaSource.of(
            "tcyx",
            PixelType.FLOAT32,
            new long[] {6, 2, 100, 90},
            position -> position[3] == 1
                    ? Double.NaN
                    : 1e6 * position[1] + 10_000 * position[0] + 100 * position[2] + position[3]);

    @Test
    void aSmallChannelIsTakenWhole() throws Exception {
        ValueSample all = ValueSample.of(IMAGE, 1, 6 * 100 * 90, Execution.standard());
        double[] values = all.values();
        assertEquals(6 * 100 * 89, values.length);
        assertEquals(1e6, all.minimum());
        assertEquals(1e6 + 59_989, all.maximum());
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        assertArrayEquals(sorted, values);
        assertEquals(
                values[values.length / 2], all.percentile(100.0 * (values.length / 2) / (values.length - 1)), 1e-3);
    }

    @Test
    void aLargeOneIsSampledEvenlyAndWithinBounds() throws Exception {
        int most = 5000;
        ValueSample some = ValueSample.of(IMAGE, 0, most, Execution.standard());
        double[] values = some.values();
        assertTrue(values.length <= most && values.length > most / 2, () -> "took " + values.length);
        for (int percent : new int[] {10, 30, 50, 70, 90}) {
            assertEquals(60_000 * percent / 100.0, some.percentile(percent), 5000);
        }
        ValueSample again = ValueSample.of(IMAGE, 0, most, new Execution(1, Progress.none()));
        assertArrayEquals(values, again.values());
    }
}
