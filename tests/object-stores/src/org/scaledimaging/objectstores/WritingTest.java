package org.scaledimaging.objectstores;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.objectstores.Between.Fault;
import org.scaledimaging.objectstores.CommandLine.Outcome;
import org.scaledimaging.objectstores.CommandLine.Running;

/** The command line writes images into a real store, all or nothing, through faults, kills and others who write. */
class WritingTest {
    private static final Path SAMPLE = Path.of(System.getProperty("project.root"), "docs/sample/brain.nii.gz");

    private static final boolean FULL = System.getProperty("campaigns", "short").equals("full");

    /** With letters that are encoded in addresses. */
    private static final String FOLDER = "some results+é/";

    @TempDir
    private static Path folder;

    private static S3Server server;
    private static Between between;
    private static Path bucket;
    private static final AtomicInteger NUMBER = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        Assumptions.assumeTrue(S3Server.isThere(), "S3Proxy is there");
        bucket = Files.createDirectories(folder.resolve("store/images"));
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

    private static Outcome done(Object... arguments) throws Exception {
        Outcome outcome = run(arguments);
        assertEquals(0, outcome.code(), outcome.messages());
        assertFalse((outcome.out() + outcome.messages()).contains(CommandLine.SECRET));
        return outcome;
    }

    /** A name that no other test has. */
    private static String fresh(String ending) {
        return FOLDER + NUMBER.incrementAndGet() + ending;
    }

    private static String there(String name) {
        return "s3://images/" + name;
    }

