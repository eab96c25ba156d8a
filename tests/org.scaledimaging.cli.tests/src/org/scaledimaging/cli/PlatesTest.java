package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;

/** Plates and collections, as every verb takes them. */
class PlatesTest {
    @TempDir
    private Path folder;

    private Path plate;
    private Path series;

    /** A plate of two wells, A/1 with two fields and B/2 with one, and a collection of two images. */
    @BeforeEach
    void make() throws Exception {
        plate = folder.resolve("plate.ome.zarr");
        Samples.volume(4, 8, 12).saveOmeZarr(plate.resolve("A/1/0"));
        Samples.volume(5, 8, 12).saveOmeZarr(plate.resolve("A/1/1"));
        Samples.volume(6, 8, 12).saveOmeZarr(plate.resolve("B/2/0"));
        group(plate, """
            "plate": {"name": "screen", "rows": [{"name": "A"}, {"name": "B"}], "columns": [{"name": "1"}, {"name": "2"}],
            "acquisitions": [{"id": 0, "name": "day"}],
            "wells": [{"path": "A/1", "rowIndex": 0, "columnIndex": 0}, {"path": "B/2", "rowIndex": 1, "columnIndex": 1}]}\
            """);
        group(
                plate.resolve("A/1"),
                "\"well\": {\"images\": [{\"path\": \"0\", \"acquisition\": 0}, {\"path\": \"1\"}]}");
        group(plate.resolve("B/2"), "\"well\": {\"images\": [{\"path\": \"0\"}]}");
        series = folder.resolve("series.zarr");
        Samples.volume(4, 8, 12).saveOmeZarr(series.resolve("0"));
        Samples.volume(5, 8, 12).saveOmeZarr(series.resolve("1"));
        group(series, "\"bioformats2raw.layout\": 3");
    }

    private static void group(Path group, String ome) throws Exception {
        Files.createDirectories(group);
        Files.writeString(
                group.resolve("zarr.json"),
                "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\": \"0.5\", " + ome
                        + "}}}");
    }

    @Test
    void infoListsWellsFieldsAndSeries() throws Exception {
        String text = Run.of("info", plate).done().out();
        for (String line :
                List.of("plate        2 wells, 3 images", "well A/1     fields 0 to 1", "well B/2     field 0")) {
            assertTrue(text.lines().anyMatch(line::equals), text);
        }
        JsonNode json = Run.of("info", plate, "--json").done().json();
        assertEquals("plate", json.path("kind").asText());
        assertEquals(3, json.path("images").size());
        assertEquals("B/2", json.at("/images/2/well").asText());
        assertEquals(
                plate.resolve("A/1/1").toString(), json.at("/images/1/location").asText());
        assertEquals("[4,8,12]", json.at("/firstImage/shape").toString());
        assertTrue(Run.of("info", series).done().out().contains("series 1     1 sample"));
        assertTrue(Run.of("info", series, "--series", 1).done().out().contains("5 x 8 x 12"));
        Files.delete(plate.resolve("B/2/zarr.json"));
        assertTrue(Run.of("info", plate).done().out().contains("well B/2     missing"));
        assertEquals(
                "[\"B/2\"]",
                Run.of("info", plate, "--json")
                        .done()
                        .json()
                        .path("missingWells")
                        .toString());
    }

    @Test
    void everyVerbReadsTheImageThatIsChosen() throws Exception {
        Path target = folder.resolve("out.nii.gz");
        Run.of("convert", plate, target, "--well", "A/1", "--field", 1).done();
        assertArrayEquals(Samples.voxels(plate.resolve("A/1/1")), Samples.voxels(target));
        JsonNode json =
                Run.of("statistics", series, "--series", 1, "--json").done().json();
        assertEquals(5 * 8 * 12, json.path("voxels").asInt());
        Path processed = folder.resolve("out.ome.zarr");
        Run.of("process", plate, processed, "--well", "B2", "--plugin", "gaussian", "--downsample-factor", 2)
                .done();
        assertEquals(
                plate.resolve("B/2/0").toString(),
                Run.of("info", processed, "--json")
                        .done()
                        .json()
                        .at("/recipe/source/location")
                        .asText());
    }

