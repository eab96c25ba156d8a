package org.scaledimaging.plugins.gaussian;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.SampledField;

class GaussianBiasFieldCorrectionTest {

    /** Values that SciPy computed: see write.py beside them. */
    private static float[] reference(String name) throws Exception {
        Path file = Path.of(
                System.getProperty("project.root"),
                "tests/org.scaledimaging.plugins.tests/resources/gaussian",
                name + ".f4");
        FloatBuffer values = ByteBuffer.wrap(Files.readAllBytes(file)).asFloatBuffer();
        float[] voxels = new float[values.remaining()];
        values.get(voxels);
        return voxels;
    }

    private static LowResolutionImage image(float[] voxels, long... shape) {
        Axis[] axes = {Axis.Z, Axis.Y, Axis.X};
        Dimension[] dimensions = new Dimension[shape.length];
        for (int d = 0; d < shape.length; d++) {
            dimensions[d] = Dimension.of(axes[3 - shape.length + d], shape[d]);
        }
        ImageMetadata metadata = ImageMetadata.of("test", PixelType.FLOAT32, dimensions);
        Block block = new Block(PixelType.FLOAT32, Interval.ofShape(shape), voxels);
        int[] ones = new int[shape.length];
        Arrays.fill(ones, 1);
        return new LowResolutionImage(metadata, block, ones, metadata);
    }

    /** The smoothed image itself. */
    private static float[] field(double sigma, String mode, LowResolutionImage image) throws Exception {
        Map<String, Object> parameters = Map.of("sigma", sigma, "mode", mode, "keepMean", false);
        SampledField field =
                (SampledField) new GaussianBiasFieldCorrection(parameters).lowRes(image, Execution.standard());
        return (float[]) field.samples(0).voxels();
    }

    @ParameterizedTest
    @CsvSource({"0.8, reflect", "3, reflect", "5, reflect", "5, constant", "5, nearest", "5, mirror", "5, wrap"})
    void theFieldAgreesWithSciPy(double sigma, String mode) throws Exception {
        float[] input = reference("input");
        String name = "sigma" + (sigma == (int) sigma ? Integer.toString((int) sigma) : sigma) + "_" + mode;
        float[] expected = reference(name);
        float[] found = field(sigma, mode, image(input, 14, 16, 18));
        float low = Float.MAX_VALUE;
        float high = -Float.MAX_VALUE;
        double worst = 0;
        for (int i = 0; i < input.length; i++) {
            low = Math.min(low, input[i]);
            high = Math.max(high, input[i]);
            worst = Math.max(worst, Math.abs((double) expected[i] - found[i]));
        }
        assertTrue(worst <= 1e-5 * (high - low), "differs by " + worst / (high - low) + " of the range");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reflect", "nearest", "mirror", "wrap"})
    void voxelsThatAreNotFiniteHaveNoWeight(String mode) throws Exception {
        float[] voxels = new float[10 * 12];
        Arrays.fill(voxels, 3);
        voxels[17] = Float.NaN;
        voxels[18] = Float.POSITIVE_INFINITY;
        voxels[100] = Float.NEGATIVE_INFINITY;
        for (float value : field(2, mode, image(voxels, 10, 12))) {
            assertEquals(3, value, 1e-6);
        }
    }

    @Test
    void whereNothingFiniteIsInReachTheFieldIsStillUsable() throws Exception {
        float[] voxels = new float[100];
        Arrays.fill(voxels, Float.NaN);
        voxels[0] = 5;
        for (float value : field(1, "nearest", image(voxels, 1, 100))) {
            assertEquals(5, value, 1e-6);
        }
        Arrays.fill(voxels, Float.NaN);
        for (float value : field(1, "reflect", image(voxels, 1, 100))) {
            assertEquals(1, value);
        }
    }

    @Test
    void sigmaZeroLeavesTheImageAsItIs() throws Exception {
        float[] voxels = {1, 5, 2, 8};
        assertEquals(Arrays.toString(voxels), Arrays.toString(field(0, "reflect", image(voxels.clone(), 2, 2))));
    }

    @Test
    void voxelsAreDividedByTheFieldOrByEpsilon() {
        float[] voxels = {6, 6, 6, Float.NaN, Float.POSITIVE_INFINITY, 0};
        float[] field = {2, 0, -3, 2, 2, 2};
        Interval line = Interval.ofShape(6);
        GaussianBiasFieldCorrection plugin = new GaussianBiasFieldCorrection();
        Block result = Block.allocate(PixelType.FLOAT32, line);
        plugin.highRes(new Block(PixelType.FLOAT32, line, voxels), field, result);
        float huge = 6 / 0x1p-23f;
        assertEquals(
                Arrays.toString(new float[] {3, huge, huge, Float.NaN, Float.POSITIVE_INFINITY, 0}),
                Arrays.toString((float[]) result.voxels()));
        Block wide = Block.allocate(PixelType.FLOAT64, line);
        plugin.highRes(
                new Block(PixelType.FLOAT64, line, new double[] {6, 6, 6, Double.NaN, 1e300, 0}),
                new double[] {2, 0, -3, 2, 2, 2},
                wide);
        assertEquals(
                Arrays.toString(new double[] {3, 6 / 0x1p-23, 6 / 0x1p-23, Double.NaN, 5e299, 0}),
                Arrays.toString((double[]) wide.voxels()));
    }

    @Test
    void valuesOutOfRangeAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new GaussianBiasFieldCorrection(-1));
        assertThrows(IllegalArgumentException.class, () -> new GaussianBiasFieldCorrection(1, "around"));
        assertEquals(5, new GaussianBiasFieldCorrection().parameters().number("sigma"));
    }
}
