package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** A field that was kept is the field that was estimated, to the bit. */
class KeptFieldTest {
    @ParameterizedTest
    @CsvSource({"200, 1, false", "3x2x1, 1, true", "40, 2, false"})
    void aCorrectedImageIsOpenedAgainToTheBit(String spacing, int shrink, boolean rescale, @TempDir Path folder)
            throws Exception {
        Path brain = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");
        N4BiasFieldCorrection plugin = new N4BiasFieldCorrection(Map.of(
                "splineSpacing", spacing,
                "iterations", List.of(2L, 2L),
                "shrinkFactor", shrink,
                "rescale", rescale,
                "mask", "otsu"));
        try (Image image = Image.open(brain);
                Image corrected = image.applyScaledProcessing(
                        plugin,
                        ScaledProcessingOptions.defaults().withEstimateFile(folder.resolve("estimate")),
                        Execution.standard());
                Image again = Image.fromJson(corrected.toJson(folder), folder, Execution.standard())) {
            assertEquals(corrected.toJson(folder), again.toJson(folder));
            assertArrayEquals(voxels(corrected), voxels(again));
        }
    }

    private static float[] voxels(Image image) throws Exception {
        return (float[]) image.source().read(image.metadata().interval()).voxels();
    }
}
