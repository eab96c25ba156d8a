package org.scaledimaging.engine.plugin;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

class FunctionPluginTest {
    private static final ScaledProcessingOptions BY_THREE =
            ScaledProcessingOptions.defaults().withDownsampleFactor(2, 3, 3);

    private static Image image(PixelType type) {
        return Image.of(FormulaSource.of("czyx", type, new long[] {2, 5, 7, 8}, FormulaSource::scattered));
    }

    private static double[] voxels(Image image) throws Exception {
        return (double[]) image.convert(PixelType.FLOAT64)
                .source()
                .read(image.metadata().interval())
                .voxels();
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"UINT8", "FLOAT32", "INT32", "FLOAT64"})
    void twoFunctionsDoWhatAPluginOfTheSameStepsDoes(PixelType type) throws Exception {
        List<List<Integer>> shapes = new ArrayList<>();
        ScaledProcessingPlugin functions = ScaledProcessingPlugin.of(
                "sum",
                (voxels, shape) -> {
                    shapes.add(List.of(shape[0], shape[1], shape[2]));
                    for (int i = 0; i < voxels.length; i++) {
                        voxels[i] = 2 * voxels[i] + 1;
                    }
                    return voxels;
                },
                (voxel, field) -> voxel + field);
        Image bySteps = image(type).applyScaledProcessing(LocalMean.withGain(1), BY_THREE);
        Image byFunctions = image(type).applyScaledProcessing(functions, BY_THREE);
        assertEquals(bySteps.metadata(), byFunctions.metadata());
        assertEquals(List.of(List.of(3, 3, 3), List.of(3, 3, 3)), shapes);
        double[] expected = voxels(bySteps);
        double[] found = voxels(byFunctions);
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], 1e-6 * Math.abs(expected[i]));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = PixelType.class,
            names = {"FLOAT32", "FLOAT64"})
    void theLowResolutionImageIsNotTheFunctionsToChange(PixelType type) throws Exception {
        ScaledProcessingPlugin functions = ScaledProcessingPlugin.of(
                "zero",
                (voxels, shape) -> {
                    java.util.Arrays.fill(voxels, 0);
                    return voxels;
                },
                (voxel, field) -> voxel - field);
        assertArrayEquals(voxels(image(type)), voxels(image(type).applyScaledProcessing(functions, BY_THREE)));
    }

    @org.junit.jupiter.api.Test
    void aFieldOfAnotherSizeIsRefused() {
        ScaledProcessingPlugin functions =
                ScaledProcessingPlugin.of("short", (voxels, shape) -> new double[3], (voxel, field) -> voxel);
        PluginFailure e = assertThrows(
                PluginFailure.class,
                () -> image(PixelType.UINT8).applyScaledProcessing(functions, BY_THREE, Execution.standard()));
        assertEquals(
                "the low-resolution function of short gave 3 values for an image of [3, 3, 3]",
                e.getCause().getMessage());
    }
}