    /** Checksums of all files by their names, in which nothing tells arrays of one writer from those of another. */
    private static Map<String, Long> content(Path place) throws IOException {
        Map<String, Long> content = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                CRC32 checksum = new CRC32();
                checksum.update(Files.readAllBytes(file));
                content.put(place.relativize(file).toString(), checksum.getValue());
            }
        }
        assertFalse(content.isEmpty());
        return content;
    }

    /** The same of chunks alone. */
    private static Map<String, Long> chunks(Path place) throws IOException {
        Map<String, Long> chunks = new TreeMap<>();
        content(place).forEach((name, checksum) -> {
            if (!name.endsWith(".json") && !name.contains("/.z") && !name.startsWith(".z")) {
                chunks.put(name.replaceAll("(\\d+)-[0-9a-f]{8}/", "$1/"), checksum);
            }
        });
        assertFalse(chunks.isEmpty());
        return chunks;
    }

    private static boolean isPut(HttpExchange exchange, String part) {
        return exchange.getRequestMethod().equals("PUT")
                && exchange.getRequestURI().getPath().contains(part);
    }

    @ParameterizedTest
    @CsvSource({
        "convert, --chunks 16 --ome-zarr-version 0.4",
        "convert, --chunks 8 --shards 32",
        "process, --plugin gaussian --downsample-factor 2 --chunks 16",
        "segment, --threshold 400",
        "crop, '--from 8,8,8 --to 28,28,28'"
    })
    void verbsWriteIntoAStoreWhatTheyWriteIntoAFolder(String verb, String options) throws Exception {
        String name = fresh(".ome.zarr");
        Path local = folder.resolve("local" + NUMBER.get() + ".ome.zarr");
        List<Object> more = List.of((Object[]) options.split(" "));
        for (String target : List.of(there(name), local.toString())) {
            List<Object> arguments = new ArrayList<>(List.of(verb, SAMPLE, target));
            arguments.addAll(more);
            done(arguments.toArray());
        }
        assertEquals(content(local), content(bucket.resolve(name)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SLOW_DOWN", "RESET", "STALL", "LOST", "DAMAGED"})
    void faultsOfOneRequestInTwentyChangeNoByte(Fault fault) throws Exception {
        String name = fresh(".ome.zarr");
        Path local = folder.resolve("undisturbed.ome.zarr");
        done("convert", SAMPLE, local, "--chunks", "16", "--overwrite");
        Random random = new Random(23);
        between.behave((exchange, number) -> {
            synchronized (random) {
                return random.nextInt(20) == 0 ? fault : Fault.NONE;
            }
        });
        done("convert", SAMPLE, there(name), "--chunks", "16", "--http-timeout", "1");
        assertTrue(between.faults() > 0, "something happened");
        assertEquals(content(local), content(bucket.resolve(name)));
    }

    /** Every answer to a write that depends on what is there is lost once: what was done is not taken for somebody else's. */
    @Test
    void aLostAnswerToAConditionIsUnderstood() throws Exception {
        String name = fresh(".ome.zarr");
        AtomicInteger conditional = new AtomicInteger();
        between.behave((exchange, number) -> {
            boolean condition = exchange.getRequestHeaders().containsKey("If-Match")
                    || exchange.getRequestHeaders().containsKey("If-None-Match");
            return condition && conditional.getAndIncrement() % 2 == 0 ? Fault.LOST : Fault.NONE;
        });
        done("convert", SAMPLE, there(name), "--chunks", "32");
        assertTrue(conditional.get() > 4, "that many were sent");
        done("info", there(name));
        assertFalse(Files.exists(bucket.resolve(name).resolve(".writing")));
    }

    @Test
    void largeShardsGoInPartsAndAreWhatTheyAreInAFolder() throws Exception {
        String name = fresh(".ome.zarr");
        Path local = folder.resolve("large.ome.zarr");
        AtomicInteger parts = new AtomicInteger();
        Random random = new Random(5);
        between.behave((exchange, number) -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("partNumber")) {
                parts.incrementAndGet();
            }
            synchronized (random) {
                return query.contains("upload") && random.nextInt(3) == 0 ? Fault.LOST : Fault.NONE;
            }
        });
        for (Object target : List.of(there(name), local)) {
            done(convertLarge(target));
        }
        assertTrue(parts.get() >= 3, parts + " parts of 8 MiB");
        assertEquals(content(local), content(bucket.resolve(name)));
        assertEquals(List.of(), unfinished());
    }

    /** The second part is refused: what was sent of the others goes. */
    @ParameterizedTest
    @ValueSource(strings = {"large.tif", "large.ome.zarr"})
    void ofAnObjectWhosePartsAreRefusedNothingStays(String kind) throws Exception {
        String name = fresh(kind);
        between.behave((exchange, number) -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            return query.contains("partNumber=2") ? Fault.EXPIRED : Fault.NONE;
        });
        Outcome outcome = run(convertLarge(there(name)));
        assertEquals(1, outcome.code(), outcome.messages());
        assertTrue(outcome.messages().contains("(ExpiredToken)"), outcome.messages());
        assertEquals(List.of(), unfinished());
        assertFalse(Files.exists(bucket.resolve(name)));
    }

    private static Object[] convertLarge(Object target) throws IOException {
        List<Object> arguments = new ArrayList<>(List.of("convert", LargeImage.in(folder), target));
        if (target.toString().endsWith(".zarr")) {
            arguments.addAll(List.of("--chunks", "64", "--shards", "320", "--codec", "none"));
        }
        return arguments.toArray();
    }

    /** While a file goes in parts, another one is written whose name is the beginning of its name. */
    @Test
    void partsOfAFileThatIsWrittenBesideStay() throws Exception {
        String name = fresh(".tiff");
        AtomicReference<Outcome> beside = new AtomicReference<>();
        between.behave((exchange, number) -> {
            String query = String.valueOf(exchange.getRequestURI().getQuery());
            if (query.contains("partNumber=2&") && beside.get() == null) {
                try {
                    beside.set(run("convert", SAMPLE, there(name.substring(0, name.length() - 1))));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
            return Fault.NONE;
        });
        done("convert", LargeImage.in(folder), there(name), "--http-timeout", "60");
        assertEquals(0, beside.get().code(), beside.get().messages());
        Path local = folder.resolve("beside.tiff");
        done("convert", LargeImage.in(folder), local);
        assertArrayEquals(Files.readAllBytes(local), Files.readAllBytes(bucket.resolve(name)));
    }

    /** What the server keeps of objects that were begun. */
    private static List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.walk(bucket)) {
            return files.filter(file -> file.toString().contains(".mpus-") && Files.isRegularFile(file))
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {".nii.gz", ".tif", ".nrrd", ".ome.zarr.zip"})
    void filesAreWrittenAsTheyAreHere(String ending) throws Exception {
        String name = fresh(ending);
        Path local = folder.resolve("file" + ending);
        done("convert", SAMPLE, there(name));
        done("convert", SAMPLE, local);
        assertArrayEquals(Files.readAllBytes(local), Files.readAllBytes(bucket.resolve(name)));
        Outcome again = run("convert", SAMPLE, there(name));
        assertEquals(1, again.code(), again.messages());
        assertTrue(again.messages().contains("objects that are there already"), again.messages());
        done("convert", SAMPLE, there(name), "--overwrite");
        assertArrayEquals(Files.readAllBytes(local), Files.readAllBytes(bucket.resolve(name)));
        assertFalse(Files.exists(bucket.resolve(name + ".writing")));
    }

    @Test
    void whatIsThereIsNotReplacedUnlessThatIsAskedFor() throws Exception {
        String name = fresh(".ome.zarr");
        done("convert", SAMPLE, there(name), "--chunks", "32");
        Map<String, Long> first = content(bucket.resolve(name));
        Outcome again = run("convert", SAMPLE, there(name), "--chunks", "16");
        assertEquals(1, again.code(), again.messages());
        assertEquals(
                "scaled-imaging: " + there(name).replace(" ", "%20")
                        + ": found objects that are there already, expected a name that is free, or --overwrite.\n",
                again.messages());
        Outcome plan = run("convert", SAMPLE, there(name), "--dry-run");
        assertEquals(1, plan.code(), plan.messages());
        assertEquals(first, content(bucket.resolve(name)));
        Path local = folder.resolve("replaced.ome.zarr");
        done("convert", SAMPLE, there(name), "--chunks", "16", "--overwrite");
        done("convert", SAMPLE, local, "--chunks", "16");
        assertEquals(chunks(local), chunks(bucket.resolve(name)));
        Outcome from = run("convert", there(name), there(name), "--overwrite");
        assertEquals(1, from.code(), from.messages());
        assertTrue(from.messages().contains("a place that holds the image"), from.messages());
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        String name = fresh(".ome.zarr");
        Outcome plan = done("convert", SAMPLE, there(name), "--dry-run");
        assertTrue(plan.out().contains("s3://images/"), plan.out());
        assertFalse(Files.exists(bucket.resolve(name)));
    }

    /** Between a reader's requests the image is replaced: what it reads is of one image, or it says that it cannot. */
    @Test
    void whoReadsWhileAnImageIsReplacedNeverSeesAMixture() throws Exception {
        String name = fresh(".ome.zarr");
        Path other = folder.resolve("other.ome.zarr");
        done("convert", SAMPLE, there(name), "--chunks", "16");
        done("process", SAMPLE, other, "--plugin", "gaussian", "--chunks", "16");
        String old = statistics(done("statistics", there(name), "--json"));
        String changed = statistics(done("statistics", other, "--json"));
        int refused = 0;
        for (int after : FULL ? new int[] {3, 20, 60} : new int[] {3, 60}) { // requests
            done("convert", SAMPLE, there(name), "--chunks", "16", "--overwrite");
            AtomicReference<Outcome> replacing = new AtomicReference<>();
            AtomicInteger read = new AtomicInteger();
            between.behave((exchange, number) -> {
                boolean chunk = exchange.getRequestURI().getPath().contains("/c/");
                if (exchange.getRequestMethod().equals("GET") && chunk && read.incrementAndGet() == after) {
                    try {
                        replacing.set(run(
                                "process",
                                SAMPLE,
                                there(name),
                                "--plugin",
                                "gaussian",
                                "--chunks",
                                "16",
                                "--overwrite"));
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                }
                return Fault.NONE;
            });
            Outcome outcome = run("statistics", there(name), "--json", "--http-timeout", "60", "--threads", "1");
            between.behave((exchange, number) -> Fault.NONE);
            assertEquals(0, replacing.get().code(), replacing.get().messages());
            if (outcome.code() == 0) {
                assertEquals(old, statistics(outcome));
            } else {
                refused++;
                assertEquals(1, outcome.messages().lines().count(), outcome.messages());
            }
            assertEquals(changed, statistics(done("statistics", there(name), "--json")));
        }
        assertTrue(refused > 0, "readers who could not go on said so");
    }

    private static String statistics(Outcome outcome) {
        return outcome.out()
                .replaceAll("\"(image|file|input|name)\":\"[^\"]*\"", "")
                .replaceAll("s3://[^\"]*|/[^\"]*zarr", "");
    }

    /** At which request a writer is killed, −1 for the root's document and −2 for what it removes; and if it replaces. */
    private static Stream<Arguments> kills() {
        Stream<Arguments> few = Stream.of(Arguments.of(5, false), Arguments.of(40, true), Arguments.of(-1, true));
        Stream<Arguments> more = Stream.of(Arguments.of(40, false), Arguments.of(5, true), Arguments.of(-2, true));
        return FULL ? Stream.concat(few, more) : few;
    }

    @ParameterizedTest
    @MethodSource("kills")
    void aKilledWriterLeavesTheOldImageAndTheNextRemovesTheRest(int at, boolean replacing) throws Exception {
        String name = fresh(".ome.zarr");
        if (replacing) {
            done("convert", SAMPLE, there(name), "--chunks", "32");
        }
        Map<String, Long> before = replacing ? chunks(bucket.resolve(name)) : Map.of();
        AtomicReference<Running> running = new AtomicReference<>();
        AtomicInteger puts = new AtomicInteger();
        between.behave((exchange, number) -> {
            boolean chunk = isPut(exchange, "/c/");
            boolean root = isPut(exchange, "/zarr.json")
                    && !exchange.getRequestURI().getPath().matches(".*/\\d+-[0-9a-f]{8}/zarr.json");
            boolean removing = exchange.getRequestMethod().equals("DELETE");
            boolean due = chunk && puts.incrementAndGet() == at || at == -1 && root || at == -2 && removing;
            if (due) {
                while (running.get() == null) {
                    Thread.onSpinWait();
                }
                running.get().process().destroyForcibly();
                return Fault.RESET;
            }
            return Fault.NONE;
        });
        running.set(CommandLine.start(
                CommandLine.SECRET,
                Stream.concat(
                                Stream.of("process", SAMPLE, there(name), "--plugin", "gaussian"),
                                Stream.of("--chunks", "16", "--overwrite"))
                        .toArray()));
        assertTrue(running.get().await().code() > 128, "killed");
        between.behave((exchange, number) -> Fault.NONE);
        assertTrue(Files.exists(bucket.resolve(name).resolve(".writing")), "its marker is left");
        Path local = folder.resolve("killed" + NUMBER.get() + ".ome.zarr");
        done("process", SAMPLE, local, "--plugin", "gaussian", "--chunks", "16");
        if (replacing && at != -2) { // who reads now sees the old image
            done("statistics", there(name));
            Map<String, Long> now = chunks(bucket.resolve(name));
            before.forEach((chunk, checksum) -> assertTrue(now.containsKey(chunk), chunk));
        } else if (!replacing) {
            assertEquals(1, run("info", there(name)).code(), "there is no image yet");
        }
        Outcome next = run("process", SAMPLE, there(name), "--plugin", "gaussian", "--chunks", "16", "--overwrite");
        assertEquals(0, next.code(), next.messages());
        assertEquals(chunks(local), chunks(bucket.resolve(name)));
        assertEquals(1, arraysOfLevel0(name), "nothing is left of others");
        assertFalse(Files.exists(bucket.resolve(name).resolve(".writing")));
        done("statistics", there(name));
    }

    private static long arraysOfLevel0(String name) throws IOException {
        try (Stream<Path> inside = Files.list(bucket.resolve(name))) {
            return inside.filter(path -> path.getFileName().toString().matches("0(-[0-9a-f]{8})?"))
                    .filter(path -> Files.exists(path.resolve("zarr.json")))
                    .count();
        }
    }

    @Test
    void aKilledWriterOfAnotherComputerIsWaitedForAMinute() throws Exception {
        String name = fresh(".ome.zarr");
        Path marker = bucket.resolve(name).resolve(".writing");
        Files.createDirectories(marker.getParent());
        String left = "{\"writer\":\"3c0c7a52-0000\",\"computer\":\"node7\",\"process\":17,\"started\":1,"
                + "\"ending\":\"-3c0c7a52\"}";
        Files.writeString(marker, left);
        Path array = Files.createDirectories(bucket.resolve(name).resolve("0-3c0c7a52/c/0/0"));
        Files.writeString(array.resolve("0"), "left");
        Outcome soon = run("convert", SAMPLE, there(name));
        assertEquals(1, soon.code(), soon.messages());
        assertTrue(
                soon.messages()
                        .contains("found a target that is being written already, by the process 17 on node7, expected"),
                soon.messages());
        assertEquals(left, Files.readString(marker));
        Files.setLastModifiedTime(marker, FileTime.from(Instant.now().minusSeconds(100)));
        done("convert", SAMPLE, there(name));
        assertFalse(Files.exists(array.resolve("0")), "what it left is removed");
        assertEquals(1, arraysOfLevel0(name));
    }

    @Test
    void ofTwoWritersOneWinsAndTheOtherSaysSo() throws Exception {
        String name = fresh(".ome.zarr");
        between.behave((exchange, number) -> isPut(exchange, "/c/") ? Fault.LATE : Fault.NONE);
        List<CompletableFuture<Outcome>> both = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            both.add(CompletableFuture.supplyAsync(
                    () -> CommandLine.run("convert", SAMPLE, there(name), "--chunks", "16"),
                    task -> new Thread(task).start()));
        }
        List<Outcome> outcomes = both.stream().map(CompletableFuture::join).toList();
        assertEquals(1, outcomes.stream().filter(one -> one.code() == 0).count(), outcomes.toString());
        Outcome loser =
                outcomes.stream().filter(one -> one.code() != 0).findFirst().orElseThrow();
        assertEquals(1, loser.code());
        assertTrue(
                loser.messages().contains("a target that is being written already")
                        || loser.messages().contains("objects that are there already"),
                loser.messages());
        Path local = folder.resolve("two.ome.zarr");
        done("convert", SAMPLE, local, "--chunks", "16");
        assertEquals(content(local), content(bucket.resolve(name)));
    }

    /** The server behind takes conditions for nothing: as some stores do. */
    @Test
    void aStoreWithoutConditionsIsWrittenToAllTheSame() throws Exception {
        String name = fresh(".ome.zarr");
        Path local = folder.resolve("plain.ome.zarr");
        done("convert", SAMPLE, local, "--chunks", "16");
        String direct = "http://127.0.0.1:" + server.port();
        for (int i = 0; i < 2; i++) {
            Outcome outcome =
                    run("convert", SAMPLE, there(name), "--chunks", "16", "--overwrite", "--endpoint", direct);
            assertEquals(0, outcome.code(), outcome.messages());
            assertEquals(chunks(local), chunks(bucket.resolve(name)));
        }
        assertEquals(1, arraysOfLevel0(name));
    }

    @Test
    void credentialsThatExpireInTheMiddleEndTheWorkAndTheNextClearsUp() throws Exception {
        String name = fresh(".ome.zarr");
        AtomicInteger puts = new AtomicInteger();
        between.behave((exchange, number) -> {
            boolean chunk = isPut(exchange, "/c/");
            return puts.addAndGet(chunk ? 1 : 0) < 20 ? Fault.NONE : Fault.EXPIRED;
        });
        Outcome outcome = run("convert", SAMPLE, there(name), "--chunks", "16", "--quiet");
        assertEquals(1, outcome.code(), outcome.messages());
        assertEquals(1, outcome.messages().lines().count(), outcome.messages());
        assertTrue(
                outcome.messages().contains("(ExpiredToken), expected credentials that have not expired"),
                outcome.messages());
        assertFalse(outcome.messages().contains(CommandLine.SECRET));
        between.behave((exchange, number) -> Fault.NONE);
        assertEquals(1, run("info", there(name)).code(), "there is no image");
        done("convert", SAMPLE, there(name), "--chunks", "16");
        assertEquals(1, arraysOfLevel0(name));
    }

    @Test
    void aWrongSecretIsRefusedInOneSentence() throws Exception {
        Outcome outcome = CommandLine.start("not-" + CommandLine.SECRET, "convert", SAMPLE, there(fresh(".ome.zarr")))
                .await();
        assertEquals(1, outcome.code(), outcome.messages());
        assertEquals(1, outcome.messages().lines().count(), outcome.messages());
        assertTrue(outcome.messages().contains("status 403"), outcome.messages());
        assertFalse(outcome.messages().contains(CommandLine.SECRET), outcome.messages());
    }

    @Test
    void secretsStandInNothingThatIsWritten() throws Exception {
        String name = fresh(".ome.zarr");
        List<String> markers = new ArrayList<>();
        between.behave((exchange, number) -> {
            Path marker = bucket.resolve(name).resolve(".writing");
            if (isPut(exchange, "/c/") && Files.exists(marker)) {
                try {
                    markers.add(Files.readString(marker));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
            return Fault.NONE;
        });
        Path recipe = folder.resolve("kept.json");
        Outcome outcome = done(
                "process",
                SAMPLE,
                there(name),
                "--plugin",
                "gaussian",
                "--verbose",
                "--save-recipe",
                recipe,
                "--threads",
                "1");
        assertFalse(markers.isEmpty(), "the marker was there meanwhile");
        List<String> texts = new ArrayList<>(markers);
        texts.add(outcome.out() + outcome.messages() + Files.readString(recipe));
        try (Stream<Path> files = Files.walk(bucket.resolve(name))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        texts.forEach(text -> assertFalse(text.contains(CommandLine.SECRET) || text.contains(CommandLine.KEY), text));
    }

    @Test
    void aBatchGoesIntoAStoreAndGoesOnWhereItWas() throws Exception {
        String name = fresh("");
        Path second = folder.resolve("second.nii.gz");
        Files.copy(SAMPLE, second);
        Object[] command = {
            "process", SAMPLE, second, "--plugin", "gaussian", "--output-dir", there(name), "--skip-existing"
        };
        Outcome first = done(command);
        assertTrue(first.messages().contains("2 of 2 images written"), first.messages());
        Path local = folder.resolve("batch");
        done("process", SAMPLE, second, "--plugin", "gaussian", "--output-dir", local);
        assertEquals(content(local), content(bucket.resolve(name)));
        Outcome again = done(command);
        assertTrue(again.messages().contains("2 there already"), again.messages());
        assertEquals(content(local), content(bucket.resolve(name)));
    }
}
