package org.scaledimaging.cli.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Clients get images that are not computed. */
class ImageServerTest {
    private static final OmeZarrWriteOptions OPTIONS =
            OmeZarrWriteOptions.defaults().withChunks(8);

    @TempDir
    Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private Session session;
    private ImageServer server;

    @BeforeEach
    void start() throws Exception {
        session = new Session(OPTIONS, Execution.standard());
        server = start(Access.local());
    }

    private ImageServer start(Access access) throws IOException {
        return ImageServer.start(
                new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), session, access, 2, failures::add);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private int status(String path) throws Exception {
        return get(path).statusCode();
    }

    /** Sends a request as it is; gives the answer's first line. */
    private String raw(ImageServer to, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", to.address().getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.substring(0, answer.indexOf('\r'));
        }
    }

    /** An image that does something before it gives voxels: uint8, each its number along x. */
    private static Image slow(Reading reading) {
        ImageMetadata metadata = ImageMetadata.of(
                "slow", PixelType.UINT8, Dimension.of(Axis.Z, 8), Dimension.of(Axis.Y, 8), Dimension.of(Axis.X, 32));
        return Image.of(new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return new int[] {8, 8, 8};
            }

            @Override
            public void read(Block target) throws IOException {
                reading.before();
                byte[] voxels = (byte[]) target.voxels();
                for (int i = 0; i < target.size(); i++) {
                    voxels[i] = (byte) (1
                            + target.interval().min(2)
                            + i % target.interval().length(2));
                }
            }
        });
    }

    /** What is done before voxels are there. */
    private interface Reading {
        void before() throws IOException;
    }

    @ParameterizedTest
    @CsvSource({"0.4, ''", "0.5, /0.5"})
    void eachFileIsTheOneThatWouldBeWritten(String version, String below) throws Exception {
        try (Image five = Image.open(Samples.fiveAxes(folder))) {
            session.put("five", five);
            Path target = folder.resolve("written.ome.zarr");
            five.saveOmeZarr(target, OPTIONS.withVersion(version), Execution.standard());
            int files = 0;
            try (Stream<Path> written = Files.walk(target)) {
                for (Path file : written.filter(Files::isRegularFile).toList()) {
                    String key = target.relativize(file).toString().replace('\\', '/');
                    HttpResponse<byte[]> response = get(below + "/five.ome.zarr/" + key);
                    assertEquals(200, response.statusCode(), key);
                    boolean group = key.equals(".zattrs") || key.equals("zarr.json");
                    if (!group) { // which says in addition which levels are exact
                        assertArrayEquals(Files.readAllBytes(file), response.body(), key);
                    }
                    files++;
                }
            }
            assertTrue(files > 30, files + " files");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/0.5"})
    void theEnginesOwnClientReadsEveryLevel(String below) throws Exception {
        Image volume = Samples.volume(20, 24, 28);
        session.put("image", volume);
        Path target = folder.resolve("written.ome.zarr");
        volume.saveOmeZarr(target, OPTIONS, Execution.standard());
        try (Image read = Image.open(server.address() + below + "/image.ome.zarr");
                Image written = Image.open(target)) {
            assertEquals(written.metadata().dimensions(), read.metadata().dimensions());
            int levels = written.source().levels().size();
            assertEquals(levels, read.source().levels().size());
            for (int level = 0; level < levels; level++) {
                assertArrayEquals(Samples.voxels(written.level(level)), Samples.voxels(read.level(level)));
            }
        }
    }

    @Test
    void whatIsNotThereIsNotFoundAndNothingLeadsOut() throws Exception {
        session.put("image", slow(() -> {}));
        for (String path : List.of(
                "/other.ome.zarr/.zattrs",
                "/image/.zattrs",
                "/image.ome.zarr/0/0/0/4",
                "/image.ome.zarr/zarr.json",
                "/0.5/image.ome.zarr/.zgroup",
                "/0.6/image.ome.zarr/zarr.json",
                "/etc/passwd")) {
            HttpResponse<byte[]> response = get(path);
            assertEquals(404, response.statusCode(), path);
            String sentence = new String(response.body(), StandardCharsets.UTF_8);
            assertTrue(sentence.contains("found nothing, expected"), sentence);
        }
        for (String path : List.of("/image.ome.zarr/../x", "/..", "/image.ome.zarr/%2e%2e/x", "/..%5cx")) {
            String line = raw(server, "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            assertTrue(line.startsWith("HTTP/1.1 400"), path + ": " + line);
        }
        assertEquals(200, status("/image.ome.zarr/0/0/0/3"));
        assertTrue(raw(
                        server,
                        "POST /image.ome.zarr/.zattrs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"
                                + "Connection: close\r\n\r\n")
                .startsWith("HTTP/1.1 405"));
    }

    @Test
    void chunksOfTheFillValueAreNotThere() throws Exception {
        ImageMetadata metadata =
                ImageMetadata.of("half", PixelType.UINT8, Dimension.of(Axis.Y, 8), Dimension.of(Axis.X, 16));
        session.put("half", Image.of(new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return metadata;
            }

            @Override
            public int[] chunkShape() {
                return new int[] {8, 8};
            }

            @Override
            public void read(Block target) {
                byte value = (byte) (target.interval().min(1) < 8 ? 0 : 3);
                Arrays.fill((byte[]) target.voxels(), value);
            }
        }));
        assertEquals(404, status("/half.ome.zarr/0/0/0"));
        assertEquals(200, status("/half.ome.zarr/0/0/1"));
        assertEquals(404, status("/0.5/half.ome.zarr/0/c/0/0"));
    }

    @Test
    void anImageUnderAnotherNameOfThisComputerIsRefused() throws Exception {
        session.put("image", slow(() -> {}));
        String request = "GET /image.ome.zarr/.zattrs HTTP/1.1\r\nConnection: close\r\nHost: ";
        for (String host :
                List.of("evil.example", "evil.example:80", "localhost.evil.example", "127.0.0.1.evil.example")) {
            assertTrue(raw(server, request + host + "\r\n\r\n").startsWith("HTTP/1.1 403"), host);
        }
        for (String host : List.of("localhost", "LOCALHOST:8080", "127.0.0.1:1", "[::1]:80", "a.localhost")) {
            assertTrue(raw(server, request + host + "\r\n\r\n").startsWith("HTTP/1.1 200"), host);
        }
        try (ImageServer open = start(new Access(true, List.of()))) {
            assertTrue(raw(open, request + "microscope.example\r\n\r\n").startsWith("HTTP/1.1 200"));
        }
    }

    @Test
    void pagesOfThisComputerMayReadAndThoseThatAreNamed() throws Exception {
        session.put("image", slow(() -> {}));
        server.close();
        server = start(new Access(false, List.of("https://viewer.example")));
        for (String origin : List.of("http://localhost:3000", "http://127.0.0.1", "https://viewer.example")) {
            assertEquals(
                    origin,
                    get("/image.ome.zarr/.zattrs", "Origin", origin)
                            .headers()
                            .firstValue("Access-Control-Allow-Origin")
                            .orElse("none"));
        }
        for (String origin : List.of("https://evil.example", "null", "http://localhost.evil.example")) {
            assertFalse(get("/image.ome.zarr/.zattrs", "Origin", origin)
                    .headers()
                    .firstValue("Access-Control-Allow-Origin")
                    .isPresent());
        }
        HttpRequest options = HttpRequest.newBuilder(URI.create(server.address() + "/image.ome.zarr/0/0/0/0"))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .header("Origin", "http://localhost:3000")
                .header("Access-Control-Request-Headers", "range")
                .build();
        HttpResponse<Void> response = client.send(options, HttpResponse.BodyHandlers.discarding());
        assertEquals(204, response.statusCode());
        assertEquals(
                "range",
                response.headers().firstValue("Access-Control-Allow-Headers").orElse(""));
    }

    @Test
    void aHeadTellsTheLengthAndATagSparesTheBody() throws Exception {
        session.put("image", slow(() -> {}));
        HttpResponse<byte[]> whole = get("/image.ome.zarr/0/0/0/0");
        HttpRequest head = HttpRequest.newBuilder(URI.create(server.address() + "/image.ome.zarr/0/0/0/0"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .build();
        HttpResponse<byte[]> length = client.send(head, HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(
                whole.body().length,
                length.headers().firstValueAsLong("Content-Length").orElse(-1));
        assertEquals(0, length.body().length);
        String tag = whole.headers().firstValue("ETag").orElseThrow();
        assertEquals(304, get("/image.ome.zarr/0/0/0/0", "If-None-Match", tag).statusCode());
        session.put("image", slow(() -> {}));
        assertEquals(200, get("/image.ome.zarr/0/0/0/0", "If-None-Match", tag).statusCode());
    }

    @Test
    void aChunkThatManyAskForAtOnceIsComputedOnceAndMetadataDoNotWait() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        session.put("image", slow(() -> {
            reads.incrementAndGet();
            try {
                go.await(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }));
        List<CompletableFuture<HttpResponse<byte[]>>> waiting = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            waiting.add(client.sendAsync(
                    HttpRequest.newBuilder(URI.create(server.address() + "/image.ome.zarr/0/0/0/" + i % 2))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray()));
        }
        assertEquals(200, status("/image.ome.zarr/.zattrs"), "while both threads that compute are busy");
        go.countDown();
        for (CompletableFuture<HttpResponse<byte[]>> response : waiting) {
            assertEquals(200, response.get(60, TimeUnit.SECONDS).statusCode());
        }
        assertEquals(2, reads.get());
    }

    @Test
    void eightClientsAtOnceGetTheirChunks() throws Exception {
        session.put("image", Samples.volume(40, 40, 40));
        List<CompletableFuture<byte[]>> found = new ArrayList<>();
        for (int one = 0; one < 8; one++) {
            HttpClient another = HttpClient.newHttpClient();
            for (int i = 0; i < 125; i++) {
                String path = "/0.5/image.ome.zarr/0/c/" + i / 25 + "/" + i / 5 % 5 + "/" + i % 5;
                found.add(another.sendAsync(
                                HttpRequest.newBuilder(URI.create(server.address() + path))
                                        .version(HttpClient.Version.HTTP_1_1)
                                        .build(),
                                HttpResponse.BodyHandlers.ofByteArray())
                        .thenApply(HttpResponse::body));
                if (i % 20 == 19) {
                    found.get(found.size() - 1).get(60, TimeUnit.SECONDS); // as viewers, which open few connections
                }
            }
        }
        for (int i = 0; i < found.size(); i++) {
            byte[] body = found.get(i).get(60, TimeUnit.SECONDS);
            assertArrayEquals(found.get(i % 125).get(), body);
            assertTrue(body.length > 0);
        }
    }

    @Test
    void aFailureIsToldAndTheServerLivesOn() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        session.put("image", slow(() -> {
            int read = reads.getAndIncrement();
            if (read == 0) {
                throw new IOException("scan.tif: found half a tile, expected one.");
            } else if (read == 1) {
                throw new OutOfMemoryError("made up");
            }
        }));
        HttpResponse<byte[]> failed = get("/image.ome.zarr/0/0/0/0");
        assertEquals(500, failed.statusCode());
        String sentence = new String(failed.body(), StandardCharsets.UTF_8);
        assertTrue(sentence.contains("found half a tile"), sentence);
        HttpResponse<byte[]> memory = get("/image.ome.zarr/0/0/0/0");
        assertEquals(500, memory.statusCode());
        assertTrue(new String(memory.body(), StandardCharsets.UTF_8).startsWith("Memory: found "));
        assertEquals(200, status("/image.ome.zarr/0/0/0/0"));
        assertEquals(2, failures.size());
    }

    @Test
    void whatViewersAskForFirstIsComputedBefore() throws Exception {
        AtomicInteger reads = new AtomicInteger();
        session.put("image", slow(reads::incrementAndGet));
        int before = reads.get(); // for the display windows
        server.lookAhead(List.of("none", "image"));
        for (int i = 0, last = before; i < 100 && (last == before || last != reads.get()); i++) {
            last = reads.get();
            Thread.sleep(200);
        }
        int ahead = reads.get();
        assertTrue(ahead > before, "something was computed");
        for (int i = 0; i < 4; i++) {
            assertEquals(200, status("/image.ome.zarr/0/0/0/" + i));
        }
        assertEquals(ahead, reads.get());
    }

    @Test
    void whoAsksForAnImageThatIsExpectedWaitsForIt() throws Exception {
        session.expect("image");
        session.expect("gone");
        assertEquals(200, status("/"));
        CompletableFuture<HttpResponse<byte[]>> metadata = client.sendAsync(
                HttpRequest.newBuilder(URI.create(server.address() + "/image.ome.zarr/.zattrs"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        CompletableFuture<HttpResponse<byte[]>> gone = client.sendAsync(
                HttpRequest.newBuilder(URI.create(server.address() + "/gone.ome.zarr/.zattrs"))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertTrue(new String(get("/").body(), StandardCharsets.UTF_8).contains("waiting"));
        assertFalse(metadata.isDone());
        session.put("image", slow(() -> {}));
        session.remove("gone");
        assertEquals(200, metadata.get(60, TimeUnit.SECONDS).statusCode());
        assertEquals(404, gone.get(60, TimeUnit.SECONDS).statusCode());
        String page = new String(get("/").body(), StandardCharsets.UTF_8);
        assertTrue(page.contains("zyx 8×8×32 uint8") && page.contains("/0.5/image.ome.zarr"), page);
    }

    @Test
    void clientsThatGoAwayLeaveNothingBehind() throws Exception {
        session.put("image", Samples.volume(64, 64, 64));
        for (int i = 0; i < 300; i++) {
            try (Socket socket = new Socket("127.0.0.1", server.address().getPort())) {
                socket.setSoLinger(true, 0);
                socket.getOutputStream()
                        .write(("GET /image.ome.zarr/0/" + i % 8 + "/0/" + i / 8 % 8
                                        + " HTTP/1.1\r\nHost: localhost\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertEquals(200, status("/image.ome.zarr/0/7/7/7"));
        assertEquals(List.of(), List.copyOf(failures));
    }
}
