package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.Retries;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.zarr.store.HttpStore;

/** A server that answers about the files of levels only when it was asked about all of them, as one far away seems to. */
class MetadataTogetherTest {
    private static final int LEVELS = 3;

    @TempDir
    private Path folder;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Integer> asked = new ConcurrentHashMap<>();
    private CyclicBarrier together = new CyclicBarrier(1);
    private String held = "";
    private String failing = "";
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String name = exchange.getRequestURI().getPath().substring(1);
            asked.merge(name, 1, Integer::sum);
            if (name.matches(failing)) {
                exchange.sendResponseHeaders(500, -1);
                return;
            }
            if (name.matches(held)) {
                together.await(10, TimeUnit.SECONDS);
            }
            Path file = folder.resolve(name);
            byte[] bytes = Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
            exchange.sendResponseHeaders(bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
            if (bytes != null) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
            throw new IOException("asked about one after the other", e);
        }
    }

    private void hold(String names, int many) {
        asked.clear();
        together = new CyclicBarrier(many);
        held = names;
    }

    private HttpStore store(Retries retries) throws IOException {
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
        return new HttpStore((ImageLocation.Remote) ImageLocation.parse(address), retries);
    }

    /** The background's one attempt comes on top. */
    @Test
    void whatFailsIsAskedForHardlyMoreOftenThanWithoutTheBackground() throws Exception {
        failing = ".*[.]json";
        HttpStore store = store(new Retries(3, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(5)));
        store.expect(List.of("a/zarr.json", "b/zarr.json"));
        ImageFormatException failed =
                assertThrows(ImageFormatException.class, () -> store.get("a/zarr.json", Integer.MAX_VALUE));
        assertTrue(failed.getMessage().contains("status 500 3 times"), failed.getMessage());
        assertEquals(4, asked.get("a/zarr.json"));
    }

    /** A server that answers one connection at a time lets those of the background wait. */
    @Test
    void whatGetsNoAnswerInTheBackgroundIsAskedForAgain() throws Exception {
        Files.writeString(folder.resolve("zarr.json"), "{}");
        hold("zarr[.]json", 2); // the first request is answered together with the second
        HttpStore store = store(new Retries(1, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofMinutes(1)));
        store.expect(List.of("zarr.json"));
        assertEquals(2, store.get("zarr.json", 100).orElseThrow().remaining());
        assertEquals(Map.of("zarr.json", 2), asked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void levelsAreAskedForTogetherAndOnce(String version) throws Exception {
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withChunks(8)
                .withLevels(LEVELS);
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {11, 17, 41}, FormulaSource::scattered);
        OmeZarrWriter.write(image, folder.resolve("a.zarr"), options, null, Execution.standard());
        String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/a.zarr";
        String level = version.equals("0.5") ? "zarr[.]json" : "[.]zarray";
        hold("a[.]zarr/\\d/" + level, LEVELS);
        ImageSource opened = OmeZarrReader.open(ImageLocation.parse(address), Instant.now());
        assertEquals(LEVELS, opened.levels().size());
        assertEquals(List.of(1), asked.values().stream().distinct().toList(), asked.toString());
        hold("a[.]zarr/(\\d/" + level + "|zarr[.]json|[.]zattrs)", LEVELS + 1);
        opened.checkUnchanged();
        assertEquals(LEVELS + 1, asked.size(), asked.toString());
    }
}
