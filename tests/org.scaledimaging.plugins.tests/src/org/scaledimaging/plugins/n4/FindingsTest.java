package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.plugin.LowResolutionImage;

/** N4 says what it did, and what it cannot have done. */
class FindingsTest {
    private static final String EDGE = "n4's spans of 200 mm are longer than the image, whose longest side is 80 mm:"
            + " the field can hardly bend.";
    private static final String ONE_ITERATION = "n4 ended its first level after one iteration, since that changed the"
            + " field by no more than the tolerance: a smaller tolerance lets it go on.";
    private static final String CONSTANT = "n4 changed hardly anything, its field is within 1 % of a constant: another"
            + " mask, more iterations or a smaller tolerance may find more.";

    private static List<Notice> told(Map<String, ?> parameters, LowResolutionImage image) throws Exception {
        List<Notice> told = new ArrayList<>();
        new N4BiasFieldCorrection(parameters).lowRes(image, Execution.standard().withNotices(told::add));
        return told;
    }

    private static List<String> sentences(List<Notice> notices, Notice.Kind kind) {
        return notices.stream()
                .filter(notice -> notice.kind() == kind)
                .map(Notice::sentence)
                .toList();
    }

    @Test
    void itTellsIterationsAndConvergenceOfEachLevel() throws Exception {
        List<Notice> told = told(
                Map.of("iterations", "6,4", "tolerance", 0),
                Volumes.Phantom.of(20).image());
        List<String> did = sentences(told, Notice.Kind.INFORMATION);
        assertEquals(1, did.size(), told::toString);
        assertTrue(
                did.get(0)
                        .matches(
                                "n4: level 1 did 6 of 6 iterations, convergence 0\\.0\\d+; level 2 did 4 of 4 iterations,"
                                        + " convergence 0\\.0\\d+\\."),
                did.get(0));
        assertEquals(List.of(), sentences(told, Notice.Kind.WARNING));
    }

    @Test
    void itWarnsOfOneIterationAndOfSpansLongerThanTheImage() throws Exception {
        Map<String, ?> former = Map.of("splineSpacing", 200, "iterations", 50, "tolerance", 0.01, "mask", "none");
        assertEquals(
                List.of(EDGE, ONE_ITERATION),
                sentences(told(former, Volumes.Phantom.of(20).image()), Notice.Kind.WARNING));
    }

    @Test
    void itWarnsOfAFieldThatIsNearlyConstant() throws Exception {
        float[] voxels = new float[12 * 12 * 12];
        Random random = new Random(3);
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = 1000 + random.nextInt(4);
        }
        Map<String, ?> parameters = Map.of("mask", "none", "tolerance", 0, "iterations", "3");
        assertEquals(
                List.of(CONSTANT), sentences(told(parameters, Volumes.image(voxels, 12, 12, 12)), Notice.Kind.WARNING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreground", "otsu"})
    void itSaysThatItChangedNothing(String mask) throws Exception {
        float[] voxels = new float[12 * 12 * 12];
        Arrays.fill(voxels, 7);
        assertEquals(
                List.of("n4 changed nothing: no voxel takes part in the estimate with the mask " + mask
                        + ", such as where all voxels are alike."),
                sentences(told(Map.of("mask", mask), Volumes.image(voxels, 12, 12, 12)), Notice.Kind.WARNING));
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 300})
    void itWarnsOfMoreThanATraceBelow0(int negative) throws Exception {
        float[] voxels = Volumes.Phantom.of(12).voxels(); // 1728
        voxels[5] = Float.NEGATIVE_INFINITY; // neither counts
        Arrays.fill(voxels, 10, 10 + negative, -40);
        List<String> warned = sentences(
                told(Map.of("iterations", "5", "tolerance", 0), Volumes.image(voxels, 12, 12, 12)),
                Notice.Kind.WARNING);
        if (negative == 17) {
            assertEquals(List.of(), warned);
            return;
        }
        String percent = negative == 18 ? "1 %" : "17 %";
        assertEquals(
                List.of(percent + " of the voxels are below 0: they take no part in n4's estimate, and are divided by"
                        + " the field like the rest. If they show something, first add an offset (the plugin normalize"
                        + " with outputMin=100, outputMax=1100 and clamp=true), or use the plugin background, which"
                        + " subtracts."),
                warned);
    }
}
