package org.scaledimaging.cli.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/** Viewers get answers with which they go on: to what they ask for, in their order, as their public source has it. */
class ViewerRequestsTest {
    private static final String IMAGE = "/image.ome.zarr";

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private ImageServer server;

    @BeforeEach
    void start() throws Exception {
        Session session =
                new Session(OmeZarrWriteOptions.defaults().withChunks(8).withLevels(2), Execution.standard());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0);
        server = ImageServer.start(any, session, Access.local(), 2, failure -> {});
        session.put("image", Samples.volume(20, 24, 28));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<byte[]> ask(String method, String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    /** Lines of a method, the status that lets the viewer go on, and a path. */
    private void assertAnswered(String conversation, String... headers) throws Exception {
        for (String line : conversation.strip().lines().toList()) {
            String[] words = line.strip().split(" +");
            HttpResponse<byte[]> answer = ask(words[0], words[2], headers);
            assertEquals(Integer.parseInt(words[1]), answer.statusCode(), line);
            boolean json = words[2].matches(".*(\\.z[a-z]+|zarr\\.json)") && answer.statusCode() == 200;
            if (json && words[0].equals("GET")) {
                assertEquals('{', answer.body()[0], line);
            }
        }
    }

    /** ome-zarr-py 0.6 to 0.11 through zarr-python 2 and fsspec, which napari-ome-zarr uses. */
    @Test
    void napari() throws Exception {
        assertAnswered("""
                GET 404 /image.ome.zarr/.zarray
                GET 200 /image.ome.zarr/.zgroup
                GET 200 /image.ome.zarr/.zattrs
                GET 404 /image.ome.zarr/labels/.zarray
                GET 404 /image.ome.zarr/labels/.zgroup
                GET 200 /image.ome.zarr/0/.zarray
                GET 200 /image.ome.zarr/1/.zarray
                GET 200 /image.ome.zarr/0/0/0/0
                GET 200 /image.ome.zarr/0/2/2/3
                """, "Accept-Encoding", "identity");
    }

    /** zarr-python 3, which asks for all kinds of metadata at once where no format is said. */
    @Test
    void zarrPython3() throws Exception {
        assertAnswered("""
                GET 404 /image.ome.zarr/zarr.json
                GET 404 /image.ome.zarr/.zarray
                GET 404 /image.ome.zarr/.zmetadata
                GET 200 /image.ome.zarr/.zgroup
                GET 200 /image.ome.zarr/.zattrs
                GET 404 /image.ome.zarr/0/zarr.json
                GET 200 /image.ome.zarr/0/.zarray
                GET 200 /0.5/image.ome.zarr/zarr.json
                GET 404 /0.5/image.ome.zarr/.zgroup
                GET 200 /0.5/image.ome.zarr/0/zarr.json
                GET 200 /0.5/image.ome.zarr/0/c/0/0/0
                """, "Accept-Encoding", "gzip, deflate, br, zstd");
    }

    /** n5 of 2025 with n5-zarr, which Fiji uses: a HEAD before each file, and folders are looked at. */
    @Test
    void fiji() throws Exception {
        assertAnswered("""
                HEAD 200 /image.ome.zarr
                HEAD 200 /image.ome.zarr/
                HEAD 404 /image.ome.zarr/.zarray
                HEAD 200 /image.ome.zarr/.zgroup
                GET 200 /image.ome.zarr/.zgroup
                HEAD 200 /image.ome.zarr/.zattrs
                GET 200 /image.ome.zarr/.zattrs
                HEAD 200 /image.ome.zarr/0
                HEAD 200 /image.ome.zarr/0/
                HEAD 404 /image.ome.zarr/2
                HEAD 200 /image.ome.zarr/0/.zarray
                GET 200 /image.ome.zarr/0/.zarray
                HEAD 404 /image.ome.zarr/0/.zgroup
                HEAD 200 /image.ome.zarr/0/1/1/1
                GET 200 /image.ome.zarr/0/1/1/1
                HEAD 404 /image.ome.zarr/0/3/0/0
                HEAD 200 /0.5/image.ome.zarr
                HEAD 200 /0.5/image.ome.zarr/0
                """);
        assertEquals(List.of("0", "1"), listed("/image.ome.zarr"));
        assertEquals(List.of(), listed("/image.ome.zarr/0"));
        long length = ask("HEAD", IMAGE + "/0/1/1/1")
                .headers()
                .firstValueAsLong("Content-Length")
                .orElse(-1);
        assertEquals(ask("GET", IMAGE + "/0/1/1/1").body().length, length);
    }

    /** Folders as n5 finds them in a list of links. */
    private List<String> listed(String path) throws Exception {
        String page = new String(ask("GET", path).body(), StandardCharsets.UTF_8);
        List<String> folders = new ArrayList<>();
        Matcher links = Pattern.compile("href=\"[^\"]+\">([^<]+)/").matcher(page);
        while (links.find()) {
            folders.add(links.group(1));
        }
        return folders;
    }

    /** neuroglancer and zarrita in a page of this computer: CORS, and ranges that may be asked for. */
    @Test
    void pages() throws Exception {
        String origin = "http://localhost:5173";
        assertAnswered("""
                OPTIONS 204 /image.ome.zarr/0/0/0/0
                GET 404 /image.ome.zarr/zarr.json
                GET 200 /image.ome.zarr/.zattrs
                GET 404 /image.ome.zarr/.zmetadata
                GET 200 /image.ome.zarr/0/.zarray
                GET 200 /image.ome.zarr/0/0/0/0
                """, "Origin", origin);
        HttpResponse<byte[]> answer = ask("GET", IMAGE + "/0/0/0/0", "Origin", origin, "Range", "bytes=0-1");
        assertEquals(
                origin,
                answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""));
        assertTrue(answer.headers()
                .firstValue("Access-Control-Expose-Headers")
                .orElse("")
                .contains("Content-Range"));
    }

