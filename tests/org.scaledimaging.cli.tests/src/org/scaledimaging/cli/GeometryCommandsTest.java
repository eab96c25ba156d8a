package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;

/** Verbs that change which voxels an image has: crop, downsample and upsample. */
class GeometryCommandsTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.nii");
    }

    private static void assertSame(Image expected, Path written) throws Exception {
        ImageMetadata metadata = Samples.metadata(written);
        assertEquals(expected.metadata().dimensions(), metadata.dimensions());
        assertEquals(
                expected.metadata().frame().orElseThrow().affine(),
                metadata.frame().orElseThrow().affine());
        assertArrayEquals(Samples.voxels(expected), Samples.voxels(written));
    }

    @Test
    void aCropIsGivenInVoxels() throws Exception {
        Run.of("crop", input, output, "--from", "2,0,5", "--to", "9,24,6").done();
        try (Image image = Image.open(input)) {
            assertSame(image.crop(List.of(2L, 0L, 5L), List.of(9L, 24L, 6L)), output);
        }
        assertArrayEquals(new long[] {7, 24, 1}, Samples.metadata(output).shape());
        assertEquals(
                List.of(6.0, 0.0, 5.0),
                Samples.metadata(output).dimensions().stream()
                        .map(Dimension::origin)
                        .toList());
    }

    @Test
    void aCropIsGivenInPhysicalCoordinates() throws Exception {
        // voxels of 3 x 2 x 1 mm
        Run.of("crop", input, output, "--physical", "--from", "-10,3.5,5", "--to", "6,8,7.5")
                .done();
        try (Image image = Image.open(input)) {
            assertSame(image.crop(List.of(0L, 2L, 5L), List.of(2L, 4L, 8L)), output);
        }
    }

    @Test
    void whatWasDownsampledIsUpsampledToItsPlace() throws Exception {
        Path small = folder.resolve("small.nii.gz");
        Run.of("downsample", input, small, "--factor", "2,4,7").done();
        try (Image image = Image.open(input)) {
            assertSame(image.downsample(List.of(2, 4, 7)), small);
            Run.of("upsample", small, output, "--factor", "2,4,7").done();
            assertSame(image.downsample(List.of(2, 4, 7)).upsample(List.of(2, 4, 7)), output);
            assertEquals(image.metadata().shape()[2], Samples.metadata(output).shape()[2]);
            Run.of("upsample", small, output, "--shape", "20,24,28", "--overwrite")
                    .done();
            assertSame(image.downsample(List.of(2, 4, 7)).upsampleTo(List.of(20L, 24L, 28L)), output);
        }
    }

    @Test
    void oneFactorIsForAllAxes() throws Exception {
        Run.of("downsample", input, output, "--factor", 4).done();
        assertArrayEquals(new long[] {5, 6, 7}, Samples.metadata(output).shape());
    }

    /** Numbers with commas and numbers as shapes are written mean the same, wherever there are several. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "crop --from 1,2,3 --to 9,10,11",
                "crop --physical --from -1.5,2,3 --to 20,30,11",
                "downsample --factor 1,2,4",
                "upsample --factor 1,2,3",
                "upsample --shape 20,25,30",
                "convert --chunks 8,4,4",
                "convert --chunks 4,4,8 --shards 8,8,16",
                "segment --local-block 10,12,14",
                "segment --threshold 110,130",
                "process --plugin gaussian --downsample-factor 2,4,1 --chunk-size 8,8,16",
                "process --plugin n4 -p iterations=3,2 --downsample-factor 4"
            })
    void severalNumbersCanBeWrittenInTwoWays(String line) throws Exception {
        List<Path> outputs = new ArrayList<>();
        for (String between : List.of(",", "x", "×")) {
            String[] words = line.replace(",", between).split(" ");
            output = folder.resolve("out" + outputs.size() + ".ome.zarr");
            outputs.add(output);
            List<Object> arguments = new ArrayList<>(List.of(words[0], input, output));
            arguments.addAll(List.of(words).subList(1, words.length));
            Run.of(arguments.toArray()).done();
            assertArrayEquals(Samples.voxels(outputs.get(0)), Samples.voxels(output));
            try (Image first = Image.open(outputs.get(0));
                    Image image = Image.open(output)) {
                assertArrayEquals(first.source().chunkShape(), image.source().chunkShape());
            }
        }
    }
}
