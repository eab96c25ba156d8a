package org.scaledimaging.objectstores;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.objectstores.Between.Fault;
import org.scaledimaging.objectstores.CommandLine.Outcome;

/** The command line reads images out of a real store, through faults, with its own ways to prove who asks. */
class ReadingTest {
    /** With letters that are encoded in addresses. */
    private static final String CHUNKS = "some cells+é/chunks.ome.zarr";

    private static final String SHARDS = "shards.ome.zarr";
    private static final List<String> PROCESS = List.of("--plugin", "gaussian", "--downsample-factor", "2");

    @TempDir
    private static Path folder;

    private static S3Server server;
    private static Between between;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(S3Server.isThere(), "S3Proxy is there");
        Path bucket = Files.createDirectories(folder.resolve("store/images"));
        Files.createDirectories(bucket.resolve("some cells+é"));
        Path sample = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");
        run("convert", sample, bucket.resolve(CHUNKS), "--chunks", "16", "--ome-zarr-version", "0.4");
        run("convert", sample, bucket.resolve(SHARDS), "--chunks", "8", "--shards", "32");
        server = S3Server.start(folder.resolve("store"), folder);
        between = new Between(server.port(), folder.resolve("store"));
        CommandLine.ask(between.address());
    }

    @AfterAll
    static void stop() throws Exception {
        CommandLine.askNobody();
        if (server != null) {
            between.close();
            server.close();
        }
    }

    @BeforeEach
    void behave() {
        between.behave((exchange, number) -> Fault.NONE);
    }

    private static Outcome run(Object... arguments) throws Exception {
        return CommandLine.run(arguments);
    }

    private static String here(String image) {
        return folder.resolve("store/images").resolve(image).toString();
    }

    /** The checksums of all chunks, by the names of their files. */
    private static Map<String, Long> content(Path place) throws IOException {
        Map<String, Long> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = place.relativize(file).toString();
                if (name.contains("/c/")) {
                    CRC32 checksum = new CRC32();
                    checksum.update(Files.readAllBytes(file));
                    content.put(name, checksum.getValue());
                }
            }
        }
        assertFalse(content.isEmpty());
        return content;
    }

    @ParameterizedTest
    @ValueSource(strings = {CHUNKS, SHARDS})
    void verbsMakeOfAnImageInAStoreWhatTheyMakeOfAFolder(String image) throws Exception {
        Outcome statistics = run("statistics", "s3://images/" + image, "--json");
        assertEquals(0, statistics.code(), statistics.messages());
        Outcome local = run("statistics", here(image), "--json");
        assertEquals(
                local.out().replace(here(image), "IMAGE"), statistics.out().replace("s3://images/" + image, "IMAGE"));
        Path remote = folder.resolve("remote.ome.zarr");
        Path expected = folder.resolve("local.ome.zarr");
        processed("s3://images/" + image, remote);
        processed(here(image), expected);
        assertEquals(content(expected), content(remote));
    }

    private static void processed(String source, Path target, Object... more) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of("process", source, target, "--overwrite"));
        arguments.addAll(PROCESS);
        arguments.addAll(List.of(more));
        Outcome outcome = run(arguments.toArray());
        assertEquals(0, outcome.code(), outcome.messages());
        assertFalse((outcome.out() + outcome.messages()).contains(CommandLine.SECRET));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SLOW_DOWN", "RESET", "STALL", "TRUNCATED"})
    void faultsOfOneRequestInTwentyChangeNoVoxel(Fault fault) throws Exception {
        Path expected = folder.resolve("expected.ome.zarr");
        Path through = folder.resolve("through.ome.zarr");
        processed(here(CHUNKS), expected);
        Random random = new Random(19);
        between.behave((exchange, number) -> {
            synchronized (random) {
                return random.nextInt(20) == 0 ? fault : Fault.NONE;
            }
        });
        processed("s3://images/" + CHUNKS, through, "--http-timeout", "1");
        assertTrue(between.faults() > 0, "something happened");
        assertEquals(content(expected), content(through));
    }

    @Test
    void aWrongSecretIsRefusedInOneSentence() throws Exception {
        Outcome wrong = CommandLine.start("not-" + CommandLine.SECRET, "info", "s3://images/" + SHARDS)
                .await();
        assertEquals(1, wrong.code(), wrong.messages());
        assertEquals(
                "scaled-imaging: s3://images/" + SHARDS
                        + ": found no permission to read metadata (status 403), expected an OME-Zarr image, which has"
                        + " \"multiscales\".\n",
                wrong.messages());
    }

    @Test
    void credentialsThatExpireInTheMiddleEndTheWorkAndLeaveNothing() throws Exception {
        between.behave((exchange, number) -> number < 20 ? Fault.NONE : Fault.EXPIRED);
        Path target = folder.resolve("expired.ome.zarr");
        Outcome outcome = run("process", "s3://images/" + CHUNKS, target, "--plugin", "gaussian", "--quiet");
        assertTrue(outcome.code() != 0, outcome.messages());
        assertEquals(1, outcome.messages().lines().count(), outcome.messages());
        assertTrue(
                outcome.messages().contains("status 400, expected the file, for credentials that have not expired"),
                outcome.messages());
        assertFalse(Files.exists(target));
    }

    @Test
    void secretsStandInNoResultAndNoRecipe() throws Exception {
        Path target = folder.resolve("kept.ome.zarr");
        processed("s3://images/" + SHARDS, target, "--verbose");
        try (Stream<Path> files = Files.walk(target)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertFalse(text.contains(CommandLine.SECRET) || text.contains(CommandLine.KEY), file.toString());
            }
        }
        assertTrue(Files.readString(target.resolve("zarr.json")).contains("s3://images/" + SHARDS), "its source");
    }
}
