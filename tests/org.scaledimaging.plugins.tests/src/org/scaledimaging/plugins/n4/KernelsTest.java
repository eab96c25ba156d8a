package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.statistics.OtsuMask;
import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.SplineAxis;
import org.scaledimaging.plugins.n4.spline.SplineTaps;

/** The parts of an iteration, each against the plain formula. */
class KernelsTest {

    @Test
    void theTransformIsTheSumItShouldBe() {
        int size = 16;
        Random random = new Random(1);
        double[] real = random.doubles(size).toArray();
        double[] imaginary = random.doubles(size).toArray();
        double[] transformed = real.clone();
        double[] transformedImaginary = imaginary.clone();
        Fourier fourier = new Fourier(size);
        fourier.forward(transformed, transformedImaginary);
        for (int k = 0; k < size; k++) {
            double re = 0;
            double im = 0;
            for (int n = 0; n < size; n++) {
                double angle = -2 * Math.PI * k * n / size;
                re += real[n] * Math.cos(angle) - imaginary[n] * Math.sin(angle);
                im += real[n] * Math.sin(angle) + imaginary[n] * Math.cos(angle);
            }
            assertEquals(re, transformed[k], 1e-12);
            assertEquals(im, transformedImaginary[k], 1e-12);
        }
        fourier.backward(transformed, transformedImaginary);
        for (int n = 0; n < size; n++) {
            assertEquals(real[n] * size, transformed[n], 1e-12);
            assertEquals(imaginary[n] * size, transformedImaginary[n], 1e-12);
        }
        assertThrows(IllegalArgumentException.class, () -> new Fourier(12));
    }

    @Test
    void sharpeningDrawsAPeakTogetherAndLeavesEmptyBinsAlone() {
        double[] histogram = new double[200];
        for (int bin = 0; bin < 200; bin++) {
            histogram[bin] = Math.round(1000 * Math.exp(-0.5 * Math.pow((bin - 60) / 4.0, 2)));
        }
        double[] expected = new double[200];
        new HistogramSharpening(200, 0.15, 0.01).expectation(histogram, 1, 0.02, expected);
        assertTrue(expected[56] > 1 + 56 * 0.02 + 0.01, "from below towards the peak: " + expected[56]);
        assertTrue(expected[64] < 1 + 64 * 0.02 - 0.01, "from above towards the peak: " + expected[64]);
        assertEquals(1 + 60 * 0.02, expected[60], 1e-3);
        assertEquals(1 + 190 * 0.02, expected[190], 1e-9);
    }

    /** Lee, Wolberg and Shin's formula, control point by control point, against the contractions. */
    @Test
    void theFitIsTheApproximationOfLeeWolbergAndShin() {
        SplineAxis[] axes = {axis(7, 2), axis(5, 1), axis(6, 2)};
        Random random = new Random(2);
        float[] voxels = new float[7 * 5 * 6];
        float[] weights = new float[voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = 1 + random.nextFloat();
            weights[i] = random.nextInt(4) / 3f;
        }
        FitSamples samples = FitSamples.of(axes, voxels, null, weights);
        SampledLogField state = new SampledLogField(samples);
        ControlPoints points = ControlPoints.zero(axes);
        Residual residual = new Residual(new HistogramSharpening(200, 0.15, 0.01));
        double[] histogram = residual.histogram();
        residual.span(state.lowest(), state.highest());
        for (int i = 0; i < samples.count(); i++) {
            residual.count(state.corrected(i), histogram);
        }
        residual.sharpen(histogram);
        double[] delta = new double[points.values().length];
        double[] omega = new double[delta.length];
        SplineTaps[] taps = {axes[0].sampleTaps(), axes[1].sampleTaps(), axes[2].sampleTaps()};
        for (int i = 0; i < voxels.length; i++) {
            if (weights[i] > 0) {
                scatter(taps, points.shape(), i, weights[i], residual.at((float) Math.log(voxels[i])), delta, omega);
            }
        }
        try (Team team = new Team(1)) {
            Fit fit = new Fit(axes, points, state, team);
            fit.project(residual);
            fit.add();
        }
        for (int c = 0; c < delta.length; c++) {
            assertEquals(omega[c] > 2e-8 ? delta[c] / omega[c] : 0, points.values()[c], 1e-7, "control point " + c);
        }
    }

    private static SplineAxis axis(int length, int spans) {
        return SplineAxis.of(Volumes.metadata(length, length).dimensions().get(0), 1, length, spans, 0, 1, 1);
    }

    private static void scatter(
            SplineTaps[] taps, int[] shape, int voxel, double weight, double value, double[] delta, double[] omega) {
        int[] place = {voxel / 30, voxel / 6 % 5, voxel % 6};
        double sum = 0;
        for (boolean add : new boolean[] {false, true}) {
            for (int k = 0; k < 64; k++) {
                int[] tap = {k / 16, k / 4 % 4, k % 4};
                double product = 1;
                int at = 0;
                for (int d = 0; d < 3; d++) {
                    product *= taps[d].weights()[4 * place[d] + tap[d]];
                    at = at * shape[d] + taps[d].first()[place[d]] + tap[d];
                }
                if (add) {
                    delta[at] += weight * Math.pow(product, 3) * value / sum;
                    omega[at] += weight * product * product;
                } else {
                    sum += product * product;
                }
            }
        }
    }

    @Test
    void bothWaysToMeasureConvergenceAgree() {
        Random random = new Random(4);
        float[] ratios = new float[5000];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = (float) (1.02 + 0.01 * random.nextGaussian());
        }
        double moments = Convergence.moments(ratios);
        assertEquals(0.01, moments, 5e-4);
        assertEquals(moments, Convergence.recurrence(ratios), 1e-2 * moments);
        Convergence single = new Convergence();
        single.measure(new float[1]);
        assertEquals(0, single.value());
    }

    @Test
    void otsuSplitsTwoPeaks() {
        float[] voxels = new float[1000];
        Random random = new Random(6);
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (float) ((i % 3 == 0 ? 100 : 20) + 5 * random.nextGaussian());
        }
        double threshold = OtsuMask.threshold(voxels);
        for (int i = 0; i < voxels.length; i++) {
            assertEquals(i % 3 == 0, voxels[i] > threshold, voxels[i] + " and the threshold " + threshold);
        }
        voxels[0] = Float.NaN;
        voxels[1] = Float.NEGATIVE_INFINITY;
        assertEquals(threshold, OtsuMask.threshold(voxels), 5);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void aTeamDoesEachTaskOnceAndTellsOfFailure(int members) {
        try (Team team = new Team(members)) {
            for (int round = 0; round < 200; round++) {
                AtomicIntegerArray done = new AtomicIntegerArray(17);
                team.run(17, (task, member) -> done.incrementAndGet(task));
                for (int task = 0; task < 17; task++) {
                    assertEquals(1, done.get(task));
                }
            }
            int[] beside = new int[1];
            for (int round = 0; round < 200; round++) {
                team.start(() -> beside[0]++);
                team.run(5, (task, member) -> assertTrue(member < members));
                team.join();
                assertEquals(round + 1, beside[0]);
            }
            assertThrows(
                    IllegalStateException.class,
                    () -> team.run(9, (task, member) -> {
                        throw new IllegalStateException("task " + task);
                    }));
        }
    }
}
