package org.scaledimaging.plugins.n4;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;

class N4BiasFieldCorrectionTest {
    private static final Map<String, Object> THREE_LEVELS =
            Map.of("splineSpacing", "1x1x1", "iterations", "20,20,10", "tolerance", 1e-5, "mask", "positive");

    static float[] field(Map<String, ?> parameters, LowResolutionImage image) throws Exception {
        return field(parameters, image, Execution.standard());
    }

    private static float[] field(Map<String, ?> parameters, LowResolutionImage image, Execution execution)
            throws Exception {
        Field field = new N4BiasFieldCorrection(parameters).lowRes(image, execution);
        float[] values = new float[image.voxels().size()];
        field.evaluate(
                0, image.factors(), new Block(PixelType.FLOAT32, image.voxels().interval(), values));
        return values;
    }

    @Test
    void aKnownFieldIsFoundAndTissueBecomesEven() throws Exception {
        Volumes.Phantom phantom = Volumes.Phantom.of(40);
        float[] field = field(THREE_LEVELS, phantom.image());
        float[] ones = new float[field.length];
        Arrays.fill(ones, 1);
        float[] log = new float[field.length];
        boolean[] mask = new boolean[field.length];
        for (int i = 0; i < field.length; i++) {
            log[i] = (float) Math.log(field[i]);
            mask[i] = phantom.voxels()[i] > 0;
        }
        double before = phantom.variation(ones);
        double after = phantom.variation(field);
        double correlation = Volumes.correlation(log, phantom.logField(), mask);
        assertTrue(after < before / 4, "variation of one tissue: " + before + " before, " + after + " after");
        assertTrue(correlation > 0.99, "correlation with the true log field: " + correlation);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 8})
    void threadsDoNotChangeABit(int threads) throws Exception {
        LowResolutionImage image = Volumes.Phantom.of(21).image();
        assertArrayEquals(
                field(THREE_LEVELS, image, new Execution(1, Progress.none())),
                field(THREE_LEVELS, image, new Execution(threads, Progress.none())));
    }

    private static Progress told(List<Double> fractions, List<String> messages) {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                fractions.add(fraction);
                messages.add(message);
            }

            @Override
            public boolean isCancelled() {
                return false;
            }
        };
    }

    @Test
    void progressTellsLevelIterationAndConvergence() throws Exception {
        List<String> messages = new ArrayList<>();
        List<Double> fractions = new ArrayList<>();
        field(
                Map.of("splineSpacing", "1x1x1", "iterations", "2,3", "tolerance", 0, "mask", "positive"),
                Volumes.Phantom.of(12).image(),
                new Execution(1, told(fractions, messages)));
        assertEquals(5, messages.size());
        assertTrue(messages.get(0).matches("level 1 of 2, iteration 1 of 2, convergence 0\\.\\d+"), messages.get(0));
        assertTrue(messages.get(4).startsWith("level 2 of 2, iteration 3 of 3, convergence "), messages.get(4));
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertEquals(1, fractions.get(4), 1e-9);
    }

    /** Most iterations may be the first level's: with three more to come, that is a quarter and not five sixths. */
    @Test
    void noLevelClaimsMoreThanItsShareOfTheLevels() throws Exception {
        List<String> messages = new ArrayList<>();
        List<Double> fractions = new ArrayList<>();
        field(
                Map.of("splineSpacing", "1x1x1", "iterations", "20,2,1,1", "tolerance", 0, "mask", "positive"),
                Volumes.Phantom.of(12).image(),
                new Execution(1, told(fractions, messages)));
        for (int i = 0; i < messages.size(); i++) {
            int level = messages.get(i).charAt("level ".length()) - '0';
            assertTrue(fractions.get(i) <= level / 4.0, messages.get(i) + ": " + fractions.get(i));
        }
        assertEquals(fractions.stream().sorted().toList(), fractions);
        assertEquals(1, fractions.get(fractions.size() - 1), 1e-9);
    }

    @Test
    void cancellingStopsAfterTheIterationThatRuns() {
        int[] iterations = new int[1];
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {
                iterations[0]++;
            }

            @Override
            public boolean isCancelled() {
                return iterations[0] == 3;
            }
        };
        assertThrows(
                CancellationException.class,
                () -> field(
                        Map.of("iterations", 50, "tolerance", 0),
                        Volumes.Phantom.of(12).image(),
                        new Execution(2, progress)));
        assertEquals(3, iterations[0]);
    }

    @Test
    void voxelsAreDividedByTheField() {
        Interval line = Interval.ofShape(4);
        Block floats = Block.allocate(PixelType.FLOAT32, line);
        N4BiasFieldCorrection plugin = new N4BiasFieldCorrection();
        plugin.highRes(
                new Block(PixelType.FLOAT32, line, new float[] {6, 0, Float.NaN, -4}),
                new float[] {2, 2, 2, 0.5f},
                floats);
        assertArrayEquals(new float[] {3, 0, Float.NaN, -8}, (float[]) floats.voxels());
        Block doubles = Block.allocate(PixelType.FLOAT64, line);
        plugin.highRes(
                new Block(PixelType.FLOAT64, line, new double[] {6, 0, Double.NaN, -4}),
                new double[] {2, 2, 2, 0.5},
                doubles);
        assertArrayEquals(new double[] {3, 0, Double.NaN, -8}, (double[]) doubles.voxels());
    }

    @Test
    void rescalingBringsBackTheRangeInTheMask() throws Exception {
        Volumes.Phantom phantom = Volumes.Phantom.of(20);
        LowResolutionImage image = phantom.image();
        N4BiasFieldCorrection plugin = new N4BiasFieldCorrection(
                Map.of("splineSpacing", "1x1x1", "iterations", "20", "mask", "positive", "rescale", true));
        Field field = plugin.lowRes(image, Execution.standard());
        int size = image.voxels().size();
        float[] values = new float[3 * size];
        for (int channel = 0; channel < field.channels(); channel++) {
            float[] one = new float[size];
            field.evaluate(
                    channel,
                    image.factors(),
                    new Block(PixelType.FLOAT32, image.voxels().interval(), one));
            System.arraycopy(one, 0, values, channel * size, size);
        }
        Block result = Block.allocate(PixelType.FLOAT32, image.voxels().interval());
        plugin.highRes(new Block(PixelType.FLOAT32, result.interval(), phantom.voxels()), values, result);
        float[] range = {Float.MAX_VALUE, 0, Float.MAX_VALUE, 0};
        for (int i = 0; i < size; i++) {
            if (phantom.voxels()[i] > 0) {
                float corrected = ((float[]) result.voxels())[i];
                range[0] = Math.min(range[0], phantom.voxels()[i]);
                range[1] = Math.max(range[1], phantom.voxels()[i]);
                range[2] = Math.min(range[2], corrected);
                range[3] = Math.max(range[3], corrected);
            }
        }
        assertEquals(range[0], range[2], 1e-3);
        assertEquals(range[1], range[3], 1e-3);
    }

    @Test
    void anImageWithTwoAxesIsAVolumeOfOneSlice() throws Exception {
        Volumes.Phantom phantom = Volumes.Phantom.of(30);
        float[] slice = Arrays.copyOfRange(phantom.voxels(), 15 * 900, 16 * 900);
        Map<String, Object> flat = Map.of("splineSpacing", "2x1", "iterations", "10,10", "mask", "positive");
        Map<String, Object> solid = Map.of("splineSpacing", "2x1x1", "iterations", "10,10", "mask", "positive");
        float[] two = field(flat, Volumes.image(slice, 30, 30));
        float[] three = field(solid, Volumes.image(slice, 1, 30, 30));
        assertArrayEquals(two, three, 1e-5f);
        double variation = 0;
        for (float value : two) {
            variation = Math.max(variation, Math.abs(value - two[0]));
        }
        assertTrue(variation > 0.05, "a field that varies, not by " + variation);
    }
}
