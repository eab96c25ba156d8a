package org.scaledimaging.engine.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Progress;

class ExactPercentilesTest {
    private static final Random RANDOM = new Random(9);

    private static double[] percentiles(double[] values, double... percentages) throws IOException {
        Block block = new Block(PixelType.FLOAT64, Interval.ofShape(values.length), values);
        return ExactPercentiles.of(number -> block, 1, Progress.none(), percentages);
    }

    @Test
    void valuesOfAllRanksAreThoseThatSortingFinds() throws IOException {
        for (int round = 0; round < 20; round++) {
            List<Block> blocks = new ArrayList<>();
            List<Double> finite = new ArrayList<>();
            for (int b = 0; b < 3; b++) {
                double[] values = new double[1 + RANDOM.nextInt(40)];
                for (int i = 0; i < values.length; i++) {
                    values[i] = switch (RANDOM.nextInt(7)) {
                        case 0 -> Double.NaN;
                        case 1 -> RANDOM.nextInt(3) - 1;
                        case 2 -> -Double.MIN_VALUE * RANDOM.nextInt(4);
                        case 3 -> RANDOM.nextGaussian() * 1e300;
                        case 4 -> RANDOM.nextBoolean() ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
                        default -> 1000 + RANDOM.nextInt(1000) / 256.0;
                    };
                    if (Double.isFinite(values[i])) {
                        finite.add(values[i]);
                    }
                }
                blocks.add(new Block(PixelType.FLOAT64, Interval.ofShape(values.length), values));
            }
            double[] sorted =
                    finite.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            double[] ranks = new double[sorted.length];
            Arrays.setAll(ranks, i -> 100.0 * i / Math.max(1, sorted.length - 1));
            double[] found = ExactPercentiles.of(blocks::get, blocks.size(), Progress.none(), ranks);
            for (int i = 0; i < sorted.length; i++) {
                // a percentage may be off by a rounding, which then mixes in that much of a neighbour
                double tolerance = Math.abs(sorted[i]) * 1e-12
                        + 1e-12
                                * Math.max(
                                        Math.abs(sorted[Math.max(0, i - 1)]),
                                        Math.abs(sorted[Math.min(sorted.length - 1, i + 1)]));
                assertEquals(sorted[i], found[i], tolerance);
            }
        }
    }

    @Test
    void betweenRanksPercentilesAreInterpolated() throws IOException {
        assertArrayEquals(new double[] {1, 1.75, 2.5, 4}, percentiles(new double[] {4, 3, 2, 1}, 0, 25, 50, 100));
    }

    @Test
    void oneValueIsAllPercentiles() throws IOException {
        assertArrayEquals(new double[] {-7, -7}, percentiles(new double[] {Double.NaN, -7}, 0, 99.5));
    }

    @Test
    void withoutValuesThereAreNone() throws IOException {
        assertTrue(Double.isNaN(percentiles(new double[] {Double.NaN, Double.POSITIVE_INFINITY}, 50)[0]));
    }
}
