package org.scaledimaging.objectstores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.objectstores.CommandLine.Outcome;
import org.scaledimaging.objectstores.CommandLine.Running;

/** The command line, and a store without conditions that nobody of the first one's makers made: a second opinion. */
@EnabledIfSystemProperty(named = "campaigns", matches = "full", disabledReason = "part of the campaigns: -Pcampaigns")
class SecondServerTest {
    private static final Path SAMPLE = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");

    /** What is at the end of the names of arrays, so that they are one writer's. */
    private static final String ENDING = "(\\d+)-[0-9a-f]{8}(?=[/\"])";

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    private static Path folder;

    private static S3rver server;

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(S3rver.isThere(), "s3rver is there");
        server = S3rver.start(Files.createDirectories(folder.resolve("store")), folder.resolve("s3rver.log"));
        CommandLine.ask(server.address());
    }

    @AfterAll
    static void stop() throws Exception {
        CommandLine.askNobody();
        if (server != null) {
            server.close();
        }
    }

    private static Outcome run(Object... arguments) throws Exception {
        return CommandLine.run(arguments);
    }

    private static Outcome done(Object... arguments) throws Exception {
        Outcome outcome = run(arguments);
        assertEquals(0, outcome.code(), outcome.messages());
        return outcome;
    }

    /** A name that no other test has, with letters that are encoded in addresses. */
    private static String fresh(String ending) {
        return "some results+é/" + NUMBER.incrementAndGet() + ending;
    }

    private static String there(String name) {
        return "s3://" + S3rver.BUCKET + "/" + name;
    }

    /** All objects of an image, in hexadecimal, as if its arrays had plain names. */
    private static Map<String, String> objects(String name) throws Exception {
        Map<String, String> objects = new TreeMap<>();
        server.objects(name + "/").forEach((key, bytes) -> objects.put(key.replaceAll(ENDING, "$1"), text(key, bytes)));
        return objects;
    }

    private static Map<String, String> files(Path place) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(place)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = place.relativize(file).toString();
                files.put(name, text(name, Files.readAllBytes(file)));
            }
        }
        return files;
    }

    private static String text(String name, byte[] bytes) {
        boolean document = name.endsWith(".json") || name.matches("(.*/)?\\.z[a-z]+");
        String plain = new String(bytes, StandardCharsets.UTF_8).replaceAll(ENDING, "$1");
        return HexFormat.of().formatHex(document ? plain.getBytes(StandardCharsets.UTF_8) : bytes);
    }

    @ParameterizedTest
    @CsvSource({
        "convert, --chunks 16 --ome-zarr-version 0.4",
        "process, --plugin gaussian --downsample-factor 2 --chunks 8 --shards 32"
    })
    void imagesThereAreThoseOfFoldersAndAreReadAsThese(String verb, String options) throws Exception {
        String name = fresh(".ome.zarr");
        Path local = folder.resolve("local" + NUMBER + ".ome.zarr");
        List<Object> more = List.of((Object[]) options.split(" "));
        for (String target : List.of(there(name), local.toString())) {
            List<Object> arguments = new ArrayList<>(List.of(verb, SAMPLE, target));
            arguments.addAll(more);
            done(arguments.toArray());
        }
        assertEquals(files(local), objects(name));
        assertEquals(
                done("statistics", local, "--json").out().replace(local.toString(), "IMAGE"),
                done("statistics", there(name), "--json").out().replace(there(name), "IMAGE"));
        Object[] box = {"--from", "5,5,5", "--to", "50,50,50"};
        assertEquals(chunks(local, box), chunks(there(name), box));
    }

    /** What a program reads there: the chunks of a box of it. */
    private static Map<String, String> chunks(Object source, Object... options) throws Exception {
        Path copy = folder.resolve("copy.ome.zarr");
        List<Object> arguments = new ArrayList<>(List.of("crop", source, copy, "--overwrite"));
        arguments.addAll(List.of(options));
        done(arguments.toArray());
        Map<String, String> chunks = files(copy);
        chunks.keySet().removeIf(name -> !name.contains("/c/"));
        assertFalse(chunks.isEmpty());
        return chunks;
    }

    @Test
    void aFileGoesInPartsAndIsReadInRanges() throws Exception {
        String name = fresh(".nii");
        Path local = folder.resolve("large.nii");
        done("convert", LargeImage.in(folder), local);
        assertTrue(Files.size(local) > 2 * (8L << 20), "more than two parts");
        for (int i = 0; i < 2; i++) {
            Outcome outcome = run("convert", LargeImage.in(folder), there(name));
            if (i == 1) {
                assertEquals(1, outcome.code(), outcome.messages());
                assertTrue(outcome.messages().contains("found objects that are there already"), outcome.messages());
            }
            assertEquals(Set.of(""), server.objects(name).keySet());
            assertArrayEquals(Files.readAllBytes(local), server.objects(name).get(""));
        }
        List<Object> box = List.of("--from", "40,40,40", "--to", "70,60,50");
        assertEquals(chunks(local, box.toArray()), chunks(there(name), box.toArray()));
        done("convert", SAMPLE, there(name), "--overwrite");
        done("convert", SAMPLE, local, "--overwrite");
        assertArrayEquals(Files.readAllBytes(local), server.objects(name).get(""));
    }

    /** The old image has more objects than a list tells at once. */
    @Test
    void anImageIsReplacedOnlyWhereThatIsAskedForAndThenLeavesNothing() throws Exception {
        String name = fresh(".ome.zarr");
        done("convert", SAMPLE, there(name), "--chunks", "6");
        assertEquals(1000, server.keys(name + "/").size(), "all that is told at once");
        Outcome again = run("convert", SAMPLE, there(name), "--chunks", "16");
        assertEquals(1, again.code(), again.messages());
        assertEquals(
                "scaled-imaging: " + there(name).replace(" ", "%20")
                        + ": found objects that are there already, expected a name that is free, or --overwrite.\n",
                again.messages());
        done("process", SAMPLE, there(name), "--plugin", "gaussian", "--chunks", "16", "--overwrite");
        Path local = folder.resolve("replaced.ome.zarr");
        done("process", SAMPLE, local, "--plugin", "gaussian", "--chunks", "16");
        assertEquals(files(local), objects(name));
    }

    @Test
    void ofTwoWritersOneWinsAndTheOtherSaysSo() throws Exception {
        String name = fresh(".ome.zarr");
        List<Running> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(CommandLine.start(CommandLine.SECRET, "convert", SAMPLE, there(name)));
        }
        List<Outcome> outcomes = List.of(both.get(0).await(), both.get(1).await());
        assertEquals(1, outcomes.stream().filter(one -> one.code() == 0).count(), outcomes.toString());
        String said = outcomes.stream().map(Outcome::messages).reduce("", String::concat);
        assertTrue(said.contains("being written already") || said.contains("there already"), said);
        Path local = folder.resolve("two.ome.zarr");
        done("convert", SAMPLE, local);
        assertEquals(files(local), objects(name));
    }

    @Test
    void whatAKilledWriterLeftIsRemovedByTheNext() throws Exception {
        String name = fresh(".ome.zarr");
        Running killed = CommandLine.start(CommandLine.SECRET, "convert", SAMPLE, there(name), "--chunks", "4");
        while (server.keys(name + "/").size() < 5 && killed.process().isAlive()) {
            Thread.sleep(20);
        }
        killed.process().destroyForcibly();
        assertTrue(killed.await().code() > 128, "killed");
        assertTrue(server.keys(name + "/").contains(name + "/.writing"), "its marker is left");
        assertEquals(1, run("info", there(name)).code(), "there is no image");
        done("convert", SAMPLE, there(name), "--chunks", "16");
        Path local = folder.resolve("killed.ome.zarr");
        done("convert", SAMPLE, local, "--chunks", "16");
        assertEquals(files(local), objects(name));
    }

    /** A plate of one image in one well. */
    private static Path plate(String name) throws Exception {
        Path plate = folder.resolve(name);
        Path image = folder.resolve(name + "-image.ome.zarr");
        done("convert", SAMPLE, image, "--chunks", "16");
        Files.createDirectories(plate.resolve("A/1"));
        Files.move(image, plate.resolve("A/1/0"));
        String group = "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{\"ome\":{\"version\":\"0.5\",%s}}}";
        Files.writeString(
                plate.resolve("zarr.json"),
                group.formatted(
                        "\"plate\":{\"columns\":[{\"name\":\"1\"}],\"rows\":[{\"name\":\"A\"}],\"version\":\"0.5\","
                                + "\"wells\":[{\"path\":\"A/1\",\"rowIndex\":0,\"columnIndex\":0}]}"));
        Files.writeString(plate.resolve("A/zarr.json"), "{\"zarr_format\":3,\"node_type\":\"group\"}");
        Files.writeString(
                plate.resolve("A/1/zarr.json"),
                group.formatted("\"well\":{\"images\":[{\"path\":\"0\"}],\"version\":\"0.5\"}"));
        return plate;
    }

    @Test
    void aPlateIsWrittenAndNotReplaced() throws Exception {
        String name = fresh(".ome.zarr");
        Path plate = plate("plate.ome.zarr");
        done("convert", plate, there(name));
        Path local = folder.resolve("plate-here.ome.zarr");
        done("convert", plate, local);
        assertEquals(files(local), objects(name));
        Map<String, byte[]> before = server.objects(name);
        Outcome replacing = run("process", plate, there(name), "--plugin", "gaussian", "--overwrite");
        assertEquals(1, replacing.code(), replacing.messages());
        assertEquals(
                "scaled-imaging: " + there(name).replace(" ", "%20")
                        + ": found objects that are there already, expected a name that is free: plates and collections in"
                        + " object stores are not replaced.\n",
                replacing.messages());
        Map<String, byte[]> after = server.objects(name);
        assertEquals(before.keySet(), after.keySet());
        before.forEach((key, bytes) -> assertArrayEquals(bytes, after.get(key), key));
    }

    /** Its images are whole, but there is no plate: the next removes them. */
    @Test
    void whatAKilledWriterLeftOfAPlateIsRemovedByTheNext() throws Exception {
        String name = fresh(".ome.zarr");
        Path plate = plate("killed-plate.ome.zarr");
        Path local = folder.resolve("killed-plate-here.ome.zarr");
        done("convert", plate, local);
        Running killed = CommandLine.start(CommandLine.SECRET, "convert", plate, there(name), "--chunks", "6");
        while (server.keys(name + "/A/1/0/").size() < 5 && killed.process().isAlive()) {
            Thread.sleep(20);
        }
        killed.process().destroyForcibly();
        assertTrue(killed.await().code() > 128, "killed");
        done("convert", plate, there(name));
        assertEquals(files(local), objects(name));
    }

    @Test
    void labelsAreWrittenAndAllIsReadBack() throws Exception {
        Path image = folder.resolve("labelled.ome.zarr");
        done("convert", SAMPLE, image, "--chunks", "16");
        Path labels = Files.createDirectories(image.resolve("labels"));
        done("segment", SAMPLE, folder.resolve("cells.ome.zarr"), "--threshold", "400", "--chunks", "16");
        Files.move(folder.resolve("cells.ome.zarr"), labels.resolve("cells"));
        Files.writeString(
                labels.resolve("zarr.json"),
                "{\"zarr_format\":3,\"node_type\":\"group\",\"attributes\":{\"ome\":{\"version\":\"0.5\","
                        + "\"labels\":[\"cells\"]}}}");
        String name = fresh(".ome.zarr");
        Path local = folder.resolve("labelled-here.ome.zarr");
        for (Object target : List.of(there(name), local)) {
            done("crop", image, target, "--from", "5,5,5", "--to", "50,50,50", "--with-labels", "--verify");
        }
        Map<String, String> expected = files(local);
        assertTrue(expected.keySet().stream().anyMatch(file -> file.startsWith("labels/cells/")), "labels, too");
        assertEquals(expected, objects(name));
    }
}
