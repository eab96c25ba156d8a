package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Recipes from before lengths were millimetres mean what they meant. */
class FormerRecipesTest {
    private static final String UNIT = "\"spacingUnit\":\"image\",";

    private static float[] voxels(Image image) throws Exception {
        return (float[]) image.source().read(image.metadata().interval()).voxels();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8", "3,1,1"})
    void aRecipeWithoutAUnitCountsInTheImagesOwn(String spacing, @TempDir Path folder) throws Exception {
        ImageMetadata micrometers = ImageMetadata.of(
                "phantom",
                PixelType.FLOAT32,
                new Dimension(Axis.Z, 16, 1, "micrometer", 0),
                new Dimension(Axis.Y, 16, 1, "micrometer", 0),
                new Dimension(Axis.X, 16, 1, "micrometer", 0));
        Path file = folder.resolve("image.ome.zarr");
        try (Image image = Image.of(
                new Volumes.InMemory(micrometers, Volumes.Phantom.of(16).voxels()))) {
            image.saveOmeZarr(file);
        }
        Map<String, Object> parameters = new HashMap<>(
                Map.of("splineSpacing", spacing, "iterations", "5", "mask", "none", "spacingUnit", "image"));
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(1);
        try (Image asBefore = Image.open(file).applyScaledProcessing("n4", parameters, options)) {
            String recipe = asBefore.toJson().replaceAll("\\s", "");
            assertTrue(recipe.contains(UNIT), recipe);
            try (Image again = Image.fromJson(recipe.replace(UNIT, ""), Execution.standard())) {
                assertArrayEquals(voxels(asBefore), voxels(again));
            }
            parameters.remove("spacingUnit");
            try (Image now = Image.open(file).applyScaledProcessing("n4", parameters, options)) {
                assertFalse(Arrays.equals(voxels(asBefore), voxels(now)), "the unit makes a difference");
            }
        }
    }
}
