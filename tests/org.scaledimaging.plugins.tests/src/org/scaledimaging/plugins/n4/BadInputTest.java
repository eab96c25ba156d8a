package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.LowResolutionImage;

class BadInputTest {

    private static float[] filled(float value) {
        float[] voxels = new float[12 * 12 * 12];
        Arrays.fill(voxels, value);
        return voxels;
    }

    private static void assertFinite(float[] field) {
        for (float value : field) {
            assertTrue(value > 0 && value <= Float.MAX_VALUE, "a field of " + value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, none",
        "0, positive",
        "0, otsu",
        "5, none",
        "5, otsu",
        "NaN, none",
        "NaN, otsu",
        "-3, none",
        "-3, otsu"
    })
    void anImageOfOneValueHasNothingToCorrect(float value, String mask) throws Exception {
        float[] field = N4BiasFieldCorrectionTest.field(
                Map.of("mask", mask, "iterations", "3,3"), Volumes.image(filled(value), 12, 12, 12));
        assertArrayEquals(filled(1), field);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, -1, Float.NEGATIVE_INFINITY})
    void voxelsWithoutALogarithmAreLeftOut(float odd) throws Exception {
        Map<String, Object> parameters = Map.of("splineSpacing", "1x1x1", "iterations", "5,5");
        float[] voxels = Volumes.Phantom.of(12).voxels().clone();
        voxels[100] = odd;
        voxels[900] = odd;
        float[] field = N4BiasFieldCorrectionTest.field(parameters, Volumes.image(voxels, 12, 12, 12));
        assertFinite(field);
        voxels[100] = -1e6f;
        voxels[900] = -1e-6f;
        assertArrayEquals(field, N4BiasFieldCorrectionTest.field(parameters, Volumes.image(voxels, 12, 12, 12)));
        voxels[100] = 1e6f;
        assertNotEquals(
                Arrays.toString(field),
                Arrays.toString(N4BiasFieldCorrectionTest.field(parameters, Volumes.image(voxels, 12, 12, 12))));
    }

    @ParameterizedTest
    @CsvSource({"4, 5x5x5", "6, 1x1x1", "1, 100x1x100", "2, 0.9", "3, 1e9", "2, 1e38"})
    void moreControlPointsThanVoxelsDoNoHarm(int levels, String spacing) throws Exception {
        String iterations = "4" + ",4".repeat(levels - 1);
        float[] voxels = Arrays.copyOf(Volumes.Phantom.of(6).voxels(), 6 * 6 * 6);
        assertFinite(N4BiasFieldCorrectionTest.field(
                Map.of("splineSpacing", spacing, "iterations", iterations, "tolerance", 0),
                Volumes.image(voxels, 6, 6, 6)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 1", "1, 1, 40", "40, 1, 1", "2, 1, 20", "5, 4, 2"})
    void anyLengthOfAnAxisWillDo(int z, int y, int x) throws Exception {
        float[] voxels = Arrays.copyOf(Volumes.Phantom.of(12).voxels(), 800 + z * y * x);
        voxels = Arrays.copyOfRange(voxels, 800, voxels.length);
        for (int shrinkFactor : new int[] {1, 2, 50}) {
            assertFinite(N4BiasFieldCorrectionTest.field(
                    Map.of("iterations", "5,5", "splineSpacing", 3, "shrinkFactor", shrinkFactor),
                    Volumes.image(voxels, z, y, x)));
        }
    }

    @Test
    void aLatticeThatWouldNotFitIsRefused() {
        ParameterException e = assertThrows(
                ParameterException.class,
                () -> N4BiasFieldCorrectionTest.field(
                        Map.of("splineSpacing", "100x100x100", "iterations", "1,1,1"),
                        Volumes.image(filled(1), 12, 12, 12)));
        assertEquals(
                "Parameter splineSpacing and parameter iterations: found 6.55e+07 control points at level 3, expected"
                        + " at most 16777216: a larger spacing or fewer levels.",
                e.getMessage());
    }

    @Test
    void aMeshHasANumberForEachAxis() {
        LowResolutionImage image = Volumes.image(filled(1), 12, 12, 12);
        ParameterException e = assertThrows(
                ParameterException.class,
                () -> new N4BiasFieldCorrection(Map.of("splineSpacing", "3x2")).lowRes(image, Execution.standard()));
        assertEquals(
                "Parameter splineSpacing: found 2 numbers of spans, expected three, along x, y and z.", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-5",
                "NaN",
                "Infinity",
                "1e-60",
                "1e300",
                "3x",
                "3x0x1",
                "3x2x1.5",
                "1001x1x1",
                "3,2x1",
                "-1,1,1",
                "wide"
            })
    void aSpacingIsALengthOrCountsOfSpans(String text) {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new N4BiasFieldCorrection(Map.of("splineSpacing", text)));
        assertEquals(
                "Parameter splineSpacing: found " + (text.isEmpty() ? "nothing" : text.equals("wide") ? "'wide'" : text)
                        + ", expected auto, a length above 0, or how many spans there are, each from 1 to 1000: along"
                        + " x, y, z as in 3x2x1, in the image's order as in 1,2,3.",
                e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tolerance | -0.1 | a number from 0 to 1",
                "tolerance | NaN | a number from 0 to 1",
                "iterations | 50,0 | whole numbers separated by commas, each from 1 to 10000",
                "iterations | 10001 | whole numbers separated by commas, each from 1 to 10000",
                "iterations | 50, | whole numbers separated by commas, each from 1 to 10000",
                "shrinkFactor | 0 | a whole number from 1 to 64",
                "histogramBins | 3 | a whole number from 10 to 10000",
                "fullWidthAtHalfMaximum | 0 | a number from 0.001 to 10",
                "wienerNoise | 0 | a number from 1.0E-6 to 1000000",
                "rescale | 2 | true or false",
                "mask |  | foreground, none, positive, otsu, the path or address of an image, or a recipe as JSON"
            })
    void whatIsOutOfRangeIsRefused(String name, String value, String accepted) {
        String given = value == null ? "" : value;
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> new N4BiasFieldCorrection(Map.of(name, given)));
        assertEquals(
                "Parameter " + name + ": found " + (given.isEmpty() ? "nothing" : given) + ", expected " + accepted
                        + ".",
                e.getMessage());
    }
}
