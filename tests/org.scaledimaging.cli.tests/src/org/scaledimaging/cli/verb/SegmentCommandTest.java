package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.segmentation.OtsuOptions;

/** Labels are those of the library, for each option. */
class SegmentCommandTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("labels.nii.gz");
    }

    private void assertLabels(OtsuOptions options) throws Exception {
        try (Image image = Image.open(input)) {
            assertArrayEquals(Samples.voxels(image.segmentOtsu(options)), Samples.voxels(output));
        }
    }

    @Test
    void withoutOptionsThereAreTwoClassesByOtsusThreshold() throws Exception {
        Run run = Run.of("segment", input, output).done();
        assertEquals(PixelType.UINT8, Samples.metadata(output).pixelType());
        assertEquals(
                Samples.metadata(input).dimensions(), Samples.metadata(output).dimensions());
        assertLabels(OtsuOptions.defaults());
        // the values are spread evenly about 134.5
        assertArrayEquals(
                DoubleStream.of(Samples.voxels(input)).map(v -> v > 134 ? 1 : 0).toArray(), Samples.voxels(output));
        assertTrue(run.err().contains("Thresholds: 134" + System.lineSeparator()), run.err());
        assertTrue(run.err().contains("counting values"), run.err());
    }

    @Test
    void classesAreAsManyAsAsked() throws Exception {
        Run run = Run.of("segment", input, output, "--classes", 4).done();
        assertLabels(OtsuOptions.defaults().withClasses(4));
        assertEquals(3, DoubleStream.of(Samples.voxels(output)).max().orElseThrow());
        assertTrue(run.err().matches("(?s).*Thresholds: \\d+,\\d+,\\d+\\R.*"), run.err());
    }

    @Test
    void binsAndLocalBlocksAreAsAsked() throws Exception {
        Run.of("segment", input, output, "--bins", 5).done();
        assertLabels(OtsuOptions.defaults().withBins(5));
        Run run = Run.of("segment", input, output, "--local-block", "4,8,8", "--overwrite")
                .done();
        assertLabels(OtsuOptions.defaults().withLocalBlock(4, 8, 8));
        assertTrue(!run.err().contains("Thresholds"), run.err());
    }

    @Test
    void thresholdsAreAsGiven() throws Exception {
        double[] voxels = Samples.voxels(input);
        Run.of("segment", input, output, "--threshold", "-5,120,150").done();
        assertArrayEquals(
                DoubleStream.of(voxels)
                        .map(v -> 1 + (v > 120 ? 1 : 0) + (v > 150 ? 1 : 0))
                        .toArray(),
                Samples.voxels(output));
        Run.of("segment", input, output, "--threshold", "120,150", "--inclusive", "--overwrite")
                .done();
        assertArrayEquals(
                DoubleStream.of(voxels)
                        .map(v -> (v >= 120 ? 1 : 0) + (v >= 150 ? 1 : 0))
                        .toArray(),
                Samples.voxels(output));
    }

    @Test
    void eachChannelHasThresholdsOfItsOwn() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Path labels = folder.resolve("labels.ome.zarr");
        Run run = Run.of("segment", five, labels, "--time", 0).done();
        for (int channel = 0; channel < 3; channel++) {
            assertTrue(
                    run.err().contains("Thresholds of channel " + channel + ": " + (1000 * channel + 118)), run.err());
        }
        assertEquals(List.of("red", "green", "blue"), Samples.metadata(labels).channelNames());
    }
}
