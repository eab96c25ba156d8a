package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.verb.OperationVerbs;

/** Verbs and options that only tell something. */
class QuestionsTest {
    @TempDir
    Path folder;

    @Test
    void infoTellsAnImageToPrograms() throws Exception {
        JsonNode json = Run.of("info", Samples.omeZarr(folder), "--json").done().json();
        assertEquals("OME-Zarr", json.get("format").asText());
        assertEquals("zyx", json.get("axes").asText());
        assertEquals("[20,24,28]", json.get("shape").toString());
        assertEquals("uint16", json.get("pixelType").asText());
        assertEquals("[3.0,2.0,1.0]", json.get("voxelSize").toString());
        assertEquals(
                "[\"millimeter\",\"millimeter\",\"millimeter\"]",
                json.get("units").toString());
        assertEquals("[8,8,8]", json.get("chunks").toString());
        assertEquals("[]", json.get("channels").toString());
        assertEquals(3, json.get("levels").size());
        assertEquals("[20,24,14]", json.at("/levels/1/shape").toString());
        assertEquals("[3.0,2.0,2.0]", json.at("/levels/1/voxelSize").toString());
    }

    @Test
    void infoTellsAnImageToPeople() throws Exception {
        String text = Run.of("info", Samples.nifti(folder)).done().out();
        assertTrue(text.contains("shape        20 x 24 x 28"), text);
        assertTrue(text.contains("voxel size   z 3 millimeter, y 2 millimeter, x 1 millimeter"), text);
        assertTrue(text.contains("orientation  RAS"), text);
    }

    @Test
    void infoTellsChannels() throws Exception {
        String text = Run.of("info", Samples.fiveAxes(folder)).done().out();
        assertTrue(text.contains("channels     red, green, blue"), text);
    }

    @Test
    void statisticsTellsNumbersToPrograms() throws Exception {
        JsonNode json = Run.of("statistics", Samples.nifti(folder), "--json", "--percentiles", "0,50,99.5")
                .done()
                .json();
        assertEquals(20 * 24 * 28, json.get("voxels").asLong());
        assertEquals(20 * 24 * 28, json.get("finiteVoxels").asLong());
        assertEquals(100, json.get("minimum").asDouble());
        assertEquals(100 + 19 + 23 + 27, json.get("maximum").asDouble());
        assertEquals(100 + 9.5 + 11.5 + 13.5, json.get("mean").asDouble());
        // of three independent even spreads over 20, 24 and 28 values: the sum of (n² − 1)/12
        double variance = (20 * 20 + 24 * 24 + 28 * 28 - 3) / 12.0;
        assertEquals(Math.sqrt(variance), json.get("standardDeviation").asDouble(), 1e-12);
        assertEquals("[\"0\",\"50\",\"99.5\"]", names(json.get("percentiles")));
        assertEquals(134.5, json.at("/percentiles/50").asDouble(), 0.5);
    }

    private static String names(JsonNode object) {
        return object.properties().stream()
                .map(entry -> '"' + entry.getKey() + '"')
                .toList()
                .toString()
                .replace(" ", "");
    }

    @Test
    void statisticsTellsNumbersToPeople() throws Exception {
        Run run = Run.of("statistics", Samples.fiveAxes(folder), "--channel", 1, "--time", 1)
                .done();
        assertTrue(run.out().contains("voxels              2048\nminimum             11100\n"), run.out());
        assertTrue(run.out().contains("percentile 99       1113"), run.out());
        assertEquals(
                "",
                Run.of("statistics", Samples.nifti(folder), "--quiet").done().err());
    }

    @Test
    void pluginsTellsParametersToPrograms() throws Exception {
        JsonNode list = Run.of("plugins", "--json").done().json();
        assertTrue(list.isArray() && list.size() >= 1);
        JsonNode gaussian = Run.of("plugins", "gaussian", "--json").done().json();
        assertEquals("gaussian", gaussian.get("id").asText());
        assertEquals("sigma", gaussian.at("/parameters/0/name").asText());
        assertEquals("number", gaussian.at("/parameters/0/type").asText());
        assertEquals(5, gaussian.at("/parameters/0/default").asDouble());
        assertEquals(
                "a number from 0 to 1000", gaussian.at("/parameters/0/accepted").asText());
        assertEquals(5, gaussian.at("/parameters/1/choices").size());
    }

    @Test
    void pluginsTellsParametersToPeople() {
        String text = Run.of("plugins", "gaussian").done().out();
        assertTrue(text.contains("sigma=5.0 (low-resolution voxels): a number from 0 to 1000"), text);
    }

    @Test
    void pluginsTellsHowAnImageIsGiven() throws Exception {
        String text = Run.of("plugins", "n4").done().out();
        assertTrue(
                text.contains("mask=foreground: foreground, none, positive, otsu, the path or address of an image, or a"
                        + " recipe as JSON"),
                text);
        JsonNode mask = Run.of("plugins", "n4", "--json").done().json().at("/parameters/5");
        assertEquals("image", mask.at("/type").asText());
        assertEquals(4, mask.at("/choices").size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "process",
                "convert",
                "segment",
                "crop",
                "downsample",
                "upsample",
                "apply",
                "subtract",
                "info",
                "statistics",
                "picture",
                "plugins"
            })
    void everyVerbExplainsItselfWithAnExample(String verb) {
        String text = Run.of(verb, "--help").done().out();
        assertTrue(text.contains("Usage: scaled-imaging " + verb), text);
        assertTrue(text.contains("Example"), text);
    }

    @Test
    void theCommandExplainsItself() {
        String text = Run.of("--help").done().out();
        assertTrue(text.contains("Verbs:"), text);
        assertTrue(Run.of("--version").done().out().startsWith("scaled-imaging "));
    }

    @Test
    void withoutAVerbTheVerbsAreNamed() {
        Run run = Run.of();
        assertEquals(2, run.exitCode());
        String verbs = String.join(", ", OperationVerbs.names()) + ", info, statistics, picture, report, plugins";
        assertTrue(run.err().contains(verbs), run.err());
    }
}
