package org.scaledimaging.cli.serve.page;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.cli.serve.Access;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.cli.serve.ImageServer;
import org.scaledimaging.cli.serve.Session;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.picture.ColourMap;
import org.scaledimaging.engine.picture.LabelsOver;
import org.scaledimaging.engine.picture.Raster;
import org.scaledimaging.engine.picture.Window;
import org.scaledimaging.engine.picture.plane.Cut;
import org.scaledimaging.engine.picture.plane.Plane;
import org.scaledimaging.engine.picture.plane.Sides;
import org.scaledimaging.engine.picture.plane.Slices;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

class LivePageTest {
    private static final ScaledProcessingOptions BY_2 =
            ScaledProcessingOptions.defaults().withDownsampleFactor(2);
    private static final Pattern TOKEN = Pattern.compile("<meta name=\"token\" content=\"([0-9a-f]{48})\">");

    private final HttpClient client = HttpClient.newHttpClient();
    private LiveCorrection live;
    private ImageServer server;
    private String token;

    @BeforeEach
    void serve() throws Exception {
        live = LiveCorrection.start(
                Samples.volume(20, 24, 28),
                Correction.of(
                        List.of(PluginRegistry.installed().create("gaussian", Map.of("sigma", "3"))),
                        List.of("all"),
                        BY_2),
                Execution.standard().withThreads(2),
                PluginRegistry.installed());
        Session session = new Session(OmeZarrWriteOptions.defaults(), Execution.standard());
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        server = ImageServer.start(any, session, Access.local(), 2, failure -> {});
        session.put(ShownImages.SOURCE, live.before());
        LivePage.show(
                server,
                ShownImages.of(
                        live,
                        session,
                        image -> image,
                        version -> ProcessLine.of("in.nii", "out.ome.zarr", version.correction(), List.of())));
        Matcher found = TOKEN.matcher(text(get("/")));
        assertTrue(found.find());
        token = found.group(1);
    }

