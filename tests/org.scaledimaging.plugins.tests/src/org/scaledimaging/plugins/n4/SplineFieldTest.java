package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.SplineAxis;
import org.scaledimaging.plugins.n4.spline.SplineTaps;

/** Evaluating the spline at other resolutions, and its geometry. */
class SplineFieldTest {
    private static final int[] FACTORS = {4, 3, 5};
    private static final long[] FULL = {37, 30, 44};

    private static SplineAxis[] axes(int spans) {
        SplineAxis[] axes = new SplineAxis[3];
        for (int d = 0; d < 3; d++) {
            Dimension low =
                    Volumes.metadata(FULL).downsampled(FACTORS).dimensions().get(d);
            axes[d] = SplineAxis.of(low, FACTORS[d], FULL[d], spans, 0, 1, 1);
        }
        return axes;
    }

    private static ControlPoints random(SplineAxis[] axes, double size) {
        ControlPoints points = ControlPoints.zero(axes);
        Random random = new Random(3);
        for (int i = 0; i < points.values().length; i++) {
            points.values()[i] = size * (2 * random.nextDouble() - 1);
        }
        return points;
    }

    @ParameterizedTest
    @CsvSource({"0.3, 1, 1, 1", "0.3, 4, 3, 5", "0.3, 2, 1, 3", "7, 1, 1, 1", "300, 1, 1, 1"})
    void aValueDependsOnItsPositionAlone(double size, int z, int y, int x) {
        SplineAxis[] axes = axes(3);
        SplineField field = SplineField.of(axes, random(axes, size), FACTORS);
        int[] steps = {z, y, x};
        Interval whole = Interval.ofShape((FULL[0] + z - 1) / z, (FULL[1] + y - 1) / y, (FULL[2] + x - 1) / x);
        float[] floats = new float[whole.voxels()];
        double[] doubles = new double[whole.voxels()];
        field.evaluate(0, steps, new Block(PixelType.FLOAT32, whole, floats));
        field.evaluate(0, steps, new Block(PixelType.FLOAT64, whole, doubles));
        for (int i = 0; i < floats.length; i++) {
            assertEquals((float) doubles[i], floats[i]);
            assertTrue(floats[i] > 0 && floats[i] <= Float.MAX_VALUE, "a field of " + floats[i]);
        }
        Random random = new Random(5);
        for (int trial = 0; trial < 50; trial++) {
            long[] min = new long[3];
            long[] max = new long[3];
            for (int d = 0; d < 3; d++) {
                min[d] = random.nextInt((int) whole.length(d));
                max[d] = min[d] + 1 + random.nextInt((int) (whole.length(d) - min[d]));
            }
            Interval part = Interval.between(min, max);
            double[] values = new double[part.voxels()];
            field.evaluate(0, steps, new Block(PixelType.FLOAT64, part, values));
            int at = 0;
            for (long a = min[0]; a < max[0]; a++) {
                for (long b = min[1]; b < max[1]; b++) {
                    for (long c = min[2]; c < max[2]; c++) {
                        assertEquals(doubles[(int) ((a * whole.length(1) + b) * whole.length(2) + c)], values[at++]);
                    }
                }
            }
        }
    }

    @Test
    void theExponentialIsTheExponential() {
        double[] values = {0, 1e-9, -0.1, 0.124, 0.126, -0.9, 1, -1, 1.0001, -5, 79, -79, 500, -500};
        double[] expected = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            expected[i] = Math.exp(Math.max(-80, Math.min(80, values[i])));
        }
        double[] lessOne = values.clone();
        Exponential.minusOne(lessOne, lessOne.length);
        for (int i = 0; i < values.length; i++) {
            assertEquals(Math.expm1(values[i]), lessOne[i], 1e-15 * Math.abs(Math.expm1(values[i])));
            double[] alone = {values[i], 1000};
            Exponential.minusOne(alone, 1);
            assertEquals(lessOne[i], alone[0]); // the same bits whatever stands beside it
            assertEquals(1000, alone[1]);
        }
        Exponential.apply(values, values.length, 500);
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], values[i], 4e-15 * expected[i]);
        }
    }

    @Test
    void refiningLeavesTheSplineAsItIs() {
        SplineAxis[] axes = axes(2);
        ControlPoints points = random(axes, 0.3);
        SplineAxis[] finer = axes.clone();
        Arrays.setAll(finer, d -> axes[d].refined());
        double[] before = new double[(int) (FULL[0] * FULL[1] * FULL[2])];
        double[] after = before.clone();
        int[] steps = {1, 1, 1};
        SplineField.of(axes, points, FACTORS)
                .evaluate(0, steps, new Block(PixelType.FLOAT64, Interval.ofShape(FULL), before));
        SplineField.of(finer, points.refined(), FACTORS)
                .evaluate(0, steps, new Block(PixelType.FLOAT64, Interval.ofShape(FULL), after));
        assertArrayEquals(before, after, 1e-5); // the last voxel stands a thousandth of a voxel inside the domain
        assertArrayEquals(new int[] {7, 7, 7}, points.refined().shape());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void theDomainReachesFromTheFirstToTheLastFullResolutionVoxel(int factor) {
        Dimension low = Volumes.metadata(40, 40, 40)
                .downsampled(new int[] {factor, factor, factor})
                .dimensions()
                .get(0);
        SplineAxis axis = SplineAxis.of(low, factor, 40, 3, 0, 1, 1);
        SplineTaps taps = axis.taps(0, 40, factor, 1);
        assertEquals(0, taps.first()[0]);
        assertEquals(1.0 / 6, taps.weights()[0], 1e-12, "the first voxel stands at the domain's start");
        assertEquals(2, taps.first()[39]);
        double end = Math.max(39, (low.length() - 1) * factor + (factor - 1) / 2.0);
        double position = 2 + Math.cbrt(6 * taps.weights()[4 * 39 + 3]);
        assertEquals(3 * 39 / end, position, 5e-3, "the last voxel stands at its end");
        // Low-resolution voxels lie where their centres are among the full-resolution voxels.
        SplineTaps coarse = axis.taps(0, 1, factor, factor);
        double centre = 3 * (factor - 1) / 2.0 / end;
        assertEquals(Math.pow(1 - centre, 3) / 6, coarse.weights()[0], 1e-3);
    }

    @Test
    void theFieldIsSmoothToTheLastVoxel() {
        SplineAxis[] axes = axes(1);
        ControlPoints points = ControlPoints.zero(axes);
        int[] shape = points.shape();
        for (int i = 0; i < points.values().length; i++) {
            points.values()[i] = 0.1 * (i % shape[2]); // along x a straight line in the log
        }
        double[] line = new double[(int) FULL[2]];
        SplineField.of(axes, points, FACTORS)
                .evaluate(
                        0,
                        new int[] {1, 1, 1},
                        new Block(PixelType.FLOAT64, Interval.between(new long[3], new long[] {1, 1, FULL[2]}), line));
        double slope = Math.log(line[20] / line[19]);
        for (int i = 1; i < line.length - 1; i++) {
            assertEquals(slope, Math.log(line[i] / line[i - 1]), 1e-9, "at " + i);
        }
        assertTrue(slope > 0, "a line that rises");
    }
}
