package org.scaledimaging.cli.batch;

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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;

/** process with any number of images does what run does; all verbs that write tell programs the same of each image. */
class ManyInputsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path first;
    private Path out;

    @BeforeEach
    void makeImage() throws Exception {
        first = Samples.nifti(folder);
        out = folder.resolve("out");
    }

    private static Set<String> keys(JsonNode line) {
        Set<String> keys = new TreeSet<>();
        line.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void itIsTheRecipeThatRunDoes() throws Exception {
        Path second = Files.copy(first, folder.resolve("second.nii.gz"));
        Path recipe = folder.resolve("recipe.json");
        List<Object> how = List.of("--plugin=gaussian", "-psigma=3", "--subtract=2", "--output-type=same");
        List<Object> many = new ArrayList<>(List.of("process", first, second, "--output-dir", out));
        many.addAll(how);
        many.addAll(List.of("--save-recipe", recipe, "--name={name}.ome.zarr", "--jobs=2"));
        Run.of(many.toArray()).done();
        List<Object> one = new ArrayList<>(List.of("process", first, folder.resolve("one.ome.zarr")));
        one.addAll(how);
        Run.of(one.toArray()).done();
        double[] expected = Samples.voxels(folder.resolve("one.ome.zarr"));
        for (String name : List.of("sample", "second")) {
            assertArrayEquals(expected, Samples.voxels(out.resolve(name + ".ome.zarr")), name);
        }
        many.add("--skip-existing");
        many.add("--overwrite");
        many.add("--json");
        assertEquals(2, Run.of(many.toArray()).done().out().split("\"skipped\"", -1).length - 1);
        Run again = Run.of(
                        "run",
                        recipe,
                        first,
                        second,
                        "--output-dir",
                        out,
                        "--name={name}.ome.zarr",
                        "--skip-existing",
                        "--json")
                .done();
        assertEquals(2, again.out().split("\"skipped\"", -1).length - 1, "the same recipe: " + again.out());
    }

    @Test
    void listsAndPatternsWorkWithSessionsAndRuns() throws Exception {
        Path study = folder.resolve("study");
        List<String> scans = List.of(
                "sub-01/ses-1/anat/sub-01_ses-1_run-1_T1w",
                "sub-01/ses-1/anat/sub-01_ses-1_run-2_T1w",
                "sub-01/ses-2/anat/sub-01_ses-2_run-1_T1w",
                "sub-02/ses-1/anat/sub-02_ses-1_run-1_T1w");
        for (String scan : scans) {
            Path file = study.resolve(scan + ".nii.gz");
            Files.createDirectories(file.getParent());
            Files.copy(first, file);
        }
        Files.copy(first, study.resolve("sub-01/ses-1/anat/sub-01_ses-1_T2w.nii.gz"));
        List<Object> arguments = List.of(
                "process",
                study,
                "--bids",
                "sub-*/ses-*/anat/*_run-*_T1w.nii.gz",
                "--output-dir",
                out,
                "--name={name}.ome.zarr",
                "--plugin=gaussian",
                "--json");
        List<String> written = new ArrayList<>();
        for (String line : Run.of(arguments.toArray()).done().out().lines().toList()) {
            written.add(
                    out.relativize(Path.of(JSON.readTree(line).path("output").asText()))
                            .toString());
        }
        assertEquals(scans.stream().map(scan -> scan + ".ome.zarr").toList(), written);
        Path list = Files.writeString(folder.resolve("list.txt"), "# a scan\nsample.nii.gz\n");
        Run.of("process", "--inputs-from", list, "--output-dir", out, "--plugin=gaussian")
                .done();
        assertTrue(Files.exists(out.resolve("sample_corrected.ome.zarr")));
    }

    @Test
    void imagesOfTheSameNameAreRefusedBeforeAnythingIsComputed() throws Exception {
        Path second = Files.createDirectories(folder.resolve("b")).resolve("sample.nii.gz");
        Files.copy(first, second);
        Run.of("process", first, second, "--output-dir", out, "--plugin=gaussian")
                .refused(2, List.of("--name", first, second, "{number}"));
        assertFalse(Files.exists(out));
    }

    @Test
    void whatIsOfOneImageIsRefusedWithMany() throws Exception {
        for (String option : List.of("--save-field=f.nii", "--report=r.html", "--use-temp-zarr", "--chunk-size=8")) {
            Run.of("process", first, "--output-dir", out, "--plugin=gaussian", option)
                    .refused(2, List.of(option.replaceAll("=.*", ""), "--output-dir", "one INPUT"));
        }
        Path target = folder.resolve("o.nii");
        for (String option :
                List.of("--jobs=2", "--name={name}.nii", "--skip-existing", "--bids=*", "--inputs-from=l")) {
            Run.of("process", first, target, "--plugin=gaussian", option)
                    .refused(2, List.of(option.replaceAll("=.*", ""), "--output-dir"));
        }
        Run.of("process", first, "--plugin=gaussian").refused(2, List.of("too few", "OUTPUT", "--output-dir"));
        Run.of("process", first, target, target, "--plugin=gaussian").refused(2, List.of("3 of INPUT", "--output-dir"));
    }

    @Test
    void allVerbsThatWriteSayTheSameOfAnImage() throws Exception {
        List<List<Object>> verbs = List.of(
                List.of("process", first, out.resolve("a.nii"), "--plugin=gaussian"),
                List.of("convert", first, out.resolve("b.nii")),
                List.of("crop", first, out.resolve("c.nii"), "--from=1,1,1", "--to=5,5,5"),
                List.of("segment", first, out.resolve("d.nii")),
                List.of("process", first, "--output-dir", out, "--name={name}.nii", "--plugin=gaussian"));
        Set<String> expected = Set.of(
                "input", "output", "status", "seconds", "axes", "shape", "pixelType", "figures", "warnings", "error");
        for (List<Object> verb : verbs) {
            List<Object> arguments = new ArrayList<>(verb);
            arguments.add("--json");
            Run run = Run.of(arguments.toArray()).done();
            JsonNode line = JSON.readTree(run.out());
            assertEquals(new TreeSet<>(expected), keys(line), verb.toString());
            assertEquals(1, run.out().lines().count());
            assertEquals("done", line.path("status").asText());
            Run failed = Run.of(arguments.toArray());
            assertEquals(1, failed.exitCode(), "it is there already");
            JsonNode error = JSON.readTree(failed.out());
            assertEquals("failed", error.path("status").asText());
            assertTrue(error.path("error").asText().contains("an existing file"), failed.out());
        }
    }

    @Test
    void aVoxelSizeStaysWhatWasAskedForInRecipes() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        Run.of(
                        "process",
                        first,
                        out.resolve("a.ome.zarr"),
                        "--plugin=gaussian",
                        "--downsample-to=4mm",
                        "--save-recipe",
                        recipe)
                .done();
        JsonNode step = JSON.readTree(recipe.toFile()).path("operations").get(0);
        assertEquals("4mm", step.path("downsampleTo").asText());
        assertTrue(step.path("downsampleFactor").isMissingNode(), step.toString());
        Path finer = folder.resolve("finer.nii.gz");
        try (Image image = Image.open(first)) {
            image.upsample(List.of(1, 2, 2)).saveNifti(finer);
        }
        Run.of("run", recipe, finer, "--output-dir", out, "--name={name}.ome.zarr")
                .done();
        Run.of("process", finer, out.resolve("b.ome.zarr"), "--plugin=gaussian", "--downsample-factor=1,4,8")
                .done();
        assertArrayEquals(
                Samples.voxels(out.resolve("b.ome.zarr")),
                Samples.voxels(out.resolve("finer.ome.zarr")),
                "factors of its own: voxels of 3 x 1 x 0.5 mm");
    }
}
