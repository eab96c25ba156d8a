package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.ImageMetadata;

/** OME-TIFF as the output of verbs. */
class OmeTiffOutputTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.ome.tif");
    }

    private static JsonNode line(Run run) throws Exception {
        return new ObjectMapper().readTree(run.done().out().lines().findFirst().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "convert",
                "segment",
                "subtract --value=3",
                "crop --from=1,1,1 --to=2,9,9",
                "downsample --factor=2",
                "upsample --factor=2",
                "process --plugin=gaussian"
            })
    void everyVerbWritesWhatItWouldWriteAsOmeZarr(String verb) throws Exception {
        Path zarr = folder.resolve("out.ome.zarr");
        for (Path target : List.of(zarr, output)) {
            List<Object> words = new ArrayList<>(List.of(verb.split(" ")));
            words.addAll(1, List.of(input, target, "--verify", "--json"));
            JsonNode planned = line(Run.of(with(words, "--dry-run")));
            assertFalse(Files.exists(target));
            JsonNode done = line(Run.of(words.toArray()));
            assertEquals(done.path("shape"), planned.path("shape"));
        }
        ImageMetadata expected = Samples.metadata(zarr);
        ImageMetadata written = Samples.metadata(output);
        assertEquals(expected.dimensions(), written.dimensions());
        assertEquals(expected.frame(), written.frame());
        assertEquals(expected.pixelType(), written.pixelType());
        assertEquals(expected.labels(), written.labels());
        assertArrayEquals(Samples.voxels(zarr), Samples.voxels(output));
    }

    private static Object[] with(List<Object> words, String option) {
        List<Object> more = new ArrayList<>(words);
        more.add(option);
        return more.toArray();
    }

    @Test
    void optionsSayHowItIsWritten() throws Exception {
        JsonNode plan = line(Run.of("convert", input, output, "--chunks=16", "--dry-run", "--json"));
        assertEquals(2, plan.path("figures").path("levels").asInt());
        assertTrue(plan.path("figures").path("memoryBytes").asLong() > 0);
        Run.of("convert", input, output, "--chunks=16", "--codec=zstd:5").done();
        try (Image image = Image.open(output)) {
            assertEquals(2, image.source().levels().size());
        }
        Run.of("convert", input, output).refused(1, List.of("out.ome.tif", "existing file", "--overwrite"));
        Run.of("convert", input, output, "--overwrite", "--levels=1").done();
        convertRefused(2, List.of("--chunks", "20", "multiples of 16"), output, "--chunks=20");
        convertRefused(2, List.of("--codec", "blosc-lz4", "deflate, zstd or none"), output, "--codec=blosc-lz4");
        convertRefused(2, List.of("--codec", "0 to 9"), output, "--codec=deflate:12");
        convertRefused(2, List.of("--shards", "OME-TIFF"), output, "--shards=64");
        convertRefused(2, List.of("--codec", ".ome.tif"), folder.resolve("a.nii"), "--codec=deflate");
        Path wide = folder.resolve("b.tif");
        convertRefused(1, List.of("--output-type", "uint64", "32 bits"), wide, "--output-type=uint64");
        assertFalse(Files.exists(wide));
    }

    private void convertRefused(int code, List<String> words, Path target, String option) {
        Run.of("convert", input, target, "--overwrite", option).refused(code, words);
    }

    @Test
    void theFieldMayBeOfAnotherFormatThanTheImage() throws Exception {
        Path field = folder.resolve("field.ome.zarr");
        Run.of("process", input, output, "--plugin=gaussian", "--save-field", field, "--shards=16", "--chunks=16")
                .done();
        assertEquals(
                Samples.metadata(field).dimensions(), Samples.metadata(output).dimensions());
    }

    @Test
    void recipesWriteItToo() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        Run.of("process", input, output, "--plugin=gaussian", "--codec=zstd", "--levels=1", "--save-recipe", recipe)
                .done();
        Path results = folder.resolve("results");
        Run.of("run", recipe, input, "--output-dir", results, "--name={name}.ome.tif")
                .done();
        Path again = results.resolve("sample.ome.tif");
        assertArrayEquals(Samples.voxels(output), Samples.voxels(again));
        assertTrue(Run.of("info", "--recipe", again).done().out().contains("gaussian"));
        Run.of("run", recipe, input, "--output-dir", results, "--name={name}.ome.tif", "--skip-existing")
                .done();
        Run.of("run", recipe, input, "--output-dir", results, "--name={name}.ome.zarr")
                .done();
        assertArrayEquals(Samples.voxels(output), Samples.voxels(results.resolve("sample.ome.zarr")));
    }
}