    @Test
    void allImagesAreShownOneByOne() throws Exception {
        JsonNode each =
                Run.of("statistics", series, "--series", "all", "--json").done().json();
        assertEquals(
                "[" + 4 * 8 * 12 + ", " + 5 * 8 * 12 + "]",
                each.findValues("voxels").toString());
        String text = Run.of("statistics", series, "--series", "all").done().out();
        assertTrue(text.contains("image               " + series.resolve("1")), text);
        JsonNode facts =
                Run.of("info", plate, "--series", "all", "--json").done().json().path("images");
        assertEquals(3, facts.size());
        assertEquals(plate.resolve("B/2/0").toString(), facts.at("/2/location").asText());
        assertEquals("zyx", facts.at("/2/axes").asText());
        text = Run.of("info", series, "--series", "all").done().out();
        assertTrue(text.contains("5 x 8 x 12") && text.contains("image        " + series.resolve("0")), text);
    }

    @Test
    void theOnlyImageIsTheFirstOfItsSeries() throws Exception {
        Path one = series.resolve("0");
        assertEquals(
                Run.of("statistics", one).done().out(),
                Run.of("statistics", one, "--series", 0).done().out());
        assertEquals(
                1,
                Run.of("info", one, "--series", "all", "--json")
                        .done()
                        .json()
                        .path("images")
                        .size());
    }

    @Test
    void allImagesAreReported() throws Exception {
        Path after = folder.resolve("after.zarr");
        Run.of("process", series, after, "--series", "all", "--plugin", "gaussian", "--downsample-factor", 2)
                .done();
        Path page = folder.resolve("all.html");
        Run.of("report", series, after, page, "--series", "all").done();
        for (String name : List.of("all-0.html", "all-1.html")) {
            assertTrue(Files.readString(page).contains(name), name);
            assertTrue(Files.isRegularFile(folder.resolve(name)), name);
        }
        Run.of("report", series, after, folder.resolve("one.html"), "--series", 1)
                .done();
        Run.of("report", series, after, folder.resolve("none.html")).refused(1, List.of("--series 0 to 1"));
    }

    @Test
    void allImagesOfManyPlacesGoIntoAFolderByNamesOfTheirOwn() throws Exception {
        Path torn = folder.resolve("torn.nii");
        Files.writeString(torn, "no image");
        Path out = folder.resolve("each");
        Object[] options = {"--plugin", "gaussian", "--downsample-factor", 2, "--series", "all"};
        List<Object> command = new ArrayList<>(List.of("process", torn, plate, series.resolve("0"), series));
        command.addAll(List.of("--output-dir", out, "--name", "{name}_{number}.nii"));
        command.addAll(List.of(options));
        Run all = Run.of(command.toArray());
        assertEquals(1, all.exitCode(), all.err());
        assertTrue(all.err().contains("6 of 7 images written, 1 failed:"), all.err());
        String ofSeries = series.getFileName().toString().replaceAll("[.].*", "");
        String ofPlate = plate.getFileName().toString().replaceAll("[.].*", "");
        for (String name : List.of(ofPlate + "_B_2_0_4", "0_5", ofSeries + "_0_6", ofSeries + "_1_7")) {
            assertTrue(Files.isRegularFile(out.resolve(name + ".nii")), name);
        }
        Path one = folder.resolve("one.nii");
        Run.of("process", series, one, "--plugin", "gaussian", "--downsample-factor", 2, "--series", 1)
                .done();
        assertArrayEquals(Samples.voxels(one), Samples.voxels(out.resolve(ofSeries + "_1_7.nii")));
    }

    @Test
    void withoutAChoiceNoImageIsTaken() {
        Run.of("statistics", plate)
                .refused(1, List.of(plate, "2 wells with 3 images", "--well A/1 and --field-of-view 0"));
        Run.of("convert", plate, folder.resolve("out.nii")).refused(1, List.of("--well", "--field"));
        Run.of("statistics", series).refused(1, List.of(series, "collection of 2 images", "--series 0 to 1"));
        Run.of("statistics", plate.resolve("A/1")).refused(1, List.of("well of 2 fields", "--field-of-view 0 to 1"));
        Run.of("statistics", plate, "--well", "A/9").refused(1, List.of("--well: found 'A/9'", "A/1, B/2"));
        Run.of("statistics", plate, "--series", 0).refused(1, List.of("--series", "--well and --field-of-view"));
        Run.of("statistics", series.resolve("0"), "--series", 1).refused(1, List.of("--series: found 1, expected 0"));
        Run.of("statistics", series, "--series", "every").refused(2, List.of("--series: found 'every'", "'all'"));
        Run.of("statistics", plate, "--series", "all", "--field", 0).refused(2, List.of("--series", "'all'"));
        Run.of("convert", series, folder.resolve("out.nii"), "--series", "all")
                .refused(1, List.of("--series", "'all'"));
        Run.of("statistics", series, "--series", -1).refused(2, List.of("--series: found -1"));
        Run.of("statistics", plate, "--series", 0, "--field", 0).refused(2, List.of("--series", "--field"));
    }

