package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.ParallelRead;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.http.FaultyServer.Fault;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;

/** Images on a server whose answers take their time: many are waited for at once. */
class ReadAheadTest {
    private static final FormulaSource IMAGE = FormulaSource.of(
            "zyx", PixelType.UINT16, new long[] {32, 64, 64}, p -> p[2] < 48 ? FormulaSource.scattered(p) + 1 : 0);

    private static final long[] CHUNK = {8, 8, 8};

    @TempDir
    private static Path folder;

    private final AtomicInteger now = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private FaultyServer server;

    @BeforeAll
    static void write() throws Exception {
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withChunks(8);
        OmeZarrWriter.write(
                IMAGE, folder.resolve("chunks.zarr"), options.withVersion("0.4"), null, Execution.standard());
        OmeZarrWriter.write(IMAGE, folder.resolve("shards.zarr"), options.withShards(32), null, Execution.standard());
    }

    @BeforeEach
    void start() throws Exception {
        server = new FaultyServer(folder);
        server.behave((path, time) -> late(Fault.NONE));
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    private Fault late(Fault fault) {
        return late(fault, () -> Thread.sleep(20));
    }

    /** An answer that waits. */
    private Fault late(Fault fault, Executable wait) {
        most.accumulateAndGet(now.incrementAndGet(), Math::max);
        try {
            wait.execute();
        } catch (Throwable e) {
            throw new AssertionError(e);
        } finally {
            now.decrementAndGet();
        }
        return fault;
    }

    private static boolean isChunk(String path) {
        return path.matches(".*/0/(c/)?\\d.*");
    }

    private ImageSource open(String name) throws Exception {
        return OmeZarrReader.open(ImageLocation.parse(server.address(name)), Instant.now());
    }

    private static short[] read(ImageSource image, int threads, Progress progress) throws Exception {
        return (short[]) ParallelRead.read(
                        image, image.metadata().interval(), CHUNK, new Execution(threads, progress), "reading")
                .voxels();
    }

    private static short[] expected() throws Exception {
        return (short[]) IMAGE.read(IMAGE.metadata().interval()).voxels();
    }

    /** On a busy computer, threads that are told to end take their time. */
    private static void noThreadIsLeft() throws Exception {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("scaled-imaging-ahead")) {
                thread.join(10_000);
                assertFalse(thread.isAlive(), thread.getName());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void chunksAreAskedForManyAtATimeAndEachOnce(int threads) throws Exception {
        CountDownLatch together = new CountDownLatch(33);
        server.behave((path, time) -> late(Fault.NONE, () -> {
            if (isChunk(path)) { // the first have no answer until more are asked for, however busy the computer is
                together.countDown();
                together.await(20, TimeUnit.SECONDS);
            }
        }));
        try (ImageSource image = open("chunks.zarr")) {
            assertArrayEquals(expected(), read(image, threads, Progress.none()));
        }
        assertTrue(most.get() > 32 && most.get() <= 64, "at once: " + most.get());
        List<String> asked =
                server.requests().stream().filter(ReadAheadTest::isChunk).toList();
        assertEquals(4 * 8 * 8, asked.size(), "missing ones too");
        assertEquals(asked.size(), asked.stream().distinct().count());
    }

    @Test
    void chunksThatLieTogetherInAShardComeTogether() throws Exception {
        try (ImageSource image = open("shards.zarr")) {
            assertArrayEquals(expected(), read(image, 2, Progress.none()));
        }
        List<String> ranges = server.ranges();
        assertEquals(ranges.size(), ranges.stream().distinct().count());
        assertTrue(ranges.size() <= 12, "an index and two ranges for each of four shards: " + ranges);
    }

    @Test
    void aServerThatIsAskedTooMuchIsAskedLess() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        server.behave((path, time) -> {
            boolean tooMuch = isChunk(path) && now.get() >= 12;
            refused.addAndGet(tooMuch ? 1 : 0);
            return late(tooMuch ? Fault.UNAVAILABLE : Fault.NONE);
        });
        try (ImageSource image = open("chunks.zarr")) {
            assertArrayEquals(expected(), read(image, 2, Progress.none()));
        }
        assertTrue(refused.get() > 0 && refused.get() < 200, "refused: " + refused.get());
    }

    @Test
    void aChunkThatCannotBeReadIsSaidOnceAndEndsTheRest() throws Exception {
        server.behave((path, time) -> late(path.endsWith("/0/2/3/4") ? Fault.UNAUTHORIZED : Fault.NONE));
        try (ImageSource image = open("chunks.zarr")) {
            ImageFormatException failure =
                    assertThrows(ImageFormatException.class, () -> read(image, 2, Progress.none()));
            assertTrue(failure.getMessage().startsWith(server.address("chunks.zarr/0/2/3/4")), failure.getMessage());
            server.behave((path, time) -> Fault.NONE);
            assertArrayEquals(expected(), read(image, 2, Progress.none()), "and another pass is none the worse");
        }
        noThreadIsLeft();
    }

    @Test
    void cancellingEndsWhatIsUnderWay() throws Exception {
        server.behave((path, time) -> isChunk(path) ? Fault.SILENCE : Fault.NONE);
        long[] cancelled = {0};
        Progress progress = new Progress() {
            @Override
            public void report(double fraction, String message) {}

            @Override
            public synchronized boolean isCancelled() {
                boolean waiting = server.requests().stream().anyMatch(ReadAheadTest::isChunk);
                cancelled[0] = waiting && cancelled[0] == 0 ? System.nanoTime() : cancelled[0];
                return waiting;
            }
        };
        try (ImageSource image = open("chunks.zarr")) {
            assertThrows(CancellationException.class, () -> read(image, 2, progress));
        }
        assertTrue(
                System.nanoTime() - cancelled[0] < 20_000_000_000L, "long before a minute, which the server is silent");
        noThreadIsLeft();
    }
}
