package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.http.FaultyServer.Fault;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.HttpStore;

/** OME-Zarr images on a server on this computer that does what servers do when they are not well. */
class RemoteImagesTest {
    /** Half of it is empty, so that chunks are missing. */
    private static final FormulaSource IMAGE = FormulaSource.of(
            "zyx", PixelType.UINT16, new long[] {11, 17, 41}, p -> p[2] < 20 ? FormulaSource.scattered(p) : 0);

    private static final Retries QUICK =
            new Retries(4, Duration.ofMillis(5), Duration.ofSeconds(2), Duration.ofMillis(400));

    @TempDir
    private static Path folder;

    private FaultyServer server;

    @BeforeAll
    static void write() throws Exception {
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withChunks(8);
        Files.createDirectories(folder.resolve("my images"));
        for (String version : List.of("0.4", "0.5")) {
            OmeZarrWriter.write(
                    IMAGE,
                    folder.resolve("my images/" + version + ".zarr"),
                    options.withVersion(version),
                    null,
                    Execution.standard());
        }
        OmeZarrWriter.write(
                IMAGE, folder.resolve("my images/shards.zarr"), options.withShards(16), null, Execution.standard());
    }

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer(folder);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private ImageLocation.Remote location(String name) throws IOException {
        return (ImageLocation.Remote) ImageLocation.parse(server.address("my images/" + name + ".zarr"));
    }

    /** Level 0, chunk by chunk. */
    private short[] voxels(String name, Retries retries) throws IOException {
        ZarrArray array = ZarrArray.open(new HttpStore(location(name), retries), "0");
        long[] shape = array.shape();
        ImageSource source = new ZarrSource(array, IMAGE.metadata(), new ChunkCache());
        return (short[]) source.read(Interval.ofShape(shape)).voxels();
    }

    private static short[] expected() throws IOException {
        return (short[]) IMAGE.read(IMAGE.metadata().interval()).voxels();
    }

