package org.scaledimaging.cli.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;

/** One recipe for many images: the results are those of process, failures stop nobody, and what is done is not done again. */
class RunCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path recipe;
    private Path first;
    private Path out;

    @BeforeEach
    void makeRecipe() throws Exception {
        first = Samples.nifti(folder);
        out = folder.resolve("out");
        recipe = folder.resolve("recipe.json");
        Run.of(
                        "process",
                        first,
                        folder.resolve("first.ome.zarr"),
                        "--plugin=gaussian",
                        "-psigma=3",
                        "--subtract=2",
                        "--output-type=same",
                        "--chunks=16",
                        "--save-recipe",
                        recipe)
                .done();
    }

    private Path copy(String name) throws Exception {
        return Files.copy(first, folder.resolve(name));
    }

    private static Run failed(Run run, String... words) {
        assertEquals(1, run.exitCode(), run.err());
        for (String word : words) {
            assertTrue(run.err().contains(word), run.err());
        }
        return run;
    }

    private static List<JsonNode> lines(Run run) throws Exception {
        List<JsonNode> lines = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"downsampleFactor\"|\"estimateFrm\" : \"mean\", \"downsampleFactor\"|found the key \"estimateFrm\", expected none",
                "\"downsampleFactor\"|\"factor\"|: downsampleFactor: found nothing, expected it or downsampleTo.",
                "\"operations\"|\"sorce\" : 1, \"operations\"|found the key \"sorce\", expected none but version, source",
                "\"chunks\"|\"chunkz\"|chunkz"
            })
    void aKeyThatMeansNothingIsAnError(String key, String instead, String sentence) throws Exception {
        String text = Files.readString(recipe);
        assertTrue(text.contains(key), text);
        Files.writeString(recipe, text.replaceFirst(key, instead));
        Run run = Run.of("run", recipe, first, "--output-dir", out);
        assertTrue(run.exitCode() != 0, run.out());
        assertTrue(run.err().contains(sentence), run.err());
        assertTrue(Files.notExists(out), "nothing was written");
    }

    @Test
    void theResultsAreThoseOfProcessAlsoWithSeveralAtOnce() throws Exception {
        Path second = copy("second.nii.gz");
        Path third = copy("third.nii.gz");
        Run.of("run", recipe, second, third, "--output-dir", out, "--jobs", "2").done();
        double[] expected = Samples.voxels(folder.resolve("first.ome.zarr"));
        for (String name : List.of("second", "third")) {
            Path result = out.resolve(name + "_corrected.ome.zarr");
            assertArrayEquals(expected, Samples.voxels(result));
            assertEquals(
                    Samples.metadata(first).pixelType(),
                    Samples.metadata(result).pixelType(),
                    "same as the input");
            try (Image image = Image.open(result)) {
                assertArrayEquals(new int[] {16, 16, 16}, image.source().chunkShape(), "as the recipe has it");
            }
        }
        assertEquals(PixelType.UINT16, Samples.metadata(first).pixelType());
    }

    @Test
    void oneBadFileStopsNobody() throws Exception {
        Path bad = Files.writeString(folder.resolve("bad.nii.gz"), "no image");
        Path good = copy("good.nii.gz");
        Run run = failed(
                Run.of("run", recipe, bad, good, "--output-dir", out, "--json", "--quiet"),
                "bad.nii.gz",
                "1 of 2 images written, 1 failed");
        List<JsonNode> lines = lines(run);
        assertEquals("failed", lines.get(0).path("status").asText());
        assertTrue(lines.get(0).path("error").asText().contains("no known format"), run.out());
        assertEquals("done", lines.get(1).path("status").asText());
        assertTrue(Files.exists(out.resolve("good_corrected.ome.zarr")));
        assertFalse(Files.exists(out.resolve("bad_corrected.ome.zarr")));
    }

    @Test
    void whatIsThereOfTheSameRecipeAndSourceIsLeft() throws Exception {
        Path second = copy("second.nii.gz");
        Path result = out.resolve("second_corrected.ome.zarr");
        Run.of("run", recipe, second, "--output-dir", out).done();
        FileTime before = Files.getLastModifiedTime(result);
        List<JsonNode> again = lines(Run.of("run", recipe, second, "--output-dir", out, "--skip-existing", "--json")
                .done());
        assertEquals("skipped", again.get(0).path("status").asText());
        assertEquals(before, Files.getLastModifiedTime(result));
        failed(Run.of("run", recipe, second, "--output-dir", out), "second_corrected.ome.zarr");
        Path other = folder.resolve("other.json");
        Files.writeString(other, Files.readString(recipe).replace("\"sigma\" : 3.0", "\"sigma\" : 4.0"));
        failed(Run.of("run", other, second, "--output-dir", out, "--skip-existing"), "second_corrected.ome.zarr");
        Run.of("run", other, second, "--output-dir", out, "--skip-existing", "--overwrite")
                .done();
        assertFalse(before.equals(Files.getLastModifiedTime(result)), "made anew by the other recipe");
        Files.setLastModifiedTime(second, FileTime.fromMillis(1_000_000_000_000L));
        failed(Run.of("run", other, second, "--output-dir", out, "--skip-existing"), "second_corrected.ome.zarr");
    }

    @Test
    void niftiThatIsThereOfTheSameRecipeAndSourceIsLeft() throws Exception {
        Path second = copy("second.nii.gz");
        for (String ending : List.of(".nii", ".nii.gz")) {
            Path result = out.resolve("second" + ending);
            List<Object> run = List.of("run", recipe, second, "--output-dir", out, "--name={name}" + ending);
            // The recipe's chunks are of OME-Zarr alone.
            Path plain = folder.resolve("plain.json");
            Files.writeString(plain, Files.readString(recipe).replace("\"chunks\" : \"16\",", ""));
            List<Object> again = new ArrayList<>(run);
            again.set(1, plain);
            Run.of(again.toArray()).done();
            byte[] before = Files.readAllBytes(result);
            FileTime time = FileTime.fromMillis(1_500_000_000_000L);
            Files.setLastModifiedTime(result, time);
            again.add("--skip-existing");
            again.add("--json");
            assertEquals(
                    "skipped",
                    lines(Run.of(again.toArray()).done()).get(0).path("status").asText());
            assertEquals(time, Files.getLastModifiedTime(result));
            assertArrayEquals(before, Files.readAllBytes(result));
            Path other = folder.resolve("other.json");
            Files.writeString(other, Files.readString(plain).replace("\"sigma\" : 3.0", "\"sigma\" : 4.0"));
            again.set(1, other);
            failed(Run.of(again.toArray()), result.getFileName().toString());
            again.add("--overwrite");
            Run.of(again.toArray()).done();
            assertTrue(Run.of("info", result, "--recipe").done().out().contains("\"sigma\" : 4.0"));
        }
    }

    @Test
    void inputsComeFromListsAndPatterns() throws Exception {
        for (String subject : List.of("sub-01", "sub-02")) {
            Path anat = Files.createDirectories(folder.resolve("study/" + subject + "/anat"));
            Files.copy(first, anat.resolve(subject + "_T1w.nii.gz"));
            Files.copy(first, anat.resolve(subject + "_T2w.nii.gz"));
        }
        Path study = folder.resolve("study");
        Run.of("run", recipe, study, "--bids", "sub-*/anat/*_T1w.nii.gz", "--output-dir", out, "--name={name}.ome.zarr")
                .done();
        assertEquals(List.of("sub-01_T1w.ome.zarr"), Samples.names(out.resolve("sub-01/anat")));
        Path list = folder.resolve("study/list.txt");
        Files.writeString(list, "# scans\n\nsub-01/anat/sub-01_T2w.nii.gz\n" + first + "\n");
        Run.of("run", recipe, "--inputs-from", list, "--output-dir", out, "--name={number}.nii.gz")
                .done();
        assertTrue(Files.exists(out.resolve("1.nii.gz")) && Files.exists(out.resolve("2.nii.gz")));
        Run.of("run", recipe, study, "--bids", "sub-*/func/*", "--output-dir", out)
                .refused(2, List.of("--bids", "nothing"));
    }

    @Test
    void whatCannotBeIsNamedBeforeWorkStarts() throws Exception {
        Path second = Files.createDirectories(folder.resolve("b")).resolve("sample.nii.gz");
        Files.copy(first, second);
        Run.of("run", recipe, first, second, "--output-dir", out)
                .refused(2, List.of("--name", first.toString(), second.toString(), "{number}"));
        Run.of("run", recipe, first, "--output-dir", out, "--name", "{nam}.nii").refused(2, List.of("{nam}", "{name}"));
        Run.of("run", recipe, first, "--output-dir", out, "--name", "x.nii").refused(2, List.of("--name", "{name}"));
        Run.of("run", recipe, first, "--output-dir", out, "--name", "{name}.png")
                .refused(2, List.of(".ome.zarr"));
        Run.of("run", recipe, first).refused(2, List.of("--output-dir"));
        Run.of("run", recipe, "--output-dir", out).refused(2, List.of("INPUT"));
        Run.of("run", recipe, first, "--output-dir", out, "--jobs=0").refused(2, List.of("--jobs"));
        Run.of("run", first, first, "--output-dir", out).refused(1, List.of("no JSON"));
        Path odd =
                Files.writeString(folder.resolve("odd.json"), "{\"version\":1,\"operations\":[{\"operation\":\"x\"}]}");
        Run.of("run", odd, first, "--output-dir", out).refused(1, List.of("\"x\"", "process"));
        assertFalse(Files.exists(out));
    }

    @Test
    void theRecipeOfAResultIsOneToRun() throws Exception {
        Path result = folder.resolve("first.ome.zarr");
        Path taken = folder.resolve("taken.json");
        Files.writeString(taken, Run.of("info", result, "--recipe").done().out());
        Path second = copy("second.nii.gz");
        Run.of("run", taken, second, "--output-dir", out).done();
        assertArrayEquals(Samples.voxels(result), Samples.voxels(out.resolve("second_corrected.ome.zarr")));
        Run.of("info", first, "--recipe").refused(1, List.of("no recipe"));
    }
}
