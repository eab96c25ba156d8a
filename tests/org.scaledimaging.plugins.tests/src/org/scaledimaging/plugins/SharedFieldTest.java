package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** One field for the volumes of a series, and masks, with the plugins that there are. */
class SharedFieldTest {
    private static final int TIMES = 12;
    private static final int[] SHAPE = {8, 16, 20};
    private static final int VOLUME = 8 * 16 * 20;

    /** A bright ellipsoid with structure in a dark surrounding, under a smooth bias, with noise that changes in time. */
    private static float[] series() {
        Random random = new Random(7);
        float[] voxels = new float[TIMES * VOLUME];
        for (int t = 0; t < TIMES; t++) {
            for (int i = 0; i < VOLUME; i++) {
                double bias = 1 + 0.5 * Math.cos(0.15 * (i % 20)) + 0.2 * Math.sin(0.2 * (i / 20 % 16));
                double structure = 400 + 150 * ((i % 20 / 4 + i / 20 % 16 / 4) % 2);
                voxels[t * VOLUME + i] =
                        (float) ((isInside(i) ? structure : 20) * bias + 12 * random.nextGaussian() + 60);
            }
        }
        return voxels;
    }

    private static boolean isInside(int i) {
        double z = (i / 320 - 3.5) / 4;
        double y = (i / 20 % 16 - 7.5) / 7;
        double x = (i % 20 - 9.5) / 9;
        return z * z + y * y + x * x < 1;
    }

    private static ImageSource image(float[] voxels) {
        Dimension[] dimensions = {
            Dimension.of(Axis.T, voxels.length / VOLUME),
            Dimension.of(Axis.Z, SHAPE[0]),
            Dimension.of(Axis.Y, SHAPE[1]),
            Dimension.of(Axis.X, SHAPE[2])
        };
        ImageMetadata metadata = ImageMetadata.of("series", PixelType.FLOAT32, dimensions);
        Block block = new Block(PixelType.FLOAT32, metadata.interval(), voxels);
        return new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return new int[] {1, 8, 8, 8};
            }

            @Override
            public void read(Block target) {
                target.copyFrom(block);
            }
        };
    }

    /** The mean of mean over standard deviation in time, of the voxels inside. */
    private static double temporalSnr(double[] voxels) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < VOLUME; i++) {
            if (isInside(i)) {
                double mean = 0;
                for (int t = 0; t < TIMES; t++) {
                    mean += voxels[t * VOLUME + i] / TIMES;
                }
                double variance = 0;
                for (int t = 0; t < TIMES; t++) {
                    variance += Math.pow(voxels[t * VOLUME + i] - mean, 2) / TIMES;
                }
                sum += mean / Math.sqrt(variance);
                count++;
            }
        }
        return sum / count;
    }

    @ParameterizedTest
    @CsvSource({"n4,mean", "n4,median", "n4,'time=0,3'", "gaussian,mean", "gaussian,max"})
    void temporalSnrIsWhatItWas(String plugin, String from) throws Exception {
        float[] series = series();
        ImageSource result = Image.of(image(series))
                .applyScaledProcessing(
                        plugin,
                        Map.of(),
                        ScaledProcessingOptions.defaults()
                                .withDownsampleFactor(2)
                                .withEstimateFrom(from))
                .source();
        double[] after = Processing.doubles(result);
        double before = temporalSnr(Processing.doubles(image(series)));
        assertEquals(1, temporalSnr(after) / before, 1e-3);
        double[] ratios =
                Stream.of(0, 5, 9).mapToDouble(x -> after[x] / series[x]).toArray();
        assertTrue(Math.abs(ratios[0] - ratios[1]) > 1e-3, "a field that is not the same everywhere");
    }

    static Stream<String> plugins() {
        return PluginRegistry.installed().descriptions(ScaledProcessingPlugin.class).stream()
                .map(PluginDescription::id);
    }

    /** Half of the voxels along x, in whole low-resolution voxels. */
    private static float[] half() {
        float[] mask = new float[VOLUME];
        for (int i = 0; i < VOLUME; i++) {
            mask[i] = i % 20 < 12 ? 1 : 0;
        }
        return mask;
    }

    @ParameterizedTest
    @MethodSource("plugins")
    void whatIsOutsideOfAMaskChangesNothingInside(String plugin) throws Exception {
        float[] one = Arrays.copyOf(series(), VOLUME);
        float[] other = one.clone();
        for (int i = 0; i < VOLUME; i++) {
            other[i] = half()[i] == 0 ? 3 * one[i] + i % 7 : one[i];
        }
        double[] a = masked(plugin, one);
        double[] b = masked(plugin, other);
        for (int i = 0; i < VOLUME; i++) {
            if (half()[i] == 1) {
                assertEquals(a[i], b[i], plugin + " at " + i);
            }
            assertTrue(Double.isFinite(a[i]), plugin + " outside: " + a[i]);
        }
    }

    private static double[] masked(String plugin, float[] voxels) throws Exception {
        ScaledProcessingOptions options =
                ScaledProcessingOptions.defaults().withDownsampleFactor(2).withMask("/a/mask");
        return Processing.doubles(ScaledProcessing.apply(
                        image(voxels),
                        Optional.empty(),
                        PluginRegistry.installed().create(plugin, Map.of()),
                        options,
                        (value, execution) -> image(half()),
                        Execution.standard())
                .image());
    }

    @Test
    void aMaskForEveryPluginIsN4sOwn(@TempDir Path folder) throws Exception {
        Path mask = folder.resolve("mask.nii");
        Image.of(image(half())).saveNifti(mask);
        Image image = Image.of(image(Arrays.copyOf(series(), VOLUME)));
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(2);
        Image own = image.applyScaledProcessing("n4", Map.of("mask", mask.toString()), options);
        Image general = image.applyScaledProcessing("n4", Map.of("mask", "none"), options.withMask(mask.toString()));
        assertArrayEquals(Processing.doubles(own.source()), Processing.doubles(general.source()));
        ParameterException e = assertThrows(
                ParameterException.class,
                () -> image.applyScaledProcessing(
                        "n4", Map.of("mask", mask.toString()), options.withMask(mask.toString())));
        assertTrue(
                e.getMessage().contains("another one as parameter mask of n4, expected one of the two"),
                e.getMessage());
    }
}
