package org.scaledimaging.cli.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;

/** Work that is not done is told of: what would be written, what that takes, or the error that would come. */
class DryRunTest {
    @TempDir
    Path folder;

    private Path input;
    private Path output;

    @BeforeEach
    void makeImage() throws Exception {
        input = Samples.nifti(folder);
        output = folder.resolve("out.ome.zarr");
    }

    /** Names, sizes and times of all that is in the folder. */
    private TreeMap<String, List<Object>> content() throws Exception {
        TreeMap<String, List<Object>> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.toList()) {
                content.put(path.toString(), List.of(Files.size(path), Files.getLastModifiedTime(path)));
            }
        }
        return content;
    }

    private Run dry(Object... arguments) throws Exception {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.add("--dry-run");
        TreeMap<String, List<Object>> before = content();
        Run run = Run.of(all.toArray());
        assertEquals(before, content(), "nothing is written");
        return run;
    }

    private static JsonNode line(Run run) throws Exception {
        assertEquals(1, run.out().lines().count(), run.out());
        return new ObjectMapper().readTree(run.out());
    }

    @Test
    void labelsThatWouldBeLeftOutAreNamed() throws Exception {
        Path image = folder.resolve("image.ome.zarr");
        Path labels = image.resolve("labels");
        Run.of("convert", input, image).done();
        Run.of("segment", image, folder.resolve("cells.ome.zarr")).done();
        Files.createDirectory(labels);
        Files.move(folder.resolve("cells.ome.zarr"), labels.resolve("cells"));
        Files.writeString(labels.resolve("zarr.json"), """
                {"zarr_format": 3, "node_type": "group", "attributes": {"ome": {"version": "0.5", "labels": ["cells"]}}}""");
        for (String name : List.of("out.ome.zarr", "out.nii.gz", "out.ome.tif")) {
            Object[] crop = {"crop", image, folder.resolve(name), "--from=0,0,0", "--to=2,4,4"};
            String said = dry(crop).done().err();
            assertTrue(said.contains("are left out, for the ") && said.contains(": cells."), said);
            String done = Run.of(crop).done().err();
            assertTrue(done.contains(said.lines().findFirst().orElseThrow()), done);
        }
        Run kept = dry("crop", image, folder.resolve("with.ome.zarr"), "--from=0,0,0", "--to=2,4,4", "--with-labels");
        assertEquals("", kept.done().err());
    }

    @Test
    void whatWouldBeWrittenIsWhatIsWritten() throws Exception {
        Object[] arguments = {"process", input, output, "--plugin=gaussian", "--downsample-factor=2,4,4", "--json"};
        JsonNode plan = line(dry(arguments).done());
        assertEquals("possible", plan.path("status").asText());
        JsonNode done = line(Run.of(arguments).done());
        for (String fact : List.of("input", "output", "axes", "shape", "pixelType")) {
            assertEquals(done.path(fact), plan.path(fact), fact);
        }
        assertEquals("done", done.path("status").asText());
        JsonNode figures = plan.path("figures");
        assertEquals("[[10,6,7]]", figures.path("lowResolution").toString());
        assertEquals(2, figures.path("passes").asInt());
        long size = 0;
        int levels;
        try (Image written = Image.open(output)) {
            levels = written.source().levels().size();
            for (var level : written.source().levels()) {
                size += 4 * level.metadata().interval().voxels();
            }
        }
        assertEquals(size, figures.path("uncompressedBytes").asLong());
        assertEquals(levels, figures.path("levels").asInt());
        assertTrue(figures.path("memoryBytes").asLong() > 4 * 10 * 6 * 7, figures.toString());
        assertTrue(figures.path("estimatedSeconds").asDouble() < 60, figures.toString());
        assertTrue(figures.path("sample").path("bytes").asLong() > 0, figures.toString());
        assertTrue(figures.path("sample").path("failure").isMissingNode(), figures.toString());
    }

    @Test
    void peopleAreToldTheSameInLines() throws Exception {
        Run run = dry("process", input, output, "--plugin=gaussian").done();
        for (String word : List.of("20 x 24 x 28", "float32", "2 over the source", "5 x 6 x 7", "KiB", "estimate")) {
            assertTrue(run.out().contains(word), run.out());
        }
        assertTrue(dry("convert", input, output).done().out().contains("1 over the source"));
        assertTrue(dry("segment", input, output).done().out().contains("2 over the source"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"convert", "segment", "subtract --value=3", "crop --from=1,1,1 --to=9,9,9", "apply --field=F"})
    void allVerbsThatWriteHaveIt(String verb) throws Exception {
        Path field = folder.resolve("field.nii.gz");
        Samples.volume(5, 6, 7).saveNifti(field);
        List<Object> words =
                new ArrayList<>(List.of(verb.replace("F", field.toString()).split(" ")));
        words.addAll(1, List.of(input, folder.resolve("out.nii.gz"), "--json"));
        JsonNode plan = line(dry(words.toArray()).done());
        JsonNode done = line(Run.of(words.toArray()).done());
        assertEquals(done.path("shape"), plan.path("shape"));
        assertEquals(done.path("pixelType"), plan.path("pixelType"));
        assertEquals("[]", plan.path("figures").path("lowResolution").toString());
    }

    @Test
    void theErrorIsTheOneThatWouldCome() throws Exception {
        Files.createDirectory(output);
        Path file = Files.writeString(folder.resolve("file"), "");
        Path elsewhere = folder.resolve("elsewhere.nii");
        try (Image image = Image.open(input)) {
            image.crop(List.of(0L, 0L, 0L), List.of(4L, 4L, 4L)).saveNifti(elsewhere);
        }
        Path part = folder.resolve("part.nii");
        try (Image image = Image.open(input)) {
            image.crop(List.of(10L, 10L, 10L), List.of(20L, 20L, 20L)).saveNifti(part);
        }
        Path free = folder.resolve("free.nii.gz");
        List<List<Object>> wrong = List.of(
                List.of("process", input, output, "--plugin=gaussian"),
                List.of("process", input, file.resolve("out.nii"), "--plugin=gaussian"),
                List.of("process", folder.resolve("none.nii"), free, "--plugin=gaussian"),
                List.of("process", input, free, "--plugin=gaussian", "-psigma=-1"),
                List.of("process", input, free, "--plugin=gaussian", "--downsample-factor=2,99,2"),
                List.of("process", input, free, "--plugin=gaussian", "--on-channels=7"),
                List.of("process", input, free, "--plugin=gaussian", "--mask=" + folder.resolve("no.nii")),
                List.of("process", part, free, "--plugin=gaussian", "--downsample-factor=2", "--mask=" + elsewhere),
                List.of("process", part, free, "--plugin=gaussian", "--apply-mask=" + elsewhere),
                List.of("process", part, free, "--plugin=n4", "--downsample-factor=1", "-pmask=" + elsewhere),
                List.of("process", input, input, "--plugin=gaussian"),
                List.of("convert", input, output),
                List.of("apply", part, free, "--field=" + elsewhere));
        for (List<Object> arguments : wrong) {
            Run dry = dry(arguments.toArray());
            Run real = Run.of(arguments.toArray());
            assertTrue(real.exitCode() != 0, arguments.toString());
            assertEquals(real.exitCode(), dry.exitCode(), arguments + ": " + dry.err());
            assertEquals(lastLine(real), lastLine(dry), arguments.toString());
        }
    }

    private static String lastLine(Run run) {
        List<String> lines = run.err().lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void aBatchSaysWhatWouldBeMadeOfEach() throws Exception {
        Path second = Files.copy(input, folder.resolve("second.nii.gz"));
        Path bad = Files.writeString(folder.resolve("bad.nii.gz"), "no image");
        Path out = folder.resolve("out");
        Run run = dry("process", input, second, bad, "--output-dir", out, "--plugin=gaussian", "--json");
        assertEquals(1, run.exitCode(), run.err());
        List<String> statuses = new ArrayList<>();
        for (String line : run.out().lines().toList()) {
            statuses.add(new ObjectMapper().readTree(line).path("status").asText());
        }
        assertEquals(List.of("possible", "possible", "failed"), statuses);
        assertTrue(run.err().contains("2 of 3 images can be written"), run.err());
    }

    @Test
    void aPlaneOfManyTimePointsIsSampledToo() throws Exception {
        Path five = Samples.fiveAxes(folder);
        JsonNode plan = line(dry(
                        "process",
                        five,
                        output,
                        "--plugin=gaussian",
                        "--on-channels=1",
                        "--plugin=gaussian",
                        "-psigma=2",
                        "--estimate-from=mean",
                        "--json")
                .done());
        assertEquals("[2,3,8,16,16]", plan.path("shape").toString());
        assertTrue(plan.path("figures").path("estimatedSeconds").isNumber(), plan.toString());
    }

    @Test
    void whatTheSampleFindsDamagedIsTheError() throws Exception {
        byte[] whole = Files.readAllBytes(input);
        Path damaged = folder.resolve("damaged.nii.gz");
        Files.write(damaged, Arrays.copyOf(whole, whole.length / 2));
        for (String verb : List.of("process", "convert")) {
            List<Object> arguments = new ArrayList<>(List.of(verb, damaged, output));
            if (verb.equals("process")) {
                arguments.add("--plugin=gaussian");
            }
            Run real = Run.of(arguments.toArray());
            Run dry = dry(arguments.toArray());
            assertEquals(1, real.exitCode(), real.err());
            assertEquals(1, dry.exitCode(), dry.out());
            assertEquals(lastLine(real), lastLine(dry));
        }
    }

    @Test
    void aSampleThatIsRefusedIsWarnedOf() throws Exception {
        Object[] arguments = {"process", input, output, "--plugin=normalize", "--output-type=uint8"};
        Run real = Run.of(arguments);
        assertTrue(lastLine(real).contains("grey levels"), real.err());
        Run dry = dry(arguments).done();
        assertTrue(dry.err().contains("Warning: A sample of the image was refused"), dry.err());
        assertTrue(dry.err().contains("--output-type: found uint8"), dry.err());
        assertTrue(dry.out().contains("unknown: a sample was refused."), dry.out());
    }

    @Test
    void anEstimateThatVolumesShareCountsOnce() throws Exception {
        Path five = Samples.fiveAxes(folder);
        for (var share : Map.of("each", 1.0, "mean", 0.5, "channel=0", 1 / 3.0).entrySet()) {
            try (Image image = Image.open(five)) { // 2 time points, 3 channels
                Operation process = new ProcessByPlugin("gaussian", Map.of(), List.of(4))
                        .withFrom(Map.of("estimateFrom", share.getKey()));
                Planned planned = Planned.ofOperations(image, List.of(process), Execution.standard());
                assertEquals(share.getValue(), planned.estimates(), 1e-9, share.getKey());
            }
        }
        TimeSample sample = new TimeSample(1, 3e-3, 1e-3, 1, 1, Optional.empty());
        try (Image image = Image.open(five)) {
            double bytes = TimeSample.bytes(image.metadata());
            assertEquals(1 + 4e-3 * bytes, sample.of(image.metadata(), 1), 1e-6);
            assertEquals(1 + 2.5e-3 * bytes, sample.of(image.metadata(), 0.5), 1e-6);
        }
    }
}