    private void refused(String name, String file, String words) throws IOException {
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> voxels(name, QUICK));
        String message = refused.getMessage();
        String place = server.address("my%20images/" + name + ".zarr/" + file);
        assertTrue(message.startsWith(place + ": found ") && message.contains(words), message);
        assertEquals(1, message.lines().count());
    }

    private static boolean isChunk(String path) {
        return path.matches(".*/0/(c/)?\\d.*");
    }

    @ParameterizedTest
    @CsvSource({"0.4", "0.5", "shards"})
    void whatIsOnAServerIsReadAsFromAFolder(String name) throws Exception {
        try (ImageSource remote = OmeZarrReader.open(location(name), Instant.now());
                ImageSource local = OmeZarrReader.open(folder.resolve("my images/" + name + ".zarr"))) {
            assertEquals(local.metadata(), remote.metadata());
            assertEquals(local.levels().size(), remote.levels().size());
            assertTrue(remote.isRemote() && !local.isRemote());
            for (int level = 0; level < local.levels().size(); level++) {
                Interval all = local.levels().get(level).metadata().interval();
                assertArrayEquals((short[]) local.levels().get(level).read(all).voxels(), (short[])
                        remote.levels().get(level).read(all).voxels());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"HANG_UP", "HANG_UP_IN_BODY", "SILENCE", "SILENCE_IN_BODY", "UNAVAILABLE", "TOO_MANY_REQUESTS"})
    void whatMayHelpIsTriedAgainSoOftenAndNoMore(Fault fault) throws Exception {
        for (String name : List.of("0.5", "shards")) {
            server.behave((path, time) -> time < 2 && path.contains("/0/c/0/0") ? fault : Fault.NONE);
            assertArrayEquals(expected(), voxels(name, QUICK));
        }
        server.behave((path, time) -> path.endsWith("0/c/0/0/0") ? fault : Fault.NONE);
        refused("0.5", "0/c/0/0/0", "4 times");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"NONE", "IGNORE_RANGE", "REFUSE_SUFFIX", "MISTAKE_SUFFIX", "NO_LENGTH", "REDIRECT"})
    void serversThatDoThingsTheirOwnWayAreUnderstood(Fault fault) throws Exception {
        for (String name : List.of("0.4", "0.5", "shards")) {
            server.behave((path, time) -> path.startsWith("moved") ? Fault.NONE : fault);
            assertArrayEquals(expected(), voxels(name, QUICK), name);
        }
    }

    @Test
    void aBodyThatEndsEarlyOrIsOfAnotherPlaceIsNoVoxel() throws Exception {
        server.behave((path, time) -> isChunk(path) ? Fault.WRONG_RANGE : Fault.NONE);
        refused("shards", "0/c/0/0/0", "an answer with bytes");
        server.behave((path, time) -> isChunk(path) ? Fault.HALF_A_BODY : Fault.NONE);
        refused("0.5", "0/c/0/0/0", "");
        refused("shards", "0/c/0/0/0", "4 times");
    }

    @Test
    void onlyWhatIsWantedOfAShardIsFetched() throws Exception {
        FormulaSource large =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {32, 32, 64}, FormulaSource::scattered);
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(8).withShards(64).withLevels(1);
        OmeZarrWriter.write(large, folder.resolve("my images/large.zarr"), options, null, Execution.standard());
        ZarrArray array = ZarrArray.open(new HttpStore(location("large"), QUICK), "0");
        long before = server.sent();
        int requests = server.requests().size();
        array.readChunk(new long[] {0, 0, 0}, new short[512]);
        array.readChunk(new long[] {0, 0, 1}, new short[512]);
        assertEquals(requests + 3, server.requests().size(), "the index once, and each chunk");
        long shard = Files.size(folder.resolve("my images/large.zarr/0/c/0/0/0"));
        assertTrue(server.sent() - before < shard / 2, (server.sent() - before) + " of " + shard);
    }

    @Test
    void aServerThatMistakesTheEndOfAFileForItsStartIsAskedOtherwise() throws Exception {
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(8).withShards(64).withLevels(1);
        FormulaSource large =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {32, 32, 64}, FormulaSource::scattered);
        OmeZarrWriter.write(large, folder.resolve("my images/mistaken.zarr"), options, null, Execution.standard());
        server.behave((path, time) -> Fault.MISTAKE_SUFFIX);
        ZarrArray array = ZarrArray.open(new HttpStore(location("mistaken"), QUICK), "0");
        short[] chunk = new short[512];
        array.readChunk(new long[] {1, 2, 3}, chunk);
        assertArrayEquals(
                (short[]) large.read(array.chunks().whole(new long[] {1, 2, 3})).voxels(), chunk);
    }

    @Test
    void aSmallShardIsFetchedWhole() throws Exception {
        ZarrArray array = ZarrArray.open(new HttpStore(location("shards"), QUICK), "0");
        int requests = server.requests().size();
        array.readChunk(new long[] {0, 0, 0}, new short[512]);
        array.readChunk(new long[] {0, 0, 1}, new short[512]);
        assertEquals(requests + 1, server.requests().size());
    }

    @Test
    void aForbiddenChunkIsAMissingOneWhileTheMetadataMayBeRead() throws Exception {
        // As object stores answer that may not be listed.
        server.behave(
                (path, time) -> Files.exists(folder.resolve(path.replace("%20", " "))) ? Fault.NONE : Fault.FORBIDDEN);
        for (String name : List.of("0.4", "0.5", "shards")) {
            assertArrayEquals(expected(), voxels(name, QUICK), name);
            assertEquals(
                    3,
                    OmeZarrReader.open(location(name), Instant.now()).levels().size() - 1);
        }
    }

    @Test
    void leaveToReadThatRunsOutIsAnError() throws Exception {
        ZarrArray array = ZarrArray.open(new HttpStore(location("0.5"), QUICK), "0");
        array.readChunk(new long[] {0, 0, 0}, new short[512]);
        server.behave((path, time) -> Fault.FORBIDDEN);
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> array.readChunk(new long[] {0, 0, 1}, new short[512]));
        assertTrue(refused.getMessage().contains("status 403"), refused.getMessage());
        server.behave((path, time) -> Fault.UNAUTHORIZED);
        refused = assertThrows(ImageFormatException.class, () -> array.readChunk(new long[] {0, 0, 1}, new short[512]));
        assertTrue(refused.getMessage().contains("status 401"), refused.getMessage());
    }

    @Test
    void metadataThatMayNotBeReadOrAreNotThereAreSaidToBe() throws Exception {
        server.behave((path, time) -> Fault.FORBIDDEN);
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(location("0.5"), Instant.now()));
        assertTrue(
                refused.getMessage().contains("found no permission to read metadata (status 403)"),
                refused.getMessage());
        server.behave((path, time) -> Fault.NONE);
        refused = assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(location("none"), Instant.now()));
        assertTrue(refused.getMessage().contains("found no metadata of Zarr"), refused.getMessage());
    }

    @Test
    void aServerThatAsksForPatienceIsWaitedForButNotForever() throws Exception {
        server.setHeaders("Retry-After: 1\r\n");
        server.behave((path, time) -> time < 1 && path.endsWith("0/c/0/0/0") ? Fault.TOO_MANY_REQUESTS : Fault.NONE);
        long start = System.nanoTime();
        assertArrayEquals(expected(), voxels("0.5", QUICK));
        assertTrue(System.nanoTime() - start > 1_000_000_000L, "a second");
        server.setHeaders("Retry-After: 3600\r\n");
        server.behave((path, time) -> path.endsWith("0/c/0/0/0") ? Fault.UNAVAILABLE : Fault.NONE);
        refused("0.5", "0/c/0/0/0", "asked again in 3600 seconds");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENCE", "SILENCE_IN_BODY", "UNAVAILABLE"})
    void waitingEndsAtOnceWhenTheThreadIsInterrupted(Fault fault) throws Exception {
        server.behave((path, time) -> isChunk(path) ? fault : Fault.NONE);
        CompletableFuture<Throwable> outcome = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                voxels("0.5", Retries.standard());
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.complete(e);
            }
        });
        reader.start();
        while (server.requests().stream().noneMatch(request -> isChunk(request))) {
            Thread.sleep(5);
        }
        Thread.sleep(100);
        long start = System.nanoTime();
        reader.interrupt();
        assertTrue(outcome.get(5, TimeUnit.SECONDS) instanceof CancellationException);
        assertTrue(System.nanoTime() - start < 1_000_000_000L, "a second");
    }

    @ParameterizedTest
    @EnumSource(
            value = Fault.class,
            names = {"SILENCE", "SILENCE_IN_BODY", "UNAVAILABLE"})
    void cancellingASaveThatWaitsForAServerTakesNoSecondAndLeavesNothing(Fault fault) throws Exception {
        ImageSource image = OmeZarrReader.open(location("0.5"), Instant.now());
        server.behave((path, time) -> isChunk(path) ? fault : Fault.NONE);
        AtomicLong cancelled = new AtomicLong();
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public boolean isCancelled() {
                boolean waiting = server.requests().stream().anyMatch(RemoteImagesTest::isChunk);
                if (waiting) {
                    cancelled.compareAndSet(0, System.nanoTime());
                }
                return waiting;
            }
        };
        Path target = folder.resolve("cancelled.ozx");
        assertThrows(
                CancellationException.class,
                () -> OmeZarrWriter.write(
                        image, target, OmeZarrWriteOptions.defaults(), null, new Execution(3, progress)));
        assertTrue(System.nanoTime() - cancelled.get() < 1_000_000_000L, "a second");
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("my images")), left.toList());
        }
        assertTrue(Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().matches("scaled-imaging-\\d+")));
    }

    @Test
    void aFileThatIsTooLongIsRefusedBeforeItIsFetched() throws Exception {
        Path chunk = folder.resolve("my images/0.5.zarr/0/c/0/0/0");
        byte[] content = Files.readAllBytes(chunk);
        Files.write(chunk, new byte[10_000_000]);
        try {
            refused("0.5", "0/c/0/0/0", "a file of 10000000 bytes");
            server.behave((path, time) -> isChunk(path) ? Fault.NO_LENGTH : Fault.NONE);
            refused("0.5", "0/c/0/0/0", "a file of more than");
        } finally {
            Files.write(chunk, content);
        }
    }

    @Test
    void aSignatureGoesWithEachRequestAndIntoNoMessage() throws Exception {
        String signed = server.address("my images/0.5.zarr?sig=SECRET%2B&x=1");
        ImageLocation.Remote location = (ImageLocation.Remote) ImageLocation.parse(signed);
        assertFalse(location.toString().contains("SECRET"));
        try (ImageSource image = OmeZarrReader.open(location, Instant.now())) {
            image.read(Interval.ofShape(8, 8, 8));
        }
        assertTrue(server.requests().size() > 4);
        assertTrue(server.requests().stream().allMatch(request -> request.endsWith("?sig=SECRET%2B&x=1")));
        server.behave((path, time) -> Fault.UNAUTHORIZED);
        ImageFormatException refused =
                assertThrows(ImageFormatException.class, () -> OmeZarrReader.open(location, Instant.now()));
        assertFalse(refused.getMessage().contains("SECRET"), refused.getMessage());
    }

    @Test
    void aServerThatIsNotThereIsSaidNotToBe() throws Exception {
        server.close();
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> voxels("0.5", QUICK));
        assertTrue(refused.getMessage().contains("found no server that answers there 4 times"), refused.getMessage());
    }
}
