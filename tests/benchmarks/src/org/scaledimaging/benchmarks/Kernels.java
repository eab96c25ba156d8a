package org.scaledimaging.benchmarks;

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
import org.openjdk.jmh.annotations.Warmup;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.block.resample.LinearInterpolation;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/** The loops that every voxel of a block of 64³ goes through, and the Gaussian on 64³; one thread, microseconds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Kernels {
    private static final int EDGE = 64;
    private static final int SIZE = EDGE * EDGE * EDGE;
    private static final int[] BY_4 = {4, 4, 4};
    private static final int[] ONES = {1, 1, 1};

    private final GaussianBiasFieldCorrection gaussian = new GaussianBiasFieldCorrection(5);
    private final Execution oneThread = new Execution(1, Progress.none());
    private final Interval cube = Interval.ofShape(EDGE, EDGE, EDGE);
    private Block shorts;
    private Block floats;
    private Block result;
    private float[] field;
    private float[] grid;
    private LowResolutionImage low;

    @Setup
    public void fill() {
        Random random = new Random(1);
        shorts = Block.allocate(PixelType.UINT16, cube);
        for (int i = 0; i < SIZE; i++) {
            ((short[]) shorts.voxels())[i] = (short) random.nextInt(4000);
        }
        floats = shorts.convert(PixelType.FLOAT32);
        result = Block.allocate(PixelType.FLOAT32, cube);
        field = ((float[]) floats.voxels()).clone();
        grid = new float[16 * 16 * 16];
        for (int i = 0; i < grid.length; i++) {
            grid[i] = random.nextFloat();
        }
        ImageMetadata metadata = ImageMetadata.of(
                "noise",
                PixelType.FLOAT32,
                Dimension.of(Axis.Z, EDGE),
                Dimension.of(Axis.Y, EDGE),
                Dimension.of(Axis.X, EDGE));
        low = new LowResolutionImage(metadata, floats, BY_4, metadata);
    }

    @Benchmark
    public Object convertUint16ToFloat32() {
        PixelConversion.convert(PixelType.UINT16, shorts.voxels(), PixelType.FLOAT32, result.voxels(), SIZE);
        return result;
    }

    @Benchmark
    public Object blockMeansBy4OfUint16() {
        return BlockMean.downsample(shorts, BY_4, PixelType.FLOAT32);
    }

    @Benchmark
    public Object blockMeansBy2OfFloat32() {
        return BlockMean.downsample(floats, new int[] {2, 2, 2}, PixelType.FLOAT32);
    }

    @Benchmark
    public Object interpolateBy4() {
        LinearInterpolation.evaluate(
                new Block(PixelType.FLOAT32, Interval.ofShape(16, 16, 16), grid),
                BY_4,
                ONES,
                new Block(PixelType.FLOAT32, cube, field));
        return field;
    }

    @Benchmark
    public Object gaussianFullResolutionStep() {
        gaussian.highRes(floats, field, result);
        return result;
    }

    @Benchmark
    public Field gaussianLowResolutionStep() throws Exception {
        return gaussian.lowRes(low, oneThread);
    }
}