    @Test
    void aPlateIsProcessedIntoAPlate() throws Exception {
        Path target = folder.resolve("out.ome.zarr");
        Run run = Run.of("process", plate, target, "--plugin", "gaussian", "-p", "sigma=2", "--downsample-factor", 2)
                .done();
        assertTrue(run.err().contains("Wrote " + target + " (plate of 3 images"), run.err());
        assertTrue(run.err().contains("A/1/1: gaussian: the field goes from"), run.err());
        JsonNode json = Run.of("info", target, "--json").done().json();
        assertEquals("screen", json.path("name").asText());
        assertEquals("float32", json.at("/firstImage/pixelType").asText());
        for (String path : List.of("A/1/0", "A/1/1", "B/2/0")) {
            Path alone = folder.resolve("alone.ome.zarr");
            Run.of(
                            "process",
                            plate.resolve(path),
                            alone,
                            "--overwrite",
                            "--plugin",
                            "gaussian",
                            "-p",
                            "sigma=2",
                            "--downsample-factor",
                            2)
                    .done();
            assertArrayEquals(Samples.voxels(alone), Samples.voxels(target.resolve(path)), path);
        }
    }

    @Test
    void everyVerbThatWritesTakesAWholePlateOrCollection() throws Exception {
        Path down = folder.resolve("down.ome.zarr");
        Run.of("downsample", plate, down, "--factor", 2).done();
        assertEquals("[3,4,6]", shape(down.resolve("B/2/0")));
        Path crop = folder.resolve("crop.ozx");
        Run.of("crop", series, crop, "--from", "0,0,0", "--to", "3,4,5").done();
        assertEquals("[3,4,5]", shape(crop.resolve("1")));
        Path labels = folder.resolve("labels.ome.zarr");
        Run segmented = Run.of("segment", series, labels).done();
        assertTrue(segmented.err().contains("1: Thresholds: "), segmented.err());
        Run.of("convert", crop, folder.resolve("again.ome.zarr"), "--ome-zarr-version", "0.4")
                .done();
        assertEquals("[3,4,5]", shape(folder.resolve("again.ome.zarr/1")));
    }

    @Test
    void applyTakesAFieldAndAFieldOfView() throws Exception {
        Path target = folder.resolve("out.ome.zarr");
        Path flat = plate.resolve("B/2/0");
        Run.of("apply", plate, target, "--well", "B/2", "--field-of-view", 0, "--field", flat)
                .done();
        assertEquals("[6,8,12]", shape(target));
        Path all = folder.resolve("all.ome.zarr");
        Run applied =
                Run.of("apply", series, all, "--field", series.resolve("0")).done();
        assertTrue(applied.err().contains("1: --field: "), applied.err()); // it covers the larger one in part
        assertEquals(1, applied.err().split("covers").length - 1, applied.err());
        assertEquals("[5,8,12]", shape(all.resolve("1")));
    }

    private static String shape(Path image) throws Exception {
        return Run.of("info", image, "--json").done().json().path("shape").toString();
    }

    @Test
    void whatDoesNotFitOneFieldIsRefusedBeforeAnyIsWritten() throws Exception {
        Path target = folder.resolve("out.ome.zarr");
        Run.of("crop", plate, target, "--from", "4,0,0", "--to", "5,4,5").refused(1, List.of("A/1/0: --from and --to"));
        Files.delete(plate.resolve("A/1/1/zarr.json"));
        Run.of("convert", plate, target).refused(1, List.of(plate.resolve("A/1/1")));
        Run.of("process", plate, target, "--plugin", "gaussian", "--save-field", folder.resolve("f.nii"))
                .refused(1, List.of("--save-field: found a plate of 2 wells"));
        assertFalse(Files.exists(target));
    }

