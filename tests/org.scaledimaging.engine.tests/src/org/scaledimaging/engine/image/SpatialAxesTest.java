package org.scaledimaging.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.geometry.Downsample;
import org.scaledimaging.engine.operation.recipe.Recipes;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.segmentation.OtsuOptions;

/** One rule for thin stacks: one number for all axes is limited to each axis' length, one for an axis is not. */
class SpatialAxesTest {
    private static final FormulaSource THIN = FormulaSource.of(
            "ctzyx", PixelType.UINT8, new long[] {1, 1, 3, 16, 17}, p -> FormulaSource.scattered(p) / 4);

    private static int[] factors(Integer... given) throws ParameterException {
        return SpatialAxes.factors(Setting.FACTOR, List.of(given), THIN.metadata());
    }

    @Test
    void oneFactorIsLimitedToTheLengthOfEachAxis() throws Exception {
        assertArrayEquals(new int[] {1, 1, 3, 4, 4}, factors(4));
        assertArrayEquals(new int[] {1, 1, 3, 16, 17}, factors(100));
        assertArrayEquals(new int[] {1, 1, 2, 2, 2}, factors(2));
    }

    @Test
    void aFactorForAnAxisIsRefusedBeyondItsLength() throws Exception {
        assertArrayEquals(new int[] {1, 1, 3, 16, 1}, factors(3, 16, 1));
        assertEquals(
                "Factor along z: found 4, expected at most the image's length there, 3.",
                assertThrows(ParameterException.class, () -> factors(4, 4, 4)).getMessage());
        assertThrows(ParameterException.class, () -> factors(0));
        assertThrows(ParameterException.class, () -> factors(2, 2));
    }

    @Test
    void blocksAreNoLongerThanTheImage() throws Exception {
        assertArrayEquals(
                new int[] {1, 1, 3, 8, 17},
                SpatialAxes.lengths(Setting.LOCAL_BLOCK, List.of(64, 8, 64), THIN.metadata()));
        assertArrayEquals(
                new int[] {1, 1, 3, 16, 17}, SpatialAxes.lengths(Setting.LOCAL_BLOCK, List.of(64), THIN.metadata()));
    }

    @Test
    void processingDownsamplingAndSegmentationFollowTheRule() throws Exception {
        try (Image image = Image.of(THIN)) {
            var mean = ScaledProcessingPlugin.of("same", (voxels, shape) -> voxels, (voxel, field) -> voxel);
            assertArrayEquals(
                    new long[] {1, 1, 1, 4, 5},
                    image.applyScaledProcessing(mean, ScaledProcessingOptions.defaults())
                            .source()
                            .levels()
                            .get(1)
                            .metadata()
                            .shape());
            assertArrayEquals(
                    new long[] {1, 1, 1, 4, 5}, image.downsample(2).metadata().shape());
            assertArrayEquals(
                    new long[] {1, 1, 1, 4, 5},
                    image.downsample(List.of(4)).metadata().shape());
            String expected = " along z: found 4, expected at most the image's length there, 3.";
            assertEquals(
                    "Downsample factor" + expected,
                    assertThrows(
                                    ParameterException.class,
                                    () -> image.applyScaledProcessing(
                                            mean,
                                            ScaledProcessingOptions.defaults().withDownsampleFactor(4, 4, 4)))
                            .getMessage());
            assertEquals(
                    "Factor" + expected,
                    assertThrows(ParameterException.class, () -> image.downsample(List.of(4, 4, 4)))
                            .getMessage());
            byte[] whole = labels(image.segmentOtsu(OtsuOptions.defaults().withLocalBlock(64)));
            assertArrayEquals(
                    whole, labels(image.segmentOtsu(OtsuOptions.defaults().withLocalBlock(64, 64, 64))));
            assertArrayEquals(whole, labels(image.segmentOtsu()));
        }
    }

    private static byte[] labels(Image image) throws Exception {
        return (byte[]) image.source().read(image.metadata().interval()).voxels();
    }

    @Test
    void aRecipeOfAnEarlierVersionKeepsItsMeaning() throws Exception {
        ImageSource opened = Recipes.apply(
                THIN, new Downsample(List.of(4, 4, 4)), PluginRegistry.of(List.of()), Execution.standard());
        assertArrayEquals(new long[] {1, 1, 1, 4, 5}, opened.metadata().shape());
    }
}
