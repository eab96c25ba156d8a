package org.scaledimaging.plugins.n4;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.SplineAxis;

/**
 * The parts of an N4 iteration on a volume of 64³ voxels, all of them in the mask, with 19³ control points (the fourth
 * level of a mesh of 2×2×2); and the evaluation of the field over a full-resolution block of 64³. One thread,
 * microseconds.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class N4Kernels {
    private static final int EDGE = 64;
    private static final int SPANS = 16;

    private final HistogramSharpening sharpening = new HistogramSharpening(200, 0.15, 0.01);
    private final double[] expected = new double[200];
    private final float[] block = new float[EDGE * EDGE * EDGE];
    private final Team team = new Team(1);
    private double[] histogram;
    private FitSamples samples;
    private SampledLogField state;
    private Residual residual;
    private Fit fit;
    private SplineField field;

    @Setup
    public void fill() {
        Random random = new Random(1);
        float[] voxels = new float[EDGE * EDGE * EDGE];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = (float) (((i / 7) % 3 == 0 ? 60 : 110) + 6 * random.nextGaussian());
        }
        SplineAxis axis = SplineAxis.of(Dimension.of(Axis.X, EDGE), 1, EDGE, SPANS, 0, 1, 1);
        SplineAxis[] axes = {axis, axis, axis};
        samples = FitSamples.of(axes, voxels, null, null);
        state = new SampledLogField(samples);
        residual = new Residual(sharpening);
        histogram = residual.histogram();
        residual.span(state.lowest(), state.highest());
        countSamples();
        residual.sharpen(histogram);
        ControlPoints points = ControlPoints.zero(axes);
        fit = new Fit(axes, points, state, team);
        projectResiduals();
        fit.add();
        SplineAxis coarse = SplineAxis.of(Dimension.of(Axis.X, EDGE), 4, 4 * EDGE, SPANS, 0, 1, 1);
        field = SplineField.of(new SplineAxis[] {coarse, coarse, coarse}, points, new int[] {4, 4, 4});
    }

    @TearDown
    public void close() {
        team.close();
    }

    /** Every voxel into the histogram. */
    @Benchmark
    public double[] countSamples() {
        java.util.Arrays.fill(histogram, 0);
        for (int i = 0; i < samples.count(); i++) {
            residual.count(state.corrected(i), histogram);
        }
        return histogram;
    }

    /** From the histogram to the expectation of each bin: five transforms of 512. */
    @Benchmark
    public double[] sharpenHistogram() {
        sharpening.expectation(histogram, 3.5, 0.01, expected);
        return expected;
    }

    /** Residuals, and the contraction that is most of the fit. */
    @Benchmark
    public Object projectResiduals() {
        fit.project(residual);
        return fit;
    }

    /** The rest of the fit, and the new field at every voxel. */
    @Benchmark
    public Object addAndEvaluate() {
        fit.add();
        return fit;
    }

    @Benchmark
    public double convergence() {
        return Convergence.recurrence(state.ratios());
    }

    /** The field over a block, as the full-resolution step gets it. */
    @Benchmark
    public float[] evaluateField() {
        field.evaluate(
                0,
                new int[] {1, 1, 1},
                new Block(PixelType.FLOAT32, Interval.at(new long[] {64, 64, 64}, new long[] {64, 64, 64}), block));
        return block;
    }
}
