package org.scaledimaging.cli.verb.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.Main;
import org.scaledimaging.cli.Run;
import org.scaledimaging.cli.Samples;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** A result looked at before it is computed, as users ask for it. */
class ServeCommandTest {
    private static final OmeZarrWriteOptions ZARR_2 =
            OmeZarrWriteOptions.defaults().withVersion("0.4").withLevels(1);

    @TempDir
    Path folder;

    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private CompletableFuture<Integer> serving;
    private Path input;

    @BeforeEach
    void makeInput() throws Exception {
        input = Samples.nifti(folder);
    }

    @AfterEach
    void stop() throws Exception {
        stopped.set(true);
        if (serving != null) {
            serving.get(60, TimeUnit.SECONDS);
        }
    }

    /** Starts to serve; gives the addresses that it prints. */
    private List<String> serve(Object... more) throws Exception {
        String[] arguments = new String[more.length + 1];
        arguments[0] = "serve";
        for (int i = 0; i < more.length; i++) {
            arguments[i + 1] = more[i].toString();
        }
        serving = CompletableFuture.supplyAsync(
                () -> Main.run(new PrintStream(out, true), new PrintStream(err, true), stopped::get, arguments));
        while (!err.toString().contains("Ctrl-C ends it")) {
            if (serving.isDone()) {
                throw new AssertionError(err.toString());
            }
            Thread.sleep(10);
        }
        return out.toString().lines().toList();
    }

    @Test
    void correctedSourceAndFieldAreWhatProcessWrites() throws Exception {
        Path output = folder.resolve("out.ome.zarr");
        Path field = folder.resolve("field.ome.zarr");
        Run.of(
                        "process",
                        input,
                        output,
                        "--plugin",
                        "gaussian",
                        "-p",
                        "sigma=2",
                        "--chunks",
                        "8",
                        "--save-field",
                        field)
                .done();
        List<String> addresses = serve(input, "--plugin", "gaussian", "-p", "sigma=2", "--chunks", "8");
        assertEquals(3, addresses.size(), addresses.toString());
        List<Path> files = List.of(output, input, field);
        for (int i = 0; i < 3; i++) {
            String newer = addresses.get(i).replaceAll("/(\\w+\\.ome\\.zarr)$", "/0.5/$1");
            for (String address : List.of(addresses.get(i), newer)) {
                try (Image served = Image.open(address)) {
                    assertArrayEquals(Samples.voxels(files.get(i)), Samples.voxels(served), address);
                }
            }
        }
        try (Image served = Image.open(addresses.get(0));
                Image written = Image.open(output)) {
            for (int level = 0; level < written.source().levels().size(); level++) {
                assertArrayEquals(Samples.voxels(written.level(level)), Samples.voxels(served.level(level)));
            }
        }
        stopped.set(true);
        assertEquals(0, serving.get(60, TimeUnit.SECONDS), err.toString());
    }

    @Test
    void anImageIsServedAsItIsOrConverted() throws Exception {
        List<String> addresses = serve(Samples.fiveAxes(folder), "--channel", "1");
        assertEquals(1, addresses.size());
        try (Image served = Image.open(addresses.get(0));
                Image image = Image.open(folder.resolve("five.ome.zarr")).channel(1)) {
            assertArrayEquals(Samples.voxels(image), Samples.voxels(served));
        }
    }

