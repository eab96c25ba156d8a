package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.statistics.OtsuMask;

/** The field of four runs on the project's sample against the one that ITK found. */
class EqualToItkOnTheSampleTest {
    private static final Path SAMPLE = Path.of(System.getProperty("project.root"), "docs/sample");

    private static Map<String, Object> parameters(String run) {
        Map<String, Object> parameters = new HashMap<>(ofReference(run));
        parameters.put("keepMean", false);
        return parameters;
    }

    private static Map<String, Object> ofReference(String run) {
        String mask = Reference.SAMPLE.file("mask").toString();
        return switch (run) {
            case "page_defaults" -> Map.of("splineSpacing", 200, "iterations", "50", "tolerance", 1e-3, "mask", "none");
            case "mesh2_four_levels" ->
                Map.of("splineSpacing", "2x2x2", "iterations", "50,50,50,50", "tolerance", 1e-7, "mask", "none");
            case "otsu_three_levels" ->
                Map.of("splineSpacing", "1x1x1", "iterations", "50,50,50", "tolerance", 1e-7, "mask", "otsu");
            case "mask_distance60_shrink2" ->
                Map.of("splineSpacing", 60, "iterations", "40,40", "tolerance", 1e-5, "shrinkFactor", 2, "mask", mask);
            default -> throw new IllegalArgumentException(run);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"page_defaults", "mesh2_four_levels", "otsu_three_levels", "mask_distance60_shrink2"})
    void theFieldIsItks(String run) throws Exception {
        LowResolutionImage image = Reference.image(SAMPLE.resolve("biased.nii.gz"));
        ParameterValues values = ParameterValues.of(N4BiasFieldCorrection.DESCRIPTION, parameters(run));
        LowResolutionStep step = LowResolutionStep.of(image, values, SplineSpacing.of(values), Execution.standard());
        EqualToItkTest.assertLevelsAndSizes(Reference.SAMPLE, run, step);

        Interval region = image.voxels().interval();
        float[] field = new float[image.voxels().size()];
        step.field().evaluate(0, image.factors(), new Block(PixelType.FLOAT32, region, field));
        float[] itk = Reference.SAMPLE.voxels(run + ".every3rd");
        int at = 0;
        double worst = 0;
        for (int z = 0; z < region.length(0); z += 3) {
            for (int y = 0; y < region.length(1); y += 3) {
                for (int x = 0; x < region.length(2); x += 3) {
                    double log = Math.log(field[(int) ((z * region.length(1) + y) * region.length(2) + x)]);
                    worst = Math.max(worst, Math.abs(log - itk[at++]));
                }
            }
        }
        assertEquals(itk.length, at);
        System.out.printf("%s: log field differs by at most %.3g%n", run, worst);
        assertTrue(worst <= 2e-4, "the log field differs by " + worst);
    }

    @Test
    void otsusThresholdIsItks() throws Exception {
        float[] voxels = (float[])
                Reference.image(SAMPLE.resolve("biased.nii.gz")).voxels().voxels();
        assertEquals(385.898, OtsuMask.threshold(voxels), 5e-4);
    }
}