    @Test
    void aRangeOfAChunkIsThatPartOfIt() throws Exception {
        byte[] whole = ask("GET", IMAGE + "/0/0/0/0").body();
        int size = whole.length;
        String[][] ranges = {
            {"bytes=0-9", "0", "10"},
            {"bytes=10-", "10", "" + size},
            {"bytes=-4", "" + (size - 4), "" + size},
            {"bytes=5-999999999", "5", "" + size}
        };
        for (String[] range : ranges) {
            HttpResponse<byte[]> part = ask("GET", IMAGE + "/0/0/0/0", "Range", range[0]);
            int from = Integer.parseInt(range[1]);
            int to = Integer.parseInt(range[2]);
            assertEquals(206, part.statusCode(), range[0]);
            assertArrayEquals(Arrays.copyOfRange(whole, from, to), part.body(), range[0]);
            assertEquals(
                    "bytes " + from + "-" + (to - 1) + "/" + size,
                    part.headers().firstValue("Content-Range").orElse(""));
        }
        assertEquals(
                416,
                ask("GET", IMAGE + "/0/0/0/0", "Range", "bytes=" + size + "-").statusCode());
        for (String other : List.of("bytes=0-1,4-5", "items=0-1", "bytes=-", "bytes=b-")) {
            assertArrayEquals(
                    whole, ask("GET", IMAGE + "/0/0/0/0", "Range", other).body(), other);
        }
    }

    @Test
    void pathsAreTheSameHoweverTheyAreWritten() throws Exception {
        byte[] chunk = ask("GET", IMAGE + "/0/1/2/3").body();
        for (String path : List.of("/image%2Eome.zarr/0/1/2/3", IMAGE + "/0%2F1%2F2%2F3", IMAGE + "//0/1/2/3")) {
            assertArrayEquals(chunk, ask("GET", path).body(), path);
        }
    }
}
