package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** N4 leaves the grey scale where it was. */
class KeptMeanTest {
    @TempDir
    private Path folder;

    private static Map<String, Object> with(Map<String, ?> parameters, String name, Object value) {
        Map<String, Object> all = new HashMap<>(parameters);
        all.put(name, value);
        return all;
    }

    /** The mean after correction over that before, of voxels in a mask that are above 0. */
    private static double ratio(float[] voxels, boolean[] mask, float[] field) {
        double before = 0;
        double after = 0;
        for (int i = 0; i < voxels.length; i++) {
            if ((mask == null || mask[i]) && voxels[i] > 0 && voxels[i] <= Float.MAX_VALUE) {
                before += voxels[i];
                after += voxels[i] / (double) field[i];
            }
        }
        return after / before;
    }

    @ParameterizedTest
    @CsvSource({"none, auto, 1", "positive, 2x2x2, 1", "positive, 30, 2", "none, 3x1x2, 3"})
    void theMeanOfWhatTakesPartIsKept(String mask, String spacing, int shrink) throws Exception {
        float[] voxels = Volumes.Phantom.of(24).voxels();
        voxels[7000] = Float.NaN;
        voxels[7001] = Float.POSITIVE_INFINITY;
        voxels[7002] = -1e6f;
        LowResolutionImage image = Volumes.image(voxels, 24, 24, 24);
        Map<String, ?> parameters = Map.of(
                "mask", mask, "splineSpacing", spacing, "shrinkFactor", shrink, "iterations", "20,10", "tolerance", 0);
        float[] kept = N4BiasFieldCorrectionTest.field(parameters, image);
        float[] off = N4BiasFieldCorrectionTest.field(with(parameters, "keepMean", false), image);
        assertEquals(1, ratio(voxels, null, kept), 1e-5);
        double chance = ratio(voxels, null, off);
        assertTrue(Math.abs(chance - 1) > 1e-3, "by itself the mean is " + chance + " times what it was");
        for (int i = 0; i < kept.length; i++) {
            assertEquals(chance, kept[i] / off[i], 1e-5 * chance); // one constant for the volume
        }
    }

    @Test
    void onlyTheMaskAndWeightsAbove0Count() throws Exception {
        float[] voxels = Volumes.Phantom.of(16).voxels();
        float[] weights = new float[voxels.length];
        boolean[] inside = new boolean[voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            weights[i] = i % 16 < 9 ? 1 + i % 3 : i % 2 - 1; // 1 to 3 in one part, 0 and -1 in the other
            inside[i] = weights[i] > 0;
        }
        Path file = folder.resolve("weights.nii");
        try (Image image = Image.of(new Volumes.InMemory(Volumes.metadata(16, 16, 16), weights))) {
            image.saveNifti(file);
        }
        for (String name : new String[] {"weight", "mask"}) {
            for (int i = 0; i < voxels.length; i++) {
                inside[i] = name.equals("mask") ? weights[i] != 0 : weights[i] > 0;
            }
            float[] field = N4BiasFieldCorrectionTest.field(
                    with(Map.of("mask", "none", "iterations", "20"), name, file.toString()),
                    Volumes.image(voxels, 16, 16, 16));
            assertEquals(1, ratio(voxels, inside, field), 1e-5);
            assertTrue(Math.abs(ratio(voxels, null, field) - 1) > 1e-4, "others have no part");
        }
    }

    /** Planes larger than what is looked at at once, several at once, and an image with two axes. */
    @ParameterizedTest
    @ValueSource(strings = {"3x300x260", "40x64x64", "300x400"})
    void itIsKeptWhateverTheShape(String shape) throws Exception {
        long[] lengths =
                Arrays.stream(shape.split("x")).mapToLong(Long::parseLong).toArray();
        Random random = new Random(3);
        float[] voxels = new float[(int) Arrays.stream(lengths).reduce(1, (a, b) -> a * b)];
        int last = (int) lengths[lengths.length - 1];
        for (int i = 0; i < voxels.length; i++) {
            double tissue = i / 7 % 3 == 0 ? 60 : 110;
            double light = Math.exp((double) (i % last) / last + 0.5 * i / voxels.length);
            voxels[i] = (float) (tissue * light * (1 + 0.03 * random.nextGaussian()));
        }
        float[] field = N4BiasFieldCorrectionTest.field(
                Map.of("iterations", "15", "mask", "none"), Volumes.image(voxels, lengths));
        assertEquals(1, ratio(voxels, null, field), 1e-5);
    }

