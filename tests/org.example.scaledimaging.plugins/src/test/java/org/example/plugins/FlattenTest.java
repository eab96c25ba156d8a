package org.example.plugins;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

class FlattenTest {
    private static final int[] SHAPE = {3, 4, 5};
    private static final ScaledProcessingOptions SAME_SIZE =
            ScaledProcessingOptions.defaults().withDownsampleFactor(1);

    private static double[] voxels() {
        double[] voxels = new double[60];
        for (int i = 0; i < voxels.length; i++) {
            voxels[i] = 10 + i * i % 17;
        }
        return voxels;
    }

    private static double[] flattened(double[] voxels, Map<String, ?> parameters) throws Exception {
        return Sample.voxels(
                Sample.of(PixelType.FLOAT64, voxels, SHAPE).applyScaledProcessing("flatten", parameters, SAME_SIZE));
    }

    /** The mean of the voxels of a box with weight, as the definition has it. */
    private static double[] boxMeans(double[] voxels, double[] weights, int[] radius) {
        double[] means = new double[voxels.length];
        for (int i = 0; i < means.length; i++) {
            double sum = 0;
            double weight = 0;
            for (int j = 0; j < means.length; j++) {
                boolean inside = Math.abs(i / 20 - j / 20) <= radius[0]
                        && Math.abs(i / 5 % 4 - j / 5 % 4) <= radius[1]
                        && Math.abs(i % 5 - j % 5) <= radius[2];
                sum += inside ? weights[j] * voxels[j] : 0;
                weight += inside ? weights[j] : 0;
            }
            means[i] = sum / weight;
        }
        return means;
    }

    @Test
    void theMeanOfABoxIsTakenAway() throws Exception {
        double[] voxels = voxels();
        double[] ones = new double[60];
        Arrays.fill(ones, 1);
        double[] means = boxMeans(voxels, ones, new int[] {0, 1, 2});
        Map<String, Object> parameters = new HashMap<>(Map.of("radius", "0,1,2", "passes", 1, "keepBrightness", false));
        double[] quotients = flattened(voxels, parameters);
        parameters.put("how", "subtract");
        double[] differences = flattened(voxels, parameters);
        parameters.put("strength", 0.5);
        double[] halves = flattened(voxels, parameters);
        parameters.put("passes", 2);
        parameters.put("strength", 1);
        double[] twice = flattened(voxels, parameters);
        double[] meansOfMeans = boxMeans(means, ones, new int[] {0, 1, 2});
        for (int i = 0; i < voxels.length; i++) {
            assertEquals(voxels[i] / means[i], quotients[i], 1e-12);
            assertEquals(voxels[i] - means[i], differences[i], 1e-12);
            assertEquals(voxels[i] - 0.5 * means[i], halves[i], 1e-12);
            assertEquals(voxels[i] - meansOfMeans[i], twice[i], 1e-12);
        }
    }

    @Test
    void anEvenImageStaysAsItIs() throws Exception {
        double[] even = new double[60];
        Arrays.fill(even, 7);
        for (String how : List.of("divide", "subtract")) {
            assertArrayEquals(even, flattened(even, Map.of("how", how)), 1e-12);
        }
    }

    @Test
    void voxelsOutsideTheMaskAndNanDoNotCount(@TempDir Path folder) throws Exception {
        double[] voxels = voxels();
        double[] mask = new double[60];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = i % 3 == 0 ? 0 : 200;
        }
        double[] weights = Arrays.stream(mask).map(Math::signum).toArray();
        Path file = folder.resolve("mask.ome.zarr");
        Sample.of(PixelType.UINT8, mask, SHAPE).saveOmeZarr(file);
        voxels[10] = Double.NaN;
        weights[10] = 0;
        Map<String, Object> parameters =
                Map.of("how", "subtract", "radius", 1, "passes", 1, "keepBrightness", false, "mask", file.toString());
        double[] found = flattened(voxels, parameters);
        double[] known = voxels.clone();
        known[10] = 0;
        double[] means = boxMeans(known, weights, new int[] {1, 1, 1});
        for (int i = 0; i < voxels.length; i++) {
            assertEquals(voxels[i] - means[i], found[i], 1e-12);
        }
        double[] other = new double[8];
        assertThrows(
                ParameterException.class,
                () -> Sample.of(PixelType.FLOAT64, other, 2, 2, 2)
                        .applyScaledProcessing("flatten", Map.of("mask", file.toString()), SAME_SIZE));
    }

    @Test
    void float32IsDoneLikewise() throws Exception {
        double[] exact = flattened(voxels(), Map.of());
        double[] single = Sample.voxels(
                Sample.of(PixelType.UINT8, voxels(), SHAPE).applyScaledProcessing("flatten", Map.of(), SAME_SIZE));
        assertArrayEquals(exact, single, 1e-5);
    }

    @Test
    void radiiThatDoNotFitAreRefused() {
        ParameterException e =
                assertThrows(ParameterException.class, () -> flattened(voxels(), Map.of("radius", "1,2")));
        assertEquals("Parameter radius: found 1,2, expected one number, or one for each of 3 axes.", e.getMessage());
    }
}
