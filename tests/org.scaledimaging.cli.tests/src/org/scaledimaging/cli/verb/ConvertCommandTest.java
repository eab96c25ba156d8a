package org.scaledimaging.cli.verb;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;

/** Each option of input and output can be seen in what is written. */
class ConvertCommandTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.ome.zarr");
    }

    @Test
    void niftiBecomesOmeZarrAndBackWithoutLosingAVoxel() throws Exception {
        Path back = folder.resolve("back.nii");
        Run.of("convert", input, output).done();
        Run.of("convert", output, back).done();
        assertArrayEquals(Samples.voxels(input), Samples.voxels(back));
        assertEquals(PixelType.UINT16, Samples.metadata(back).pixelType());
        assertEquals(
                Samples.metadata(input).dimensions(), Samples.metadata(back).dimensions());
    }

    @Test
    void theLastLineSaysWhatWasWritten() {
        Run run = Run.of("convert", input, output).done();
        assertTrue(
                run.err().strip().matches("(?s).*Wrote \\S*out.ome.zarr \\(zyx 20 x 24 x 28, uint16, .* s\\)"),
                run.err());
        assertEquals("", run.out());
    }

    @Test
    void verifiedOutputsAreTheSame() throws Exception {
        for (String name : new String[] {"out.ome.zarr", "out.nii", "out.nii.gz"}) {
            Path verified = folder.resolve(name);
            Run.of("convert", input, verified, "--verify").done();
            assertArrayEquals(Samples.voxels(input), Samples.voxels(verified));
        }
    }

    @Test
    void quietPrintsNothing() {
        Run run = Run.of("convert", input, output, "--quiet").done();
        assertEquals("", run.out() + run.err());
    }

    @Test
    void chunksAreAsAsked() throws Exception {
        Run.of("convert", input, output, "--chunks", "4,8,16").done();
        assertEquals(
                "[4,8,16]", array().at("/chunk_grid/configuration/chunk_shape").toString());
    }

    @Test
    void oneNumberOfChunksIsForAllAxes() throws Exception {
        Run.of("convert", input, output, "--chunks", "8").done();
        assertEquals(
                "[8,8,8]", array().at("/chunk_grid/configuration/chunk_shape").toString());
    }

    @Test
    void shardsHoldChunks() throws Exception {
        Run.of("convert", input, output, "--chunks", "4", "--shards", "8").done();
        JsonNode array = array();
        assertEquals(
                "[8,8,8]", array.at("/chunk_grid/configuration/chunk_shape").toString());
        assertEquals("[4,4,4]", array.at("/codecs/0/configuration/chunk_shape").toString());
        assertArrayEquals(Samples.voxels(input), Samples.voxels(output));
    }

    @Test
    void theCodecIsAsAsked() throws Exception {
        Run.of("convert", input, output, "--codec", "gzip:7").done();
        assertEquals(
                "{\"name\":\"gzip\",\"configuration\":{\"level\":7}}",
                array().at("/codecs/1").toString());
    }

    @Test
    void mantissasAreRoundedAsAskedAndItIsSaid() throws Exception {
        Run run = Run.of("convert", input, output, "--output-type", "float32", "--keep-bits", 3)
                .done();
        assertTrue(
                run.err()
                        .contains(
                                "Values are rounded to 3 bits of their mantissa: the relative error is at most 0.063."),
                run.err());
        for (double value : Samples.voxels(output)) {
            assertEquals(0, Float.floatToRawIntBits((float) value) & (1 << 20) - 1);
        }
        Path integers = folder.resolve("integers.ome.zarr");
        Run.of("convert", input, integers, "--output-type", "int16", "--keep-bits", 3)
                .refused(1, List.of("--keep-bits: found 3 for an image of type int16, expected none, or an image of"));
        assertFalse(Files.exists(integers));
    }

    @Test
    void levelsAreAsManyAsAsked() throws Exception {
        Run.of("convert", input, output, "--levels", "2").done();
        assertTrue(Files.exists(output.resolve("1")));
        assertFalse(Files.exists(output.resolve("2")));
    }

    @Test
    void version04IsZarr2() throws Exception {
        Run.of("convert", input, output, "--ome-zarr-version", "0.4", "--codec", "zlib")
                .done();
        assertTrue(Files.exists(output.resolve("0/.zarray")));
        assertEquals(
                "zlib", json(output.resolve("0/.zarray")).at("/compressor/id").asText());
        assertArrayEquals(Samples.voxels(input), Samples.voxels(output));
    }

    @Test
    void theOutputTypeIsAsAsked() throws Exception {
        Run.of("convert", input, output, "--output-type", "uint8").done();
        assertEquals(PixelType.UINT8, Samples.metadata(output).pixelType());
    }

    @Test
    void aLevelOfThePyramidIsReadAlone() throws Exception {
        Path pyramid = Samples.omeZarr(folder);
        Run.of("convert", pyramid, folder.resolve("small.nii"), "--level", 1).done();
        assertArrayEquals(
                new long[] {20, 24, 14},
                Samples.metadata(folder.resolve("small.nii")).shape());
    }

    @Test
    void howVoxelsGrowFromLevelToLevelIsAsAsked() throws Exception {
        Path halved = folder.resolve("halved.ome.zarr");
        Run.of("convert", input, halved, "--pyramid", "halving", "--chunks", 8).done();
        Path again = folder.resolve("again.ome.zarr");
        Run.of("convert", halved, again, "--pyramid", "source").done();
        Path equal = folder.resolve("equal.ome.zarr");
        Run.of("convert", halved, equal, "--chunks", 8).done();
        for (Path path : new Path[] {halved, again}) {
            JsonNode json = Run.of("info", path, "--json").done().json();
            assertEquals("[10,12,14]", json.at("/levels/1/shape").toString());
        }
        JsonNode json = Run.of("info", equal, "--json").done().json();
        assertEquals("[20,24,14]", json.at("/levels/1/shape").toString());
        assertEquals("[3.0,2.0,2.0]", json.at("/levels/1/voxelSize").toString());
        Run.of("convert", input, folder.resolve("no.ome.zarr"), "--pyramid", "source")
                .refused(1, List.of("--pyramid", "no pyramid in", "isotropic or halving"));
        Run.of("convert", input, folder.resolve("no.ome.zarr"), "--pyramid", "octaves")
                .refused(2, List.of("--pyramid", "octaves", "isotropic, halving or source"));
    }

    @Test
    void oneChannelOfOneTimePointIsReadAlone() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Run.of("convert", five, output, "--channel", 2, "--time", 1).done();
        assertArrayEquals(new long[] {1, 1, 8, 16, 16}, Samples.metadata(output).shape());
        assertEquals(List.of("blue"), Samples.metadata(output).channelNames());
        assertEquals(12100, Samples.voxels(output)[0]);
    }

    @Test
    void anExistingTargetIsReplacedOnlyWhenAsked() throws Exception {
        Run.of("convert", input, output, "--levels", "1").done();
        Run refused = Run.of("convert", input, output);
        assertEquals(1, refused.exitCode());
        assertTrue(refused.err().contains("an existing folder"), refused.err());
        Run.of("convert", input, output, "--overwrite", "--output-type", "float64")
                .done();
        assertEquals(PixelType.FLOAT64, Samples.metadata(output).pixelType());
    }

    @Test
    void threadsDoNotChangeTheResult() throws Exception {
        Run.of("convert", input, output, "--threads", 1).done();
        Path other = folder.resolve("other.ome.zarr");
        Run.of("convert", input, other, "--threads", 5).done();
        assertArrayEquals(Samples.voxels(output), Samples.voxels(other));
    }

    @Test
    void whereItCameFromIsWrittenAlong() throws Exception {
        Run.of("convert", input, output).done();
        try (Image image = Image.open(input)) {
            String location = image.recipe().orElseThrow().source().location();
            assertTrue(Files.readString(output.resolve("zarr.json")).contains(location));
        }
    }

    private JsonNode array() throws IOException {
        return json(output.resolve("0/zarr.json"));
    }

    private static JsonNode json(Path file) throws IOException {
        return new ObjectMapper().readTree(file.toFile());
    }
}
