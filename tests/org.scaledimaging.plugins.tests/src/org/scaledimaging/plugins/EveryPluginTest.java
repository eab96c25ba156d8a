package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Every built-in plugin gives the same bits with its default parameters, whatever the chunks, blocks and threads. */
class EveryPluginTest {
    private static final ScaledProcessingOptions OPTIONS =
            ScaledProcessingOptions.defaults().withDownsampleFactor(2);

    static Stream<String> plugins() {
        return PluginRegistry.installed().descriptions().stream().map(PluginDescription::id);
    }

    /** Two channels of a bright ball with a shading across and a texture; counts the voxels that are read. */
    private record Ball(int[] chunkShape, AtomicLong read) implements ImageSource {
        private static final int LENGTH = 30;

        Ball(int... chunkShape) {
            this(chunkShape, new AtomicLong());
        }

        @Override
        public ImageMetadata metadata() {
            return ImageMetadata.of(
                    "ball",
                    PixelType.UINT16,
                    Dimension.of(Axis.C, 2),
                    Dimension.of(Axis.Z, LENGTH - 3),
                    Dimension.of(Axis.Y, LENGTH),
                    Dimension.of(Axis.X, LENGTH + 1));
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            read.addAndGet(interval.voxels());
            long[] p = interval.mins();
            for (int i = 0; i < interval.voxels(); i++) {
                double distance = Math.hypot(Math.hypot(p[1] - 13, p[2] - 15), p[3] - 16);
                long texture = (p[1] * 7919 + p[2] * 104729 + p[3] * 1299709 + p[0] * 31) % 61;
                double value = (distance < 11 ? 800 + 12 * p[3] - 7 * p[2] : 40) + texture;
                ((short[]) target.voxels())[i] = (short) value;
                for (int d = 3; d >= 0 && ++p[d] == interval.max(d); d--) {
                    p[d] = interval.min(d);
                }
            }
        }
    }

    @Test
    void thereAreSome() {
        assertTrue(plugins().toList().containsAll(List.of("gaussian", "n4")));
    }

    /** All voxels of the result, read in blocks of some planes, bit for bit. */
    private static int[] processed(String plugin, Ball image, int threads, int planes) throws Exception {
        return processed(plugin, image, new Execution(threads, Progress.none()), OPTIONS, planes);
    }

    private static int[] processed(
            String plugin, Ball image, Execution execution, ScaledProcessingOptions options, int planes)
            throws Exception {
        Image result = Image.of(image)
                .applyScaledProcessing(PluginRegistry.installed().create(plugin, Map.of()), options, execution);
        long[] shape = result.metadata().shape();
        int plane = (int) (shape[2] * shape[3]);
        int[] bits = new int[result.metadata().interval().voxels()];
        for (long c = 0; c < shape[0]; c++) {
            for (long z = 0; z < shape[1]; z += planes) {
                long end = Math.min(shape[1], z + planes);
                for (long half = 0; half < 2; half++) { // cut along x as well
                    long from = half == 0 ? 0 : shape[3] / 3;
                    long to = half == 0 ? shape[3] / 3 : shape[3];
                    Interval part = Interval.between(new long[] {c, z, 0, from}, new long[] {c + 1, end, shape[2], to});
                    float[] voxels = (float[]) result.source().read(part).voxels();
                    int row = (int) (to - from);
                    for (int i = 0; i < part.voxels(); i++) {
                        long line = i / row; // of y within z
                        int at = (int) ((c * shape[1] + z) * plane + line * shape[3] + from + i % row);
                        bits[at] = Float.floatToRawIntBits(voxels[i]);
                    }
                }
            }
        }
        return bits;
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void chunksBlocksAndThreadsNeverChangeABit(String plugin) throws Exception {
        int[] expected = processed(plugin, new Ball(2, 27, 30, 31), 1, 27);
        assertTrue(Arrays.stream(expected).distinct().count() > 2, "a result to compare");
        int[][] chunks = {{1, 8, 8, 8}, {2, 5, 30, 3}};
        for (int variant = 0; variant < chunks.length; variant++) {
            int[] bits = processed(plugin, new Ball(chunks[variant]), 1 + 2 * variant, 4 + variant);
            assertArrayEquals(expected, bits, "chunks " + Arrays.toString(chunks[variant]));
        }
    }

    /** Low-resolution images and fields are then in a temporary file, as well as those that an estimate file brings. */
    @ParameterizedTest
    @MethodSource("plugins")
    void whatMemoryHasNoRoomForGivesTheSameBits(String plugin, @TempDir Path folder) throws Exception {
        Ball image = new Ball(1, 8, 8, 8);
        int[] expected = processed(plugin, image, 2, 9);
        Execution nothingHeld = new Execution(2, Progress.none()).withMemory(MemoryBudget.of(0));
        ScaledProcessingOptions kept = OPTIONS.withEstimateFile(folder.resolve("estimate"));
        assertArrayEquals(expected, processed(plugin, image, nothingHeld, kept, 9));
        long read = image.read().get();
        assertArrayEquals(expected, processed(plugin, image, nothingHeld, kept, 9), "from the estimate file");
        assertEquals(image.metadata().interval().voxels(), image.read().get() - read, "estimated nothing anew");

        List<int[]> levels = new ArrayList<>();
        for (Execution execution : List.of(new Execution(2, Progress.none()), nothingHeld)) {
            try (Image result = Image.of(image)
                    .applyScaledProcessing(PluginRegistry.installed().create(plugin, Map.of()), OPTIONS, execution)) {
                ImageSource low = result.source().levels().get(1);
                float[] voxels = (float[]) low.read(low.metadata().interval()).voxels();
                int[] bits = new int[voxels.length];
                Arrays.setAll(bits, i -> Float.floatToRawIntBits(voxels[i]));
                levels.add(bits);
            }
        }
        assertArrayEquals(levels.get(0), levels.get(1), "the low-resolution level");
    }

    /** A pass for the estimate reads each voxel at most once; the full-resolution step has read nothing by then. */
    @ParameterizedTest
    @MethodSource("plugins")
    void onlyThePassForTheEstimateIsMadeAtOnce(String plugin) throws Exception {
        Ball image = new Ball(1, 8, 8, 8);
        Image.of(image)
                .applyScaledProcessing(
                        PluginRegistry.installed().create(plugin, Map.of()),
                        OPTIONS,
                        new Execution(2, Progress.none()));
        assertEquals(image.metadata().interval().voxels(), image.read().get());
    }
}
