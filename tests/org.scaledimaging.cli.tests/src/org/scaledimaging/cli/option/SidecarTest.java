package org.scaledimaging.cli.option;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;

/** NIfTI files have a sidecar that says what they were made of, which replaces nobody's unasked; paths can be left out. */
class SidecarTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    private Path input;
    private Path output;
    private Path sidecar;

    @BeforeEach
    void makeImage() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out/result.nii.gz");
        sidecar = folder.resolve("out/result.json");
    }

    private Run process(Path from, Path to, Object... options) {
        List<Object> arguments = new ArrayList<>(List.of("process", from, to, "--plugin=gaussian"));
        arguments.addAll(List.of(options));
        return Run.of(arguments.toArray());
    }

    @Test
    void itSaysByWhatAndOfWhatTheImageWasMade() throws Exception {
        Path mask = folder.resolve("mask.nii");
        Samples.volume(20, 24, 28).saveNifti(mask);
        process(input, output, "--mask", mask).done();
        JsonNode said = JSON.readTree(sidecar.toFile());
        List<String> keys = new ArrayList<>();
        said.fieldNames().forEachRemaining(keys::add);
        assertEquals(List.of("GeneratedBy", "Sources", "ScaledImaging"), keys, "and nothing that is not known");
        assertEquals(
                "Scaled Imaging", said.path("GeneratedBy").get(0).path("Name").asText());
        assertEquals(
                "[\"../sample.nii.gz\",\"../mask.nii\"]", said.path("Sources").toString());
        assertEquals(
                "gaussian",
                said.path("ScaledImaging")
                        .path("operations")
                        .get(0)
                        .path("plugin")
                        .asText());
        process(input, folder.resolve("other.nii"), "--no-sidecar").done();
        assertFalse(Files.exists(folder.resolve("other.json")));
        Run.of("crop", output, folder.resolve("part.nii"), "--from=0,0,0", "--to=5,5,5")
                .done();
        assertEquals(
                "[\"out/result.nii.gz\"]",
                JSON.readTree(folder.resolve("part.json").toFile())
                        .path("Sources")
                        .toString());
    }

    @Test
    void whatWasSaidOfAnImageGoesWithIt() throws Exception {
        process(input, output).done();
        process(input, output).refused(1, List.of("result.nii.gz: found an existing file"));
        process(input, output, "--overwrite", "--no-sidecar").done();
        assertFalse(Files.exists(sidecar), "it told of the image before");
        Files.writeString(sidecar, "{\"RepetitionTime\":2}");
        process(input, output, "--overwrite", "--no-sidecar").done();
        assertTrue(Files.exists(sidecar), "others' words stay");
        Path other = folder.resolve("out/result.nii");
        Files.delete(sidecar);
        process(input, other).done();
        process(input, output, "--overwrite", "--no-sidecar").done();
        assertTrue(Files.exists(sidecar), "it is the sidecar of " + other);
    }

    @Test
    void inADataSetOfBidsSourcesHaveItsNames() throws Exception {
        Path study = Files.createDirectories(folder.resolve("study/sub-01/anat"));
        Path scan = Files.copy(input, study.resolve("sub-01_T1w.nii.gz"));
        Path derived = Files.createDirectories(folder.resolve("study/derivatives/n4"));
        Files.writeString(folder.resolve("study/dataset_description.json"), "{\"Name\":\"study\"}");
        process(scan, study.resolve("sub-01_desc-n4_T1w.nii.gz")).done();
        assertEquals(
                "[\"bids::sub-01/anat/sub-01_T1w.nii.gz\"]",
                JSON.readTree(study.resolve("sub-01_desc-n4_T1w.json").toFile())
                        .path("Sources")
                        .toString());
        Files.writeString(
                derived.resolve("dataset_description.json"),
                "{\"DatasetType\":\"derivative\",\"DatasetLinks\":{\"raw\":\"../..\"}}");
        process(scan, derived.resolve("sub-01_T1w.nii")).done();
        assertEquals(
                "[\"bids:raw:sub-01/anat/sub-01_T1w.nii.gz\"]",
                JSON.readTree(derived.resolve("sub-01_T1w.json").toFile())
                        .path("Sources")
                        .toString());
    }

    @Test
    void aFileOfOthersIsReplacedOnlyWhenAskedFor() throws Exception {
        Files.createDirectories(output.getParent());
        byte[] others = "{\"RepetitionTime\":2}".getBytes(StandardCharsets.UTF_8);
        Files.write(sidecar, others);
        process(input, output).refused(1, List.of("result.json", "an existing file", "--overwrite", "--no-sidecar"));
        assertFalse(Files.exists(output));
        process(input, output, "--dry-run").refused(1, List.of("result.json", "an existing file"));
        process(input, output, "--no-sidecar").done();
        assertArrayEquals(others, Files.readAllBytes(sidecar));
        Run run = process(input, output, "--overwrite").done();
        assertTrue(run.err().contains("result.json, which said other things"), run.err());
        assertTrue(JSON.readTree(sidecar.toFile()).has("ScaledImaging"));
        Run again = process(input, output, "--overwrite").done();
        assertFalse(again.err().contains("other things"), again.err());
        Files.delete(output);
        process(input, output).done(); // a sidecar of ours that a killed process left without its image
    }

    @Test
    void theSidecarOfTheSourceIsNeverReplaced() throws Exception {
        Path own = Files.writeString(folder.resolve("sample.json"), "{\"EchoTime\":0.03}");
        Path target = folder.resolve("sample.nii");
        for (String option : List.of("--overwrite", "--quiet")) {
            Run.of("convert", input, target, option)
                    .refused(1, List.of("sample.json", "the sidecar of", "which is read", "--no-sidecar"));
        }
        assertEquals("{\"EchoTime\":0.03}", Files.readString(own));
        Run.of("convert", input, target, "--no-sidecar").done();
    }

    @Test
    void nothingIsLeftOfAFailure() throws Exception {
        byte[] bytes = Files.readAllBytes(input);
        Path damaged = folder.resolve("damaged.nii.gz");
        Files.write(damaged, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertEquals(1, process(damaged, output).exitCode());
        assertTrue(Files.notExists(sidecar) && Files.notExists(output));
    }

    @ParameterizedTest
    @ValueSource(strings = {"result.nii.gz", "result.nii", "result.ome.zarr", "result.ozx"})
    void withoutPathsACopyGivesTheSameBytes(String name) throws Exception {
        List<List<byte[]>> bytes = new ArrayList<>();
        for (String place : List.of("a", "b")) {
            Path here = Files.createDirectories(folder.resolve(place));
            Path copy = Files.copy(input, here.resolve("scan.nii.gz"));
            Files.setLastModifiedTime(copy, FileTime.fromMillis(1_000_000_000_000L + place.hashCode() * 1000L));
            Path mask = here.resolve("mask.nii");
            Samples.volume(20, 24, 28).saveNifti(mask);
            Path recipe = here.resolve("recipe.json");
            Path result = here.resolve(name);
            process(copy, result, "--mask", mask, "--no-paths", "--save-recipe", recipe)
                    .done();
            List<byte[]> files = new ArrayList<>();
            try (Stream<Path> all = Files.walk(here)) {
                for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                    files.add(Files.readAllBytes(file));
                    if (!file.equals(copy) && !file.equals(mask) && !name.endsWith("gz")) {
                        String text = new String(files.get(files.size() - 1), StandardCharsets.ISO_8859_1);
                        assertFalse(text.contains(folder.toString()), file + " holds a path");
                    }
                }
            }
            bytes.add(files);
            String info = Run.of("info", result).done().out();
            assertTrue(info.contains("scan.nii.gz") && !info.contains(folder.toString()), info);
            Run.of("info", result, "--recipe").done();
        }
        assertEquals(bytes.get(0).size(), bytes.get(1).size());
        for (int i = 0; i < bytes.get(0).size(); i++) {
            assertArrayEquals(bytes.get(0).get(i), bytes.get(1).get(i), "file " + i);
        }
    }
}
