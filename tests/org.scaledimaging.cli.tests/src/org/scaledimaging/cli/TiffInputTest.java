package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.target.AtomicTarget;

/** TIFF files, of those that the engine's tests read, as inputs. */
class TiffInputTest {
    private static final Path FIXTURES =
            Path.of(System.getProperty("project.root"), "tests/org.scaledimaging.engine.tests/resources/tiff");

    @TempDir
    Path folder;

    @Test
    void infoTellsWhatAnOmeTiffHolds() throws Exception {
        JsonNode facts = Run.of("info", FIXTURES.resolve("pyramid.ome.tif"), "--json")
                .done()
                .json();
        assertEquals("TIFF", facts.path("format").asText());
        assertEquals("uint16", facts.path("pixelType").asText());
        assertEquals(3, facts.path("levels").size());
    }

    @Test
    void whatAnInputIsCanBeSaid() throws Exception {
        Path output = folder.resolve("said.ome.zarr");
        Run.of("convert", FIXTURES.resolve("plain-u2.tif"), output, "--axes", "tyx", "--voxel-size", "2,3um")
                .done();
        assertEquals("tyx", Samples.metadata(output).axes());
        assertEquals(3, Samples.metadata(output).dimensions().get(2).voxelSize());
        Run.of("info", FIXTURES.resolve("plain-u2.tif"), "--axes", "tzyx").refused(1, List.of("--axes", "zyx"));
    }

    @Test
    void aFolderOfPlanesIsReadAsOneImage() throws Exception {
        for (int i : new int[] {1, 2, 10}) {
            Files.copy(FIXTURES.resolve("plain-u1.tif"), folder.resolve("plane_" + i + ".tif"));
        }
        JsonNode facts = Run.of("info", folder, "--voxel-size", "5,1.3,1.3um", "--json")
                .done()
                .json();
        assertEquals("[3,48,64]", facts.path("shape").toString());
        assertEquals("[5.0,1.3,1.3]", facts.path("voxelSize").toString());
    }

    @Test
    void whatIsMissingIsSaidWithInfoAndOnceInAJob() throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        Run.of("convert", FIXTURES.resolve("plain-u1.tif"), image, "--levels", 2)
                .done();
        AtomicTarget.deleteAll(image.resolve("1"));
        JsonNode facts = Run.of("info", image, "--json").done().json();
        assertEquals(1, facts.path("levels").size());
        assertEquals(
                "[\"" + image + ": the level \\\"1\\\" that it lists is missing; the image is read without.\"]",
                facts.path("notices").toString());
        Run processed = Run.of("process", image, folder.resolve("out.ome.zarr"), "--plugin", "gaussian")
                .done();
        assertEquals(
                1,
                processed
                        .err()
                        .lines()
                        .filter(line -> line.contains("is missing"))
                        .count(),
                processed.err());
    }

    @Test
    void convertKeepsVoxelsPlaceAndChannels() throws Exception {
        Path input = FIXTURES.resolve("ome-tczyx.ome.tif");
        Path output = folder.resolve("out.ome.zarr");
        Run.of("convert", input, output).done();
        assertArrayEquals(Samples.voxels(input), Samples.voxels(output));
        ImageMetadata metadata = Samples.metadata(output);
        assertEquals(Samples.metadata(input).dimensions(), metadata.dimensions());
        assertEquals(List.of("DAPI", "GFP", "RFP"), metadata.channelNames());
    }

    @Test
    void processGivesTheSameAsForTheImageInAnotherFormat() throws Exception {
        Path tiff = FIXTURES.resolve("ome-tczyx.ome.tif");
        Path zarr = folder.resolve("in.ome.zarr");
        Run.of("convert", tiff, zarr, "--levels", 1).done();
        Path fromTiff = folder.resolve("tiff.ome.zarr");
        Path fromZarr = folder.resolve("zarr.ome.zarr");
        Run.of("process", tiff, fromTiff, "--plugin", "gaussian", "--downsample-factor", "1,2,2")
                .done();
        Run.of("process", zarr, fromZarr, "--plugin", "gaussian", "--downsample-factor", "1,2,2")
                .done();
        assertArrayEquals(Samples.voxels(fromZarr), Samples.voxels(fromTiff));
        assertEquals(PixelType.FLOAT32, Samples.metadata(fromTiff).pixelType());
    }

    @Test
    void allImagesOfAFileBecomeACollection() throws Exception {
        Path input = FIXTURES.resolve("two-images.ome.tif");
        Path output = folder.resolve("all.ome.zarr");
        Run.of("convert", input, output).done();
        JsonNode facts = Run.of("info", output, "--json").done().json();
        assertEquals("collection", facts.path("kind").asText());
        assertEquals("overview", facts.at("/images/0/name").asText());
        assertEquals("detail", facts.at("/images/1/name").asText());
        for (String image : List.of("0", "1")) {
            assertArrayEquals(Samples.voxels(input.resolve(image)), Samples.voxels(output.resolve(image)));
        }
        assertEquals("cyx", Samples.metadata(output.resolve("1")).axes());
        Run.of("convert", input, folder.resolve("one.ome.zarr"), "--series", 1).done();
        assertEquals("cyx", Samples.metadata(folder.resolve("one.ome.zarr")).axes());
        Run.of("convert", input, folder.resolve("one.nii")).refused(1, List.of("found 2 images", "--series 0 to 1"));
    }

    @Test
    void aDamagedFileIsRefusedInOneLine() throws Exception {
        Path damaged = folder.resolve("damaged.tif");
        byte[] whole = Files.readAllBytes(FIXTURES.resolve("plain-u2.tif"));
        Files.write(damaged, java.util.Arrays.copyOf(whole, 100));
        Run.of("info", damaged).refused(1, List.of(damaged + ": found a directory", "expected"));
    }
}
