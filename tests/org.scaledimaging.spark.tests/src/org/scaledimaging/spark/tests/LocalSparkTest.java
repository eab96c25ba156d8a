package org.scaledimaging.spark.tests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;

/** Spark inside one process gives what threads give, to the bit of each file. */
class LocalSparkTest {
    @TempDir
    private static Path folder;

    private static SparkProcess commands;
    private static int number;

    @BeforeAll
    static void start() throws IOException {
        // Tasks so small that even these images make many, in several stages.
        commands = SparkProcess.ofCommands("-Dspark.scaledimaging.taskVoxels=30000");
    }

    @AfterAll
    static void stop() throws IOException {
        commands.close();
    }

    private static void assertSame(String input, String verb, String arguments) throws Exception {
        Path threads = folder.resolve("threads-" + number + ".ome.zarr");
        Path spark = folder.resolve("spark-" + number++ + ".ome.zarr");
        run(verb, input, threads.toString(), arguments);
        run(verb, input, spark.toString(), arguments + " --executor spark --master local[2]");
        assertEquals("none", Samples.difference(threads, spark));
        assertTrue(Samples.names(folder).stream().noneMatch(name -> name.startsWith(".")), "nothing is left behind");
    }

    private static void run(String verb, String input, String output, String arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(verb, input, output));
        all.addAll(Arrays.asList(arguments.strip().split(" +")));
        SparkProcess.Answer answer = commands.run(all.toArray(String[]::new));
        assertEquals(0, answer.exitCode(), answer.text());
    }

    /** A few cases; in the campaigns all. */
    private static <T> Stream<T> cases(Stream<T> few, Stream<T> more) {
        return System.getProperty("campaigns", "short").equals("full") ? Stream.concat(few, more) : few;
    }

    private static Stream<Arguments> layouts() {
        return cases(
                Stream.of(
                        Arguments.of(PixelType.UINT8, "--chunks 8 --shards 24 --output-type same"),
                        Arguments.of(PixelType.FLOAT32, "--chunks 15 --ome-zarr-version 0.4")),
                Stream.of(
                        Arguments.of(PixelType.UINT16, "--chunks 16"),
                        Arguments.of(PixelType.INT32, "--chunks 16 --shards 32"),
                        Arguments.of(PixelType.FLOAT64, "--chunks 64 --codec gzip")));
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void eachTypeAndLayoutIsProcessedAsByThreads(PixelType type, String layout) throws Exception {
        String input = Samples.image(folder, "volume-" + type, type, 70, 61, 83);
        assertSame(input, "process", "--plugin gaussian -p sigma=2 --downsample-factor 4 " + layout);
    }

    @Test
    void eachChannelAndTimePointIsEstimatedOnItsOwnAndChainsAreCarriedOn() throws Exception {
        String input = Samples.image(folder, "channels", PixelType.UINT16, 2, 2, 33, 40, 29);
        assertSame(
                input,
                "process",
                "--plugin gaussian -p sigma=2 --plugin n4 --downsample-factor 3 --chunks 16 --shards 32");
    }

    private static Stream<String> estimates() {
        return cases(
                Stream.of("median --share channel --plugin gaussian --mask MASK", "time=1 --share all --plugin n4"),
                Stream.of(
                        "mean --plugin gaussian -p sigma=2 --plugin n4",
                        "MASK --plugin gaussian",
                        "each --plugin gaussian --mask MASK"));
    }

    @ParameterizedTest
    @MethodSource("estimates")
    void fieldsAreSharedAsByThreads(String estimate) throws Exception {
        String input = Samples.image(folder, "channels", PixelType.UINT16, 2, 2, 33, 40, 29);
        String mask = Samples.image(folder, "mask", PixelType.UINT16, 33, 40, 29);
        assertSame(
                input,
                "process",
                "--downsample-factor 3 --chunks 16 --estimate-from " + estimate.replace("MASK", mask));
    }

    private static Stream<String> channels() {
        return cases(
                Stream.of(
                        "--plugin n4 --on-channels 1,0 --output-type same --estimate-from mean --share time",
                        "--plugin normalize --on-channels 0 --apply-mask MASK"),
                Stream.of(
                        "--plugin gaussian -p sigma=2 --on-channels 1",
                        "--plugin gaussian --on-channels 1 --plugin background --on-channels 0 --subtract 5",
                        "--plugin gaussian --on-channels 0 --estimate-from channel=1"));
    }

    @ParameterizedTest
    @MethodSource("channels")
    void someChannelsAreCorrectedAsByThreads(String plugins) throws Exception {
        String input = Samples.image(folder, "channels", PixelType.UINT16, 2, 2, 33, 40, 29);
        assertSame(input, "process", "--downsample-factor 3 --chunks 16 " + plugins.replace("MASK", soft()));
    }

    /** A mask or field of half the resolution, from 0 to 1. */
    private static String soft() throws Exception {
        Path soft = folder.resolve("soft.ome.zarr");
        if (!Files.exists(soft)) {
            String image = Samples.image(folder, "channels", PixelType.UINT16, 2, 2, 33, 40, 29);
            Path small = folder.resolve("small.ome.zarr");
            run("downsample", image, small.toString(), "--factor 2 --channel 0 --time 0");
            run(
                    "process",
                    small.toString(),
                    soft.toString(),
                    "--plugin normalize -p lowPercentile=0 -p outputMin=0.1 -p clamp=true");
        }
        return soft.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--by divide --interpolation log --scale 2 --offset 0.5",
                "--by subtract --interpolation cubic",
                "--by multiply --apply-mask FIELD"
            })
    void fieldsAreAppliedAsByThreads(String arithmetic) throws Exception {
        String input = Samples.image(folder, "channels", PixelType.UINT16, 2, 2, 33, 40, 29);
        assertSame(input, "apply", ("--chunks 16 --field FIELD " + arithmetic).replace("FIELD", soft()));
        assertSame(input, "subtract", "--chunks 16 --value 7.5");
    }

    @Test
    void platesAndCollectionsAreProcessedAsByThreads() throws Exception {
        Path plate = folder.resolve("plate.zarr");
        Files.createDirectories(plate.resolve("B"));
        Samples.image(plate.resolve("B"), "3", PixelType.UINT16, 2, 20, 33, 40);
        Samples.image(plate.resolve("B"), "4", PixelType.UINT16, 2, 20, 25, 31);
        Path group = plate.resolve("zarr.json");
        String groupOf = "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\":"
                + " \"0.5\", %s}}}";
        Files.writeString(
                group,
                groupOf.formatted("\"plate\": {\"rows\": [{\"name\": \"B\"}], \"columns\": [{\"name\": \"1\"}],"
                        + " \"wells\": [{\"path\": \"B\", \"rowIndex\": 0, \"columnIndex\": 0}]}"));
        Files.writeString(
                plate.resolve("B/zarr.json"),
                groupOf.formatted("\"well\": {\"images\": [{\"path\": \"3.ome.zarr\"}, {\"path\": \"4.ome.zarr\"}]}"));
        assertSame(
                plate.toString(),
                "process",
                "--plugin gaussian -p sigma=2 --downsample-factor 3 --on-channels 0 --chunks 16");
        Files.writeString(group, groupOf.formatted("\"bioformats2raw.layout\": 3"));
        Files.createDirectories(plate.resolve("OME"));
        Files.writeString(
                plate.resolve("OME/zarr.json"), groupOf.formatted("\"series\": [\"B/3.ome.zarr\", \"B/4.ome.zarr\"]"));
        assertSame(plate.toString(), "downsample", "--factor 2 --chunks 16");
    }

    @Test
    void imagesAreCutAndLabelledAsByThreads() throws Exception {
        String input = Samples.image(folder, "volume-UINT16", PixelType.UINT16, 70, 61, 83);
        assertSame(input, "segment", "--threshold 60,90 --chunks 16");
        assertSame(input, "crop", "--from 3,5,7 --to 60,61,80 --chunks 16");
    }

    @Test
    void theFieldIsWrittenAsByThreads() throws Exception {
        String input = Samples.image(folder, "volume-UINT16", PixelType.UINT16, 70, 61, 83);
        Path threads = folder.resolve("field-threads.ome.zarr");
        Path spark = folder.resolve("field-spark.ome.zarr");
        String plugin = "--plugin gaussian --chunks 32 --overwrite --save-field ";
        String output = folder.resolve("with-field.ome.zarr").toString();
        run("process", input, output, plugin + threads);
        run("process", input, output, plugin + spark + " --executor spark --master local[2]");
        assertEquals("none", Samples.difference(threads, spark));
    }

    @Test
    void whatCannotWorkIsRefusedInOneSentence() throws Exception {
        String input = Samples.image(folder, "volume-UINT16", PixelType.UINT16, 70, 61, 83);
        List<String> before = Samples.names(folder);
        assertRefused(input, "a.ome.zarr", "local[2] --use-temp-zarr", "--use-temp-zarr: found the executor spark");
        assertRefused(input, "a.nii.gz", "local[2]", "--executor: found spark for a file of NIfTI, expected");
        assertRefused(input, "a.ome.zarr", "somewhere", "--master: found 'somewhere', expected local, local[N]");
        assertRefused(input, "a.ome.zarr", "spark://127.0.0.1", "--master: found 'spark://127.0.0.1', expected local");
        long start = System.nanoTime();
        assertRefused(
                input,
                "a.ome.zarr",
                "spark://127.0.0.1:1",
                "Spark at spark://127.0.0.1:1: found that nothing answers (Connection refused), expected a running master.");
        assertTrue(System.nanoTime() - start < 30e9, "soon");
        assertEquals(before, Samples.names(folder));
    }

    private static void assertRefused(String input, String output, String master, String message) throws IOException {
        String line = "process\t" + input + "\t" + folder.resolve(output)
                + "\t--plugin\tgaussian\t--executor\tspark\t--master\t" + master.replace(' ', '\t');
        SparkProcess.Answer answer = commands.run(line.split("\t"));
        assertTrue(answer.exitCode() != 0, answer.text());
        assertTrue(answer.text().contains(message), answer.text());
        assertEquals(1, answer.text().lines().count(), answer.text());
    }

    @Test
    void aProcessThatIsToldToEndLeavesNothingBehind() throws Exception {
        String input = Samples.image(folder, "longer", PixelType.UINT16, 160, 160, 160);
        Path target = folder.resolve("cancelled");
        Files.createDirectory(target);
        List<String> options = List.of("-Dspark.scaledimaging.taskVoxels=5000");
        try (SparkProcess process = SparkProcess.ofMain(
                options,
                ("process " + input + " " + target + "/a.ome.zarr --plugin gaussian --chunks 16 --executor spark"
                                + " --master local[2]")
                        .split(" "))) {
            String line = process.line();
            while (line != null && !line.contains("writing")) {
                line = process.line();
            }
            assertTrue(line != null, "it writes");
            process.end();
            String rest = process.rest();
            process.exitCode();
            assertTrue(rest.contains("cancelled, nothing was written."), rest);
        }
        assertEquals(List.of(), Samples.names(target));
    }
}
