package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.statistics.OtsuMask;

/** The field of four runs against the one that ITK found, driven as ANTs drives it. */
class EqualToItkTest {
    private static Map<String, Object> parameters(String run) {
        Map<String, Object> parameters = new HashMap<>(ofReference(run));
        parameters.put("keepMean", false);
        return parameters;
    }

    /** What the runs of the reference were made with. */
    private static Map<String, Object> ofReference(String run) {
        return switch (run) {
            case "mask_mesh2" ->
                Map.of(
                        "splineSpacing",
                        "2x2x2",
                        "iterations",
                        "50,50,50,50",
                        "tolerance",
                        1e-7,
                        "mask",
                        Reference.BRAIN.file("brain_mask").toString());
            case "seed_defaults" -> Map.of("splineSpacing", 200, "iterations", "50", "tolerance", 1e-3, "mask", "none");
            case "nomask_shrink2" ->
                Map.of(
                        "splineSpacing",
                        100,
                        "iterations",
                        "50,50,30",
                        "tolerance",
                        1e-6,
                        "shrinkFactor",
                        2,
                        "mask",
                        "none");
            case "otsu_levels" ->
                Map.of("splineSpacing", "1x1x1", "iterations", "40,30,20", "tolerance", 1e-4, "mask", "otsu");
            default -> throw new IllegalArgumentException(run);
        };
    }

    @BeforeEach
    void needsReference() {
        Reference.BRAIN.assumePresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mask_mesh2", "seed_defaults", "nomask_shrink2", "otsu_levels"})
    void theFieldIsItks(String run) throws Exception {
        LowResolutionImage image = Reference.BRAIN.image("brain");
        Map<String, Object> given = new HashMap<>(parameters(run));
        ParameterValues values = ParameterValues.of(N4BiasFieldCorrection.DESCRIPTION, given);
        SplineSpacing spacing = SplineSpacing.of(values);
        LowResolutionStep step = LowResolutionStep.of(image, values, spacing, Execution.standard());

        assertLevelsAndSizes(Reference.BRAIN, run, step);

        float[] itk = Reference.BRAIN.voxels(run);
        boolean[] mask = mask(run, image);
        float[] field = new float[itk.length];
        step.field()
                .evaluate(
                        0,
                        new int[] {1, 1, 1},
                        new Block(PixelType.FLOAT32, image.voxels().interval(), field));
        double worst = 0;
        double squares = 0;
        int inside = 0;
        for (int i = 0; i < itk.length; i++) {
            double difference = Math.abs(Math.log(field[i]) - itk[i]);
            worst = Math.max(worst, difference);
            if (mask[i]) {
                squares += difference * difference;
                inside++;
            }
        }
        double rms = Math.sqrt(squares / inside);
        System.out.printf("%s: log field differs by at most %.3g, in the mask by %.3g rms%n", run, worst, rms);
        assertTrue(worst <= 1e-3, "the log field differs by " + worst);
        assertTrue(rms <= 2e-4, "the log field differs in the mask by " + rms + " rms");
    }

    /** Sizes of padding, shrunk image and lattice; iterations and convergence of each level. */
    static void assertLevelsAndSizes(Reference reference, String run, LowResolutionStep step) throws Exception {
        assertArrayEquals(reference.sizes(run, "lattice_size"), step.lattice(), "control points at the finest level");
        int[] padded = reference.sizes(run, "padded_size");
        for (int d = 0; d < 3 && padded != null; d++) {
            assertEquals(padded[d], step.axes()[d].paddedLength(), "padded length of axis " + d);
            assertEquals(reference.sizes(run, "lower_pad")[d], step.axes()[d].lowerPadding(), "padding of axis " + d);
        }
        int[] shrunk = reference.sizes(run, "shrunk_size");
        for (int d = 0; d < 3; d++) {
            assertEquals(shrunk[d], step.axes()[d].paddedSamples(), "samples along axis " + d);
        }
        List<Estimation.Level> expected = reference.levels(run);
        assertEquals(expected.size(), step.levels().size(), "fitting levels");
        for (int level = 0; level < expected.size(); level++) {
            assertEquals(
                    expected.get(level).iterations(), step.levels().get(level).iterations(), "at level " + level);
            double convergence = expected.get(level).convergence();
            assertEquals(convergence, step.levels().get(level).convergence(), 0.01 * convergence, "at level " + level);
        }
    }

    private static boolean[] mask(String run, LowResolutionImage image) throws Exception {
        float[] values = run.startsWith("mask")
                ? Reference.BRAIN.voxels("brain_mask")
                : (float[]) image.voxels().voxels();
        double threshold = run.startsWith("otsu") ? OtsuMask.threshold(values) : run.startsWith("mask") ? 0 : -1;
        boolean[] mask = new boolean[values.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = values[i] > threshold;
        }
        return mask;
    }

    @Test
    void otsusThresholdIsItks() throws Exception {
        float[] brain = Reference.BRAIN.voxels("brain");
        double threshold = OtsuMask.threshold(brain);
        assertEquals(48.3217, threshold, 5e-5);
        int above = 0;
        for (float voxel : brain) {
            above += voxel > threshold ? 1 : 0;
        }
        assertEquals(48488, above);
    }

    /** The field that the image was multiplied by, against what N4 also finds on the image before that. */
    @Test
    void theKnownFieldIsFoundAsWellAsByItk() throws Exception {
        LowResolutionImage image = Reference.BRAIN.image("brain");
        boolean[] mask = mask("mask_mesh2", image);
        float[] truth = Reference.BRAIN.voxels("brain_truefield");
        for (int i = 0; i < truth.length; i++) {
            truth[i] = (float) Math.log(Math.max(1e-6, truth[i]));
        }
        float[] field = N4BiasFieldCorrectionTest.field(parameters("mask_mesh2"), image);
        float[] log = new float[field.length];
        float[] ones = new float[field.length];
        for (int i = 0; i < field.length; i++) {
            log[i] = (float) Math.log(field[i]);
            ones[i] = 1;
        }
        double ours = Volumes.correlation(log, truth, mask);
        double itks = Volumes.correlation(Reference.BRAIN.voxels("mask_mesh2"), truth, mask);
        double before = Volumes.variation(Reference.BRAIN.voxels("brain"), ones, mask);
        double after = Volumes.variation(Reference.BRAIN.voxels("brain"), field, mask);
        System.out.printf(
                "correlation with the true log field: %.6f, ITK %.6f; coefficient of variation in the brain: %.4f before,"
                        + " %.4f after%n",
                ours, itks, before, after);
        assertTrue(ours >= itks - 1e-5, "correlation " + ours + ", ITK's " + itks);
        assertTrue(after < before, "coefficient of variation " + before + " before, " + after + " after");
    }
}