    @Test
    void whatWasDoneToAPlateIsSavedAsARecipe() throws Exception {
        Path recipe = folder.resolve("recipe.json");
        Path all = folder.resolve("all.ome.zarr");
        Object[] options = {"--plugin", "gaussian", "-p", "sigma=2", "--downsample-factor", 2, "--on-channels", 0};
        List<Object> command = new ArrayList<>(List.of("process", plate, all, "--save-recipe", recipe));
        command.addAll(List.of(options));
        Run.of(command.toArray()).done();
        Run.of(
                        "run",
                        recipe,
                        plate.resolve("B/2/0"),
                        "--output-dir",
                        folder.resolve("again"),
                        "--name",
                        "{name}_one.ome.zarr")
                .done();
        assertArrayEquals(Samples.voxels(all.resolve("B/2/0")), Samples.voxels(folder.resolve("again/0_one.ome.zarr")));
        command.set(2, folder.resolve("other.ome.zarr"));
        Run.of(command.toArray()).refused(1, List.of(recipe));
    }

    @Test
    void aChannelThatALaterImageLacksIsRefusedBeforeAnyIsRead() throws Exception {
        Path two = folder.resolve("two.zarr");
        try (Image image = Image.open(Samples.fiveAxes(folder))) {
            image.saveOmeZarr(two.resolve("0"));
            image.channel(0).saveOmeZarr(two.resolve("1"));
        }
        group(two, "\"bioformats2raw.layout\": 3");
        Run.of("process", two, folder.resolve("out.ome.zarr"), "--plugin", "gaussian", "--on-channels", 1)
                .refused(1, List.of("1: --on-channels: found 1, expected 0"));
    }

    /** The second image lies beyond what is given. */
    @ParameterizedTest
    @ValueSource(strings = {"--estimate-from", "--mask", "--apply-mask"})
    void whatIsGivenForAllImagesHasToFitEachBeforeAnyIsWritten(String option) throws Exception {
        Path given = folder.resolve("given.ome.zarr");
        Samples.volume(2, 8, 12).saveOmeZarr(given);
        Samples.volume(6, 8, 12)
                .crop(List.of(3L, 0L, 0L), List.of(6L, 8L, 12L))
                .saveOmeZarr(
                        plate.resolve("A/1/1"),
                        OmeZarrWriteOptions.defaults().withOverwrite(true),
                        Execution.standard());
        Path target = folder.resolve("out.ome.zarr");
        Run.of("process", plate, target, "--plugin", "gaussian", "--downsample-factor", 2, option, given)
                .refused(1, List.of("A/1/1: " + option + ": found " + given));
        assertFalse(Files.exists(target));
        Run.of("process", plate.resolve("A/1/0"), target, "--plugin", "gaussian", option, given)
                .done();
    }

    @Test
    void platesAreReadFromAServer() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1));
                boolean exists = Files.isRegularFile(file);
                byte[] content = exists ? Files.readAllBytes(file) : new byte[0];
                exchange.sendResponseHeaders(exists ? 200 : 404, exists ? content.length : -1);
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            Run.of("statistics", address + "plate.ome.zarr").refused(1, List.of("a plate of 2 wells, expected"));
            JsonNode json =
                    Run.of("info", address + "plate.ome.zarr", "--json").done().json();
            assertEquals(
                    address + "plate.ome.zarr/B/2/0",
                    json.at("/images/2/location").asText());
            assertEquals(
                    2,
                    Run.of("info", address + "series.zarr", "--json")
                            .done()
                            .json()
                            .path("images")
                            .size());
            Path one = folder.resolve("one.nii");
            Run.of("convert", address + "series.zarr", one, "--series", 1).done();
            assertArrayEquals(Samples.voxels(series.resolve("1")), Samples.voxels(one));
            Path target = folder.resolve("out.ome.zarr");
            Run.of("convert", address + "plate.ome.zarr", target).done();
            assertArrayEquals(Samples.voxels(plate.resolve("A/1/1")), Samples.voxels(target.resolve("A/1/1")));
        } finally {
            server.stop(0);
        }
    }
}
