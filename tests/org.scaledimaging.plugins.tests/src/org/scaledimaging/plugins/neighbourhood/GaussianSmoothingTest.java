package org.scaledimaging.plugins.neighbourhood;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;

class GaussianSmoothingTest {
    private static final Execution THREADS = new Execution(3, Progress.none());

    private static Block noise(PixelType type, boolean missing, long... shape) {
        Random random = new Random(3);
        double[] values = new double[Interval.ofShape(shape).voxels()];
        for (int i = 0; i < values.length; i++) {
            boolean inRow = i % shape[2] > 20 && i % shape[2] < 45;
            boolean hole = missing && (i % 37 == 5 || inRow || i < values.length / 3 && i > values.length / 8);
            values[i] = hole ? (i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY) : 100 * random.nextGaussian();
        }
        return new Block(PixelType.FLOAT64, Interval.ofShape(shape), values).convert(type);
    }

    private static double[] smooth(Block block, double sigma, Boundary boundary, long room, List<Double> changes)
            throws Exception {
        GaussianSmoothing.smooth(
                block,
                sigma,
                boundary,
                THREADS,
                (before, after) -> {
                    if (Double.isFinite(before)) {
                        changes.add(before);
                        changes.add(after);
                    }
                },
                room);
        return (double[]) block.convert(PixelType.FLOAT64).voxels();
    }

    /** Slabs are then as thin as the filter allows, instead of one that is everything. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT32, 60, 7, 9, false",
        "FLOAT32, 60, 7, 9, true",
        "FLOAT64, 1, 60, 9, true",
        "FLOAT32, 1, 1, 100, false",
        "FLOAT64, 33, 20, 1, false",
        "FLOAT32, 5, 90, 11, true", // cut along the second axis, the third, and behind one that is 1
        "FLOAT64, 5, 90, 11, false",
        "FLOAT32, 4, 9, 70, false",
        "FLOAT64, 4, 9, 70, true",
        "FLOAT32, 1, 8, 70, true"
    })
    void whatIsComputedAtOnceNeverChangesABit(PixelType type, long z, long y, long x, boolean missing)
            throws Exception {
        for (Boundary boundary : Boundary.values()) {
            List<Double> changesAtOnce = new ArrayList<>();
            List<Double> changes = new ArrayList<>();
            double[] atOnce = smooth(noise(type, missing, z, y, x), 1.6, boundary, Long.MAX_VALUE / 64, changesAtOnce);
            assertArrayEquals(atOnce, smooth(noise(type, missing, z, y, x), 1.6, boundary, 0, changes), "" + boundary);
            assertArrayEquals(changesAtOnce.toArray(), changes.toArray(), "" + boundary);
        }
    }
}