    @Test
    void theRangeDecidesWhereItIsKept() throws Exception {
        LowResolutionImage image = Volumes.Phantom.of(16).image();
        Map<String, ?> parameters = Map.of("mask", "positive", "iterations", "10", "rescale", true);
        float[] on = N4BiasFieldCorrectionTest.field(with(parameters, "keepMean", true), image);
        assertArrayEquals(N4BiasFieldCorrectionTest.field(with(parameters, "keepMean", false), image), on);
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "positive", "foreground"})
    void theFieldOfAConstantImageIsExactly1(String mask) throws Exception {
        float[] voxels = new float[10 * 10 * 10];
        Arrays.fill(voxels, 0.1f);
        float[] ones = new float[voxels.length];
        Arrays.fill(ones, 1);
        assertArrayEquals(
                ones, N4BiasFieldCorrectionTest.field(Map.of("mask", mask), Volumes.image(voxels, 10, 10, 10)));
        Arrays.fill(voxels, 0); // nothing above 0
        assertArrayEquals(
                ones, N4BiasFieldCorrectionTest.field(Map.of("mask", mask), Volumes.image(voxels, 10, 10, 10)));
    }

    /** A lattice is the field: what Spark and .estimate files hold has the constant. */
    @Test
    void theConstantIsInTheCoefficients() throws Exception {
        LowResolutionImage image = Volumes.Phantom.of(16).image();
        N4BiasFieldCorrection plugin =
                new N4BiasFieldCorrection(Map.of("mask", "positive", "iterations", "10,5", "splineSpacing", "2x1x1"));
        Field made = plugin.lowRes(image, Execution.standard());
        Field again = plugin.field(image, made.coefficients());
        float[] one = new float[16 * 16 * 16];
        float[] other = new float[one.length];
        made.evaluate(
                0, image.factors(), new Block(PixelType.FLOAT32, image.voxels().interval(), one));
        again.evaluate(
                0, image.factors(), new Block(PixelType.FLOAT32, image.voxels().interval(), other));
        assertArrayEquals(one, other);
        assertEquals(1, ratio((float[]) image.voxels().voxels(), null, other), 1e-5);
    }

    @Test
    void recipesFromBeforeTheParameterMeanWhatTheyMeant() throws Exception {
        Path file = folder.resolve("image.nii");
        try (Image image = Image.of(new Volumes.InMemory(
                Volumes.metadata(20, 20, 20), Volumes.Phantom.of(20).voxels()))) {
            image.saveNifti(file);
        }
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(2);
        Map<String, Object> parameters = Map.of("iterations", "10", "mask", "positive");
        try (Image on = Image.open(file).applyScaledProcessing("n4", parameters, options);
                Image off =
                        Image.open(file).applyScaledProcessing("n4", with(parameters, "keepMean", false), options)) {
            ObjectNode recipe = (ObjectNode) new ObjectMapper().readTree(on.toJson());
            ObjectNode named = (ObjectNode) recipe.at("/operations/0/parameters");
            assertTrue(named.path("keepMean").asBoolean(), named::toString);
            named.remove("keepMean");
            try (Image older = Image.fromJson(recipe.toString(), Execution.standard())) {
                assertArrayEquals(voxels(off), voxels(older));
                assertTrue(!Arrays.equals(voxels(on), voxels(older)), "it makes a difference");
            }
        }
    }

    private static float[] voxels(Image image) throws Exception {
        return (float[]) image.source().read(image.metadata().interval()).voxels();
    }
}