    @Test
    void labelsBesideAnImageAreServedAsTheyAre() throws Exception {
        Path image = folder.resolve("beside.ome.zarr");
        Samples.volume(6, 20, 24).saveOmeZarr(image, ZARR_2, Execution.standard());
        Path labels = Files.createDirectory(image.resolve("labels"));
        Files.writeString(labels.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(labels.resolve(".zattrs"), "{\"labels\": [\"cell bodies\", \"gone\"]}");
        Samples.volume(6, 20, 24)
                .convert(PixelType.UINT8)
                .saveOmeZarr(labels.resolve("cell bodies"), ZARR_2, Execution.standard());
        List<String> addresses = serve(image);
        assertEquals(2, addresses.size(), addresses.toString());
        assertTrue(addresses.get(1).endsWith("/labels-cell-bodies.ome.zarr"), addresses.toString());
        try (Image served = Image.open(addresses.get(1));
                Image written = Image.open(labels.resolve("cell bodies"))) {
            assertArrayEquals(Samples.voxels(written), Samples.voxels(served));
            assertTrue(served.metadata().labels());
        }
        assertTrue(err.toString().contains("Warning: labels gone are not served: "), err.toString());
    }

    @Test
    void aLargeImageWithoutAPyramidIsSeenFromAfarWithoutBeingReadWhole() throws Exception {
        Path large = folder.resolve("large.ome.zarr");
        Samples.volume(256, 512, 520)
                .saveOmeZarr(large, OmeZarrWriteOptions.defaults().withLevels(1).withChunks(128), Execution.standard());
        List<String> addresses = serve(large, "--chunks", "128", "--pyramid", "halving", "--downsample-factor", "8");
        try (Image served = Image.open(addresses.get(0));
                Image image = Image.open(large)) {
            assertArrayEquals(
                    Samples.voxels(image.crop(List.of(0L, 500L, 500L), List.of(9L, 512L, 520L))),
                    Samples.voxels(served.crop(List.of(0L, 500L, 500L), List.of(9L, 512L, 520L))));
            int coarsest = served.source().levels().size() - 1;
            double[] expected = Samples.voxels(image.downsample(coarsest));
            double[] found = Samples.voxels(served.level(coarsest));
            assertEquals(expected.length, found.length);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], found[i], 2);
            }
        }
        HttpResponse<String> group = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(addresses.get(0) + "/.zattrs"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertTrue(group.body().contains("\"exact\" : false"), group.body());
    }

    @Test
    void aRecipeIsServedWithItsSource() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        try (Image image = Image.open(input).crop(List.of(2L, 3L, 4L), List.of(18L, 20L, 22L))) {
            Files.writeString(recipe, image.toJson());
            List<String> addresses = serve(recipe);
            assertEquals(2, addresses.size());
            try (Image served = Image.open(addresses.get(0));
                    Image source = Image.open(addresses.get(1))) {
                assertArrayEquals(Samples.voxels(image), Samples.voxels(served));
                assertArrayEquals(Samples.voxels(input), Samples.voxels(source));
            }
        }
    }

    /** What is bad is refused before an address is announced. */
    private void refusedBeforeServing(String sentence, Object... arguments) {
        Run run = Run.of(arguments);
        assertTrue(run.err().contains(sentence), run.err());
        assertEquals("", run.out(), "no address");
        assertTrue(run.exitCode() != 0, "refused");
    }

    @Test
    void whatCannotBeServedIsRefusedBeforeAnAddressIsPrinted() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        try (Image image = Image.open(input)
                .applyScaledProcessing("gaussian", Map.of("sigma", 2), ScaledProcessingOptions.defaults())) {
            String json = image.toJson();
            Files.writeString(recipe, json.replace("gaussian", "gausian"));
            refusedBeforeServing("gausian", "serve", recipe);
            Files.writeString(recipe, json.replace("\"sigma\":2", "\"sigma\":-2"));
            refusedBeforeServing("sigma: found -2", "serve", recipe);
            Files.writeString(recipe, json);
            refusedBeforeServing("--well", "serve", recipe, "--well", "A/1");
            Files.setLastModifiedTime(input, FileTime.fromMillis(1_000_000));
            refusedBeforeServing("changed since the recipe was made", "serve", recipe);
        }
        refusedBeforeServing(
                "--downsample-factor", "serve", input, "--plugin", "gaussian", "--downsample-factor", "9,9");
        refusedBeforeServing("--on-channels", "serve", input, "--plugin", "gaussian", "--on-channels", "3");
        refusedBeforeServing("--chunks", "serve", input, "--chunks", "4,4");
        Path huge = folder.resolve("huge.ome.zarr"); // hardly a chunk of which is there
        Samples.volume(8, 8, 8).saveOmeZarr(huge, ZARR_2.withChunks(512), Execution.standard());
        Path array = huge.resolve("0/.zarray");
        Files.writeString(
                array, Files.readString(array).replaceFirst("(\"shape\" *: *)\\[[^\\]]*]", "$1[6000, 6000, 6000]"));
        refusedBeforeServing("--downsample-factor: found 4", "serve", huge);
        refusedBeforeServing("--downsample-factor: found 4", "serve", huge, "--plugin", "gaussian");
    }

    @Test
    void aRecipeIsServedOfTheImageThatIsChosen() throws Exception {
        Path first = folder.resolve("several.ome.zarr");
        for (int i = 0; i < 2; i++) {
            Files.createDirectories(first);
            Samples.volume(20, 24, 28 + i)
                    .saveOmeZarr(first.resolve(Integer.toString(i)), ZARR_2, Execution.standard());
        }
        Files.writeString(first.resolve(".zgroup"), "{\"zarr_format\": 2}");
        Files.writeString(first.resolve(".zattrs"), "{\"bioformats2raw.layout\": 3}");
        Path recipe = folder.resolve("recipe.json");
        Path one = first.resolve("0");
        try (Image image = Image.open(one)) {
            String inside =
                    image.crop(List.of(2L, 3L, 4L), List.of(18L, 20L, 22L)).toJson();
            ObjectNode json = (ObjectNode) new ObjectMapper().readTree(inside);
            ((ObjectNode) json.path("source"))
                    .put("location", first.toAbsolutePath().toString());
            Files.writeString(recipe, json.toString());
        }
        List<String> addresses = serve(recipe, "--series", "1");
        try (Image served = Image.open(addresses.get(0));
                Image chosen = Image.open(first.resolve("1"))) {
            assertArrayEquals(
                    Samples.voxels(chosen.crop(List.of(2L, 3L, 4L), List.of(18L, 20L, 22L))), Samples.voxels(served));
        }
    }

    private JsonNode state(List<String> addresses) throws Exception {
        String server = addresses.get(0).replaceAll("/[^/]*$", "");
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(URI.create(server + "/page/state"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Test
    void anImageHasAPageToLookAt() throws Exception {
        JsonNode state = state(serve(input, "--open"));
        assertEquals("[\"source\"]", state.path("images").toString());
        assertTrue(
                state.path("note").asText().contains("--plugin"),
                state.path("note").asText());
    }

    @Test
    void theParametersOfARecipesPluginsCanBeTried() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        try (Image image = Image.open(input)
                .applyScaledProcessing("gaussian", Map.of("sigma", 2), ScaledProcessingOptions.defaults())
                .convert(PixelType.UINT16)) {
            Files.writeString(recipe, image.toJson());
            List<String> addresses = serve(recipe, "--open");
            JsonNode state = state(addresses);
            assertEquals(
                    "[\"source\",\"corrected\",\"field\"]", state.path("images").toString());
            assertEquals("sigma", state.at("/plugins/0/parameters/0/name").asText());
            assertEquals("2", state.at("/plugins/0/parameters/0/value").asText());
            try (Image served = Image.open(addresses.get(0))) {
                assertArrayEquals(Samples.voxels(image), Samples.voxels(served));
            }
        }
    }

    @Test
    void aRecipeThatDoesMoreIsLookedAtOnly() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        try (Image image = Image.open(input)
                .applyScaledProcessing("gaussian", Map.of("sigma", 2), ScaledProcessingOptions.defaults())
                .segmentOtsu()) {
            Files.writeString(recipe, image.toJson());
            JsonNode state = state(serve(recipe, "--open"));
            assertEquals("[\"source\",\"corrected\"]", state.path("images").toString());
            assertTrue(state.path("note").asText().contains("more than run plugins"), state.toString());
        }
    }

    @Test
    void thePagesCommandHasTheOptionsThatWereGiven() throws Exception {
        Path five = Samples.fiveAxes(folder);
        Path mask = folder.resolve("mask.ome.zarr");
        Samples.volume(8, 16, 16).saveOmeZarr(mask);
        JsonNode state = state(serve(
                five,
                "--plugin",
                "gaussian",
                "-p",
                "sigma=2",
                "--on-channels",
                "1",
                "--plugin",
                "gaussian",
                "--estimate-from",
                "mean",
                "--share",
                "time",
                "--mask",
                mask,
                "--subtract",
                "1",
                "--output-type",
                "same",
                "--chunks",
                "8",
                "--threads",
                "1",
                "--open"));
        assertEquals(
                "scaled-imaging process " + five + " corrected.ome.zarr --plugin gaussian -p sigma=2 --on-channels 1"
                        + " --plugin gaussian --estimate-from mean --share time --mask " + mask
                        + " --subtract 1 --output-type same --chunks 8",
                state.path("command").asText());
    }

    @Test
    void badOptionsAreRefusedInOneLine() throws Exception {
        Run.of("serve", input, "--port", "70000").refused(2, List.of("--port: found 70000, expected 1 to 65535"));
        Run.of("serve", input, "--host", "no such host").refused(2, List.of("--host: found 'no such host'"));
        Run.of("serve", input, "--allow-origin", "example.org")
                .refused(2, List.of("--allow-origin: found 'example.org'"));
        Run.of("serve", input, "--plugin", "gausian").refused(2, List.of("perhaps gaussian"));
        Run.of("serve", input, "--shards", "64").refused(2, List.of("--shards"));
        Run.of("serve", folder.resolve("none.nii")).refused(1, List.of("none.nii"));
        Path damaged = Files.writeString(folder.resolve("damaged.json"), "{");
        Run.of("serve", damaged).refused(1, List.of("damaged.json"));
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getByName("127.0.0.1"))) {
            Run.of("serve", input, "--port", taken.getLocalPort())
                    .refused(1, List.of("--port: found " + taken.getLocalPort(), "no other does"));
        }
    }

    @Test
    void aHostThatOthersReachIsWarnedOf() throws Exception {
        serve(input, "--host", "0.0.0.0", "-v");
        assertTrue(err.toString().contains("Warning: everybody who can reach"), err.toString());
        assertTrue(
                Arrays.stream(out.toString().split("\n")).allMatch(line -> line.startsWith("http://")), out.toString());
    }
}