    @AfterEach
    void close() throws Exception {
        server.close();
        live.close();
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> change(String origin, String givenToken, String body) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "/page/parameters"))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (origin != null) {
            request.header("Origin", origin);
        }
        if (givenToken != null) {
            request.header("X-Token", givenToken);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> change(String body) throws Exception {
        return change(server.address().toString(), token, body);
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static JsonNode json(HttpResponse<byte[]> answer) throws Exception {
        assertEquals(200, answer.statusCode(), text(answer));
        return new ObjectMapper().readTree(answer.body());
    }

    @Test
    void thePageAsksNobodyElse() throws Exception {
        String policy = get("/").headers().firstValue("Content-Security-Policy").orElseThrow();
        assertTrue(policy.startsWith("default-src 'none'; script-src 'self'"), policy);
        for (String file : List.of("page.css", "page.js", "controls.js", "viewer.js")) {
            HttpResponse<byte[]> answer = get("/page/" + file);
            assertEquals(200, answer.statusCode(), file);
            assertTrue(!text(answer).matches("(?s).*https?://.*"), file);
        }
        for (String file : List.of("page.html", "LivePage.class", "../LivePage.class", "", "neuroglancer/none.js")) {
            assertTrue(get("/page/" + file).statusCode() >= 400, file);
        }
    }

    @Test
    void theStateDeclaresEachParameter() throws Exception {
        JsonNode state = json(get("/page/state"));
        assertEquals("zyx 20 × 24 × 28", state.path("facts").asText());
        JsonNode sigma = state.at("/plugins/0/parameters/0");
        assertEquals("sigma", sigma.path("name").asText());
        assertEquals("3", sigma.path("value").asText());
        assertEquals(0, sigma.path("minimum").asDouble(-1));
        assertEquals(1000, sigma.path("maximum").asDouble());
        assertEquals("low-resolution voxels", sigma.path("unit").asText());
        JsonNode mode = state.at("/plugins/0/parameters/1");
        assertEquals(
                List.of("reflect", "constant", "nearest", "mirror", "wrap"),
                new ObjectMapper().convertValue(mode.path("choices"), List.class));
        assertEquals(
                "scaled-imaging process in.nii out.ome.zarr --plugin gaussian -p sigma=3",
                state.path("command").asText());
    }

    @Test
    void aChangeIsShownUnderNewPaths() throws Exception {
        JsonNode state = json(change("0.sigma=1&0.mode=mirror&0.keepMean=true&0.allowNonPositive=false"));
        assertEquals(2, state.path("version").asInt());
        assertEquals(
                "scaled-imaging process in.nii out.ome.zarr --plugin gaussian -p sigma=1 -p mode=mirror",
                state.path("command").asText());
        assertEquals("/corrected-2.ome.zarr", state.at("/paths/corrected").asText());
        Image expected = Samples.volume(20, 24, 28)
                .applyScaledProcessing(
                        PluginRegistry.installed().create("gaussian", Map.of("sigma", "1", "mode", "mirror")),
                        BY_2,
                        Execution.standard());
        assertArrayEquals(
                Samples.voxels(expected), Samples.voxels(live.current().corrected()));
        Plane plane = Slices.of(expected.source()).slice(Axis.Y, 7, 0, 0, 60, Execution.standard());
        int[] square = plane.square(Math.max(plane.width(), plane.height()));
        byte[] picture = ColourMap.grey()
                .paint(plane.sized(square[0], square[1]), new Window(100, 150))
                .png();
        HttpResponse<byte[]> shown = get("/page/picture.png?image=corrected&version=2&axis=y&slice=7&channel=0&time=0"
                + "&size=60&low=100&high=150");
        assertEquals("image/png", shown.headers().firstValue("Content-Type").orElse(""));
        assertArrayEquals(picture, shown.body());
        assertEquals(200, get("/corrected-1.ome.zarr/.zattrs").statusCode());
        json(change("0.sigma=2"));
        assertEquals(200, get("/corrected-1.ome.zarr/.zattrs").statusCode());
        json(change("0.sigma=3"));
        assertEquals(404, get("/corrected-1.ome.zarr/.zattrs").statusCode());
        assertEquals(200, get("/corrected-4.ome.zarr/.zattrs").statusCode());
        assertEquals(
                400,
                get("/page/picture.png?image=corrected&version=1&axis=y&slice=7&channel=0&time=0"
                                + "&size=60&low=100&high=150")
                        .statusCode());
    }

    @Test
    void imagesToLookAtHaveNothingToChange() throws Exception {
        LivePage.show(
                server, ShownImages.toLookAt(Map.of(ShownImages.SOURCE, Samples.volume(20, 24, 28)), "As it is."));
        JsonNode state = json(get("/page/state"));
        assertEquals("[\"source\"]", state.path("images").toString());
        assertEquals("As it is.", state.path("note").asText());
        assertEquals(0, state.path("plugins").size());
        assertEquals("", state.path("command").asText());
        String picture = "/page/picture.png?version=1&axis=z&slice=3&channel=0&time=0&size=60&low=0&high=9&image=";
        assertEquals(200, get(picture + "source").statusCode());
        assertEquals(400, get(picture + "corrected").statusCode());
        Matcher found = TOKEN.matcher(text(get("/")));
        assertTrue(found.find());
        token = found.group(1);
        assertEquals(404, change("").statusCode());
    }

    @Test
    void labelsAreLaidOverWhereTheyFit() throws Exception {
        Image image = Samples.volume(20, 24, 28);
        Image cells = Samples.volume(20, 24, 28);
        LivePage.show(
                server,
                ShownImages.toLookAt(Map.of(ShownImages.SOURCE, image), "")
                        .withLabels(Map.of("labels-cells", cells, "labels-other", Samples.volume(20, 24, 27))));
        JsonNode labels = json(get("/page/state")).path("labels");
        assertEquals("{\"labels-cells\":\"/labels-cells.ome.zarr\"}", labels.toString());
        String picture =
                "/page/picture.png?image=source&version=1&axis=x&slice=3&channel=0&time=0&size=60&low=0&high=9";
        Cut cut = Cut.slice(Axis.X, 3);
        Plane plane = cut.of(Slices.of(image.source()), 0, 0, 60, Execution.standard());
        int[] square = plane.square(Math.max(plane.width(), plane.height()));
        Raster grey = ColourMap.grey().paint(plane.sized(square[0], square[1]), new Window(0, 9));
        byte[] expected = LabelsOver.of(cells.source(), image.metadata())
                .over(grey, cut, 0, Execution.standard())
                .png();
        assertArrayEquals(expected, get(picture + "&labels=labels-cells").body());
        assertArrayEquals(grey.png(), get(picture).body());
        assertFalse(Arrays.equals(expected, grey.png()));
        assertEquals(400, get(picture + "&labels=labels-other").statusCode());
    }

    @Test
    void whatLiesAtTheSidesIsSaidWhereItIsKnown() throws Exception {
        JsonNode state = json(get("/page/state"));
        Image head = Samples.volume(20, 24, 28);
        assertEquals("RAS", state.path("directions").asText());
        assertEquals("[\"L\",\"R\",\"A\",\"P\"]", state.at("/sides/z").toString());
        for (Axis normal : List.of(Axis.X, Axis.Y, Axis.Z)) {
            Sides sides = Slices.of(head.source()).sides(normal).orElseThrow();
            assertEquals(
                    List.of(sides.left(), sides.right(), sides.top(), sides.bottom()),
                    new ObjectMapper().convertValue(state.path("sides").path(normal.symbol()), List.class));
        }
    }

    @Test
    void whatIsNotAcceptedIsSaidAndChangesNothing() throws Exception {
        HttpResponse<byte[]> refused = change("0.sigma=-1");
        assertEquals(400, refused.statusCode());
        assertEquals(
                "-p sigma: found -1, expected a number from 0 to 1000.",
                text(refused).strip());
        for (String query : List.of(
                "image=other",
                "version=9",
                "axis=t",
                "slice=24",
                "channel=1",
                "time=-1",
                "size=0",
                "low=x",
                "low=9999")) {
            String name = query.substring(0, query.indexOf('='));
            String all = "image=corrected&version=1&axis=y&slice=7&channel=0&time=0&size=60&low=1&high=2";
            HttpResponse<byte[]> answer = get("/page/picture.png?" + all.replaceAll("\\b" + name + "=\\w+", query));
            assertEquals(400, answer.statusCode(), query);
            assertTrue(text(answer).contains("found"), text(answer));
        }
        assertEquals(1, json(get("/page/state")).path("version").asInt());
    }

    @Test
    void onlyThePageItselfMayChangeParameters() throws Exception {
        String own = server.address().toString();
        assertEquals(403, change(own, null, "0.sigma=1").statusCode());
        assertEquals(403, change(own, "0".repeat(48), "0.sigma=1").statusCode());
        assertEquals(403, change(null, token, "0.sigma=1").statusCode());
        assertEquals(403, change("http://127.0.0.1:1", token, "0.sigma=1").statusCode());
        assertEquals(403, change("null", token, "0.sigma=1").statusCode());
        assertEquals(405, get("/page/parameters").statusCode());
        assertEquals(413, change("0.sigma=" + "1".repeat(1 << 21)).statusCode());
        assertEquals(1, json(get("/page/state")).path("version").asInt());
    }
}
