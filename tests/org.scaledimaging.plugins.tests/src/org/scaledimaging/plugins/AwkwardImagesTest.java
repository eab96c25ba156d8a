package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Every plugin copes with awkward images and keeps its promises. */
class AwkwardImagesTest {
    private static final Path BRAIN = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");

    /** @param ofConstant what an image that is 60 everywhere becomes */
    record Way(String plugin, Map<String, ?> parameters, double ofConstant) {
        @Override
        public String toString() {
            return plugin + " " + parameters;
        }
    }

    static List<Way> ways() {
        return List.of(
                new Way("background", Map.of("method", "gaussian", "sigma", 2), 0),
                new Way("background", Map.of("method", "opening", "radius", 3), 0),
                new Way("guided-filter", Map.of("radius", 2), 60),
                new Way("normalize", Map.of("outputMin", 5, "outputMax", 9), 5),
                new Way("normalize", Map.of("scope", "image", "clamp", true), 0),
                new Way("segmentation-cleaner", Map.of(), 60));
    }

    private static float[] process(Way way, String axes, float[] voxels, int factor, long... shape) throws Exception {
        ArraySource image = ArraySource.of(axes, PixelType.FLOAT32, voxels, shape);
        return (float[]) Processing.whole(Processing.of(image, way.plugin, way.parameters, 2, factor))
                .voxels();
    }

    private static float[] random(int size) {
        Random random = new Random(size);
        float[] voxels = new float[size];
        for (int i = 0; i < size; i++) {
            voxels[i] = random.nextInt(200);
        }
        return voxels;
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anImageThatIsTheSameEverywhereStaysSo(Way way) throws Exception {
        float[] voxels = new float[8 * 7 * 9];
        Arrays.fill(voxels, 60);
        for (float voxel : process(way, "zyx", voxels, 2, 8, 7, 9)) {
            assertEquals(way.ofConstant, voxel, 1e-4);
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anImageOfZeroesIsAMaskOfNothing(Way way) throws Exception {
        double expected = way.parameters.containsKey("outputMin") ? 5 : 0;
        for (float voxel : process(way, "zyx", new float[6 * 6 * 6], 3, 6, 6, 6)) {
            assertEquals(expected, voxel);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"background", "gaussian", "guided-filter", "n4", "normalize", "segmentation-cleaner"})
    void aThinStackIsProcessedWithTheFactorForAllAxes(String plugin) throws Exception {
        Way way = new Way(plugin, Map.of(), 0);
        for (int z : new int[] {1, 2, 3}) {
            float[] voxels = random(z * 12 * 12);
            float[] found = process(way, "zyx", voxels, 4, z, 12, 12);
            for (int i = 0; i < voxels.length; i++) {
                assertTrue(Float.isFinite(found[i]), z + " planes, at " + i);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void anImageWithoutAFiniteVoxelStaysAsItIs(Way way) throws Exception {
        float[] voxels = new float[4 * 5 * 6];
        Arrays.fill(voxels, Float.NaN);
        voxels[0] = Float.POSITIVE_INFINITY;
        voxels[119] = Float.NEGATIVE_INFINITY;
        assertArrayEquals(voxels, process(way, "zyx", voxels, 2, 4, 5, 6));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void whatIsNotFiniteStaysAndSpoilsNothing(Way way) throws Exception {
        float[] voxels = random(9 * 8 * 10);
        Random random = new Random(1);
        for (int i = 0; i < voxels.length; i += 1 + random.nextInt(5)) {
            voxels[i] = new float[] {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY}[random.nextInt(3)];
        }
        for (int factor : new int[] {1, 2, 4}) {
            float[] found = process(way, "zyx", voxels, factor, 9, 8, 10);
            for (int i = 0; i < voxels.length; i++) {
                if (Float.isFinite(voxels[i])) {
                    assertTrue(Float.isFinite(found[i]), "at " + i);
                } else {
                    assertEquals(voxels[i], found[i]);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aSliceIsProcessedLikeAVolumeOfOneSlice(Way way) throws Exception {
        float[] voxels = random(9 * 10);
        assertArrayEquals(
                process(way, "zyx", voxels, 2, 1, 9, 10), process(way, "yx", voxels, 2, 9, 10), "a single slice");
        assertEquals(1, process(way, "yx", new float[] {7}, 1, 1, 1).length);
        assertEquals(3, process(way, "zyx", new float[] {7, 8, 200}, 1, 3, 1, 1).length);
        assertEquals(3, process(way, "zyx", new float[] {7, 8, 200}, 3, 1, 1, 3).length);
    }

    @ParameterizedTest
    @MethodSource("ways")
    void widthsAreInLowResolutionVoxelsWhateverTheirSize(Way way) throws Exception {
        float[] voxels = random(8 * 9 * 10);
        ArraySource flat =
                ArraySource.of("zyx", PixelType.FLOAT32, voxels, new long[] {8, 9, 10}, new double[] {5, 1, 0.25});
        assertArrayEquals(process(way, "zyx", voxels, 2, 8, 9, 10), (float[])
                Processing.whole(Processing.of(flat, way.plugin, way.parameters, 2, 2))
                        .voxels());
    }

    @ParameterizedTest
    @MethodSource("ways")
    void aCorrectedImageIsOpenedAgainToTheBit(Way way, @TempDir Path folder) throws Exception {
        ScaledProcessingPlugin plugin = PluginRegistry.installed().create(way.plugin, way.parameters);
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults();
        try (Image image = Image.open(BRAIN);
                Image once = image.applyScaledProcessing(
                        plugin, options.withEstimateFile(folder.resolve("first")), Execution.standard());
                Image twice = once.applyScaledProcessing(
                        plugin, options.withEstimateFile(folder.resolve("second")), Execution.standard());
                Image again = Image.fromJson(twice.toJson(folder), folder, Execution.standard());
                Image anew = Image.fromJson(twice.toJson(), Execution.standard())) {
            assertTrue(twice.toJson(folder).contains("\"estimate\":\"second\""), twice.toJson(folder));
            double[] expected = Processing.doubles(twice.source());
            assertArrayEquals(expected, Processing.doubles(again.source()));
            assertArrayEquals(expected, Processing.doubles(anew.source()));
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void theLowResolutionStepStopsWithinASecond(Way way) throws Exception {
        int edge = 128;
        ArraySource image = ArraySource.of("czyx", PixelType.FLOAT32, random(edge * edge * edge), 1, edge, edge, edge);
        ScaledProcessingPlugin plugin = PluginRegistry.installed().create(way.plugin, way.parameters);
        ScaledProcessingOptions options =
                ScaledProcessingOptions.defaults().withDownsampleFactor(1).withChunkSize(64);
        for (double stopAt : new double[] {0.71, 0.8, 0.91}) {
            Stop stop = new Stop(stopAt);
            assertThrows(
                    CancellationException.class,
                    () -> ScaledProcessing.apply(image, plugin, options, new Execution(2, stop)));
            long milliseconds = (System.nanoTime() - stop.since) / 1_000_000;
            assertTrue(milliseconds < 1000, milliseconds + " ms after it was told at " + stopAt);
        }
    }

    /** Cancels once a part of the work is done. */
    private static final class Stop implements Progress {
        private final double at;
        private volatile long since;

        Stop(double at) {
            this.at = at;
        }

        @Override
        public void report(double fraction, String message) {
            if (fraction >= at && since == 0) {
                since = System.nanoTime();
            }
        }

        @Override
        public boolean isCancelled() {
            return since != 0;
        }
    }
}
