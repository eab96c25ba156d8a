package org.scaledimaging.plugins.normalize;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.ArraySource;
import org.scaledimaging.plugins.Processing;

class IntensityNormalizationTest {
    private static final Map<String, ?> FULL = Map.of("lowPercentile", 0, "highPercentile", 100);

    @ParameterizedTest
    @CsvSource({
        // two time points of two channels, two voxels each: 0 10, 100 300; 20 40, 100 500
        "volume, 0 1 0 1 0 1 0 1",
        "channel, 0 0.25 0 0.5 0.5 1 0 1",
        "image, 0 0.02 0.2 0.6 0.04 0.08 0.2 1"
    })
    void percentilesAreThoseOfTheScope(String scope, String expected) throws Exception {
        double[] voxels = {0, 10, 100, 300, 20, 40, 100, 500};
        ArraySource image = ArraySource.of("tcyx", PixelType.FLOAT64, voxels, 2, 2, 1, 2);
        Map<String, ?> parameters = Map.of("scope", scope, "lowPercentile", 0, "highPercentile", 100);
        String[] values = expected.split(" ");
        double[] found = Processing.doubles(Processing.of(image, "normalize", parameters, 1, 1));
        for (int i = 0; i < values.length; i++) {
            assertEquals(Double.parseDouble(values[i]), found[i], 1e-15, "at " + i);
        }
    }

    @Test
    void aSecondNormalisationFindsNothingToDo() throws Exception {
        double[] voxels = {0, 10, 100, 300, 20, 40, 100, 500};
        ArraySource image = ArraySource.of("yx", PixelType.FLOAT64, voxels, 2, 4);
        var once = Processing.of(image, "normalize", FULL, 1, 1);
        assertArrayEquals(Processing.doubles(once), Processing.doubles(Processing.of(once, "normalize", FULL, 1, 1)));
    }

    @Test
    void percentilesThatAreTheSameAreTold() throws Exception {
        double[] voxels = {5, 5, 5, 5, 0, 10, 100, 300};
        ArraySource image = ArraySource.of("cyx", PixelType.FLOAT64, voxels, 2, 2, 2);
        List<Notice> notices = new ArrayList<>();
        Execution execution = Execution.standard().withNotices(notice -> {
            if (notice.kind() == Notice.Kind.WARNING) {
                notices.add(notice);
            }
        });
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(1);
        ScaledProcessing.apply(image, new IntensityNormalization(Map.of()), options, execution);
        assertEquals(1, notices.size());
        String sentence = notices.get(0).sentence();
        assertTrue(sentence.startsWith("Both percentiles are the same for 1 of 2 (volumes)"), sentence);
        assertTrue(sentence.contains("highPercentile=99.99"), sentence);
        notices.clear();
        ScaledProcessing.apply(image, new IntensityNormalization(Map.of("scope", "image")), options, execution);
        assertEquals(List.of(), notices);
    }

    @Test
    void wherePercentilesAreTheSameIntensitiesAreShifted() throws Exception {
        double[] voxels = new double[400];
        voxels[7] = 300;
        ArraySource image = ArraySource.of("yx", PixelType.FLOAT64, voxels, 20, 20);
        assertEquals(305, Processing.doubles(Processing.of(image, "normalize", range(5, 9, false), 1, 1))[7]);
        assertEquals(9, Processing.doubles(Processing.of(image, "normalize", range(5, 9, true), 1, 1))[7]);
    }

    private static Map<String, ?> range(double min, double max, boolean clamp) {
        return Map.of("outputMin", min, "outputMax", max, "clamp", clamp);
    }

    @Test
    void oneVolumeAloneHasItsOwnPercentiles() throws Exception {
        ArraySource image = ArraySource.of("yx", PixelType.FLOAT64, new double[] {3, 8, 5, 4}, 2, 2);
        LowResolutionImage low =
                new LowResolutionImage(image.metadata(), Processing.whole(image), new int[] {1, 1}, image.metadata());
        Field field = new IntensityNormalization(FULL).lowRes(low, Execution.standard());
        double[] values = new double[4];
        field.evaluate(
                0,
                new int[] {1, 1},
                new Block(PixelType.FLOAT64, image.metadata().interval(), values));
        assertArrayEquals(new double[] {3, 3, 3, 3}, values);
        field.evaluate(
                1,
                new int[] {1, 1},
                new Block(PixelType.FLOAT64, image.metadata().interval(), values));
        assertArrayEquals(new double[] {8, 8, 8, 8}, values);
    }

    @Test
    void endsThatAreTheWrongWayRoundAreRefused() {
        assertEquals(
                "Parameter outputMax: found 0, expected a number above outputMin, 0.",
                assertThrows(ParameterException.class, () -> new IntensityNormalization(Map.of("outputMax", 0)))
                        .getMessage());
        assertEquals(
                "Parameter highPercentile: found 20, expected a number above lowPercentile, 40.",
                assertThrows(
                                ParameterException.class,
                                () -> new IntensityNormalization(Map.of("lowPercentile", 40, "highPercentile", 20)))
                        .getMessage());
    }
}
