package org.scaledimaging.engine.scaled.lowres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

class VolumeNoticesTest {

    private static List<String> together(VolumeNotices notices, int volumes) {
        return notices.together(volumes, number -> "time point " + number).stream()
                .map(notice -> (notice.kind() == Notice.Kind.WARNING ? "! " : "") + notice.sentence())
                .toList();
    }

    private static VolumeNotices told(int volumes) {
        VolumeNotices notices = new VolumeNotices();
        for (int number = volumes - 1; number >= 0; number--) {
            notices.tell(
                    number, Notice.information("n4: level 1 did " + (number + 3) + " of 50, at 1.5e-" + number + "."));
            if (number % 2 == 1) {
                notices.tell(number, Notice.warning("Nothing in it."));
            }
        }
        return notices;
    }

    @Test
    void oneVolumeIsToldAsItIs() {
        assertEquals(List.of("n4: level 1 did 3 of 50, at 1.5e-0."), together(told(1), 1));
    }

    @Test
    void aFewAreToldOneByOne() {
        assertEquals(
                List.of(
                        "Time point 0: n4: level 1 did 3 of 50, at 1.5e-0.",
                        "Time point 1: n4: level 1 did 4 of 50, at 1.5e-1.",
                        "! Time point 1: Nothing in it."),
                together(told(2), 2));
    }

    @Test
    void coursesOfAFewKeepTheirValuesAndThoseOfManyAreLeftOut() {
        VolumeNotices few = new VolumeNotices();
        VolumeNotices many = new VolumeNotices();
        for (int number = 0; number < 5; number++) {
            Notice course = Notice.course("From 1 to " + number + ".", List.of(1.0, (double) number));
            many.tell(number, course);
            if (number < 2) {
                few.tell(number, course);
            }
        }
        assertEquals(
                List.of(
                        Notice.course("Time point 0: From 1 to 0.", List.of(1.0, 0.0)),
                        Notice.course("Time point 1: From 1 to 1.", List.of(1.0, 1.0))),
                few.together(2, number -> "time point " + number));
        assertEquals(List.of(), many.together(5, number -> "time point " + number));
    }

    @Test
    void manyAreToldInOneSentence() {
        assertEquals(
                List.of(
                        "All 480 volumes: n4: level 1 did (3 to 482) of 50, at (1.5e-479 to 1.5e-0).",
                        "! 240 of 480 volumes, the first time point 1: Nothing in it."),
                together(told(480), 480));
    }

    @Test
    void whatWasToldIsInTheRecipeAndNotToldAgainOfAKeptEstimate(@TempDir Path folder) throws Exception {
        Path source = folder.resolve("image.ome.zarr");
        Image.of(FormulaSource.of("czyx", PixelType.UINT16, new long[] {2, 12, 14, 16}, FormulaSource::scattered))
                .saveOmeZarr(source);
        List<String> told = new ArrayList<>();
        Execution execution = Execution.standard().withNotices(notice -> {
            if (notice.kind() != Notice.Kind.DETAIL) { // those are about this run alone
                told.add(notice.sentence());
            }
        });
        ScaledProcessingOptions options =
                ScaledProcessingOptions.defaults().withDownsampleFactor(3).withEstimateFile(folder.resolve("estimate"));
        List<String> said = new ArrayList<>();
        Path written = folder.resolve("written.ome.zarr");
        try (Image image = Image.open(source);
                Image processed = image.applyScaledProcessing(LocalMean.withGain(0.5), options, execution)) {
            assertEquals(2, told.size(), told::toString);
            assertTrue(
                    told.get(1)
                            .matches(
                                    "Channel 1: local-mean: the field's channels go from [0-9.]+ to [0-9.]+, from [0-9.]+ to [0-9.]+\\."),
                    told.get(1));
            said.addAll(told);
            for (String sentence : told) {
                assertTrue(processed.toJson().contains(sentence), processed::toJson);
            }
            processed.saveOmeZarr(written);
            told.clear();
            try (Image kept = Image.open(source).applyScaledProcessing(LocalMean.withGain(0.5), options, execution)) {
                assertEquals(List.of(), told, "nothing was estimated");
                assertFalse(kept.toJson().contains("told"), "nor is anything claimed of it");
            }
        }
        Map<?, ?> recipe = new org.scaledimaging.engine.format.omezarr.OmeZarrFormat()
                .provenance(org.scaledimaging.engine.place.ImageLocation.of(written));
        Map<?, ?> step = (Map<?, ?>) ((List<?>) recipe.get("operations")).get(0);
        assertEquals(said, step.get("told"));
    }
}
