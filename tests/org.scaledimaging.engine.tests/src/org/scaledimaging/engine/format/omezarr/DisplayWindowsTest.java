package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Viewers show an image by its window: it has to be that of the values. */
class DisplayWindowsTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String GIVEN = "{'channels': [{'label': 'a', 'color': '00FF00', 'active': true, 'family': 'x',"
            + " 'window': {'min': 0, 'max': 65535, 'start': 300, 'end': 700}}, {'label': 'b', 'color': 'FF00FF', 'active': true,"
            + " 'window': {'min': 0, 'max': 65535, 'start': 1300, 'end': 1700}}], 'rdefs': {'model': 'color'}}";

    private static final ScaledProcessingPlugin DIVIDE =
            ScaledProcessingPlugin.of("divide", (voxels, shape) -> voxels, (voxel, field) -> voxel / 500);

    @TempDir
    private Path folder;

    private static Image image(PixelType type, String omero, List<String> names, ToDoubleFunction<long[]> formula)
            throws Exception {
        FormulaSource plain = FormulaSource.of("tczyx", type, new long[] {3, 2, 5, 20, 22}, formula);
        Optional<JsonNode> json =
                omero == null ? Optional.empty() : Optional.of(MAPPER.readTree(omero.replace('\'', '"')));
        ImageMetadata metadata = plain.metadata().withChannels(names, json);
        return Image.of(new FormulaSource(metadata, plain.chunkShape(), formula));
    }

    /** Values 300 to 1299 in channel 0, 1000 more in channel 1. */
    private static double values(long[] position) {
        return 300 + 1000 * position[1] + FormulaSource.scattered(position);
    }

    private static Image given() throws Exception {
        return image(PixelType.UINT16, GIVEN, List.of("a", "b"), DisplayWindowsTest::values);
    }

    private JsonNode omero(Image image, Execution execution) throws Exception {
        Path target = Files.createTempDirectory(folder, "x").resolve("image.ome.zarr");
        image.saveOmeZarr(target, OmeZarrWriteOptions.defaults().withChunks(8), execution);
        return MAPPER.readTree(target.resolve("zarr.json").toFile()).at("/attributes/ome/omero");
    }

    private JsonNode omero(Image image) throws Exception {
        return omero(image, Execution.standard());
    }

    private static void fits(JsonNode channel, double least, double greatest) {
        JsonNode window = channel.path("window");
        double start = window.path("start").asDouble();
        double end = window.path("end").asDouble();
        double range = greatest - least;
        assertEquals(least, window.path("min").asDouble(), 0.01 * range, channel::toString);
        assertEquals(greatest, window.path("max").asDouble(), 0.01 * range, channel::toString);
        assertEquals(least + 0.01 * range, start, 0.01 * range, channel::toString);
        assertEquals(greatest, end, 0.01 * range, channel::toString);
    }

    @Test
    void processingGivesWindowsOfTheNewValuesAndKeepsNamesAndColours() throws Exception {
        Image processed = given().applyScaledProcessing(DIVIDE, ScaledProcessingOptions.defaults());
        JsonNode omero = omero(processed);
        fits(omero.at("/channels/0"), 0.6, 2.6);
        fits(omero.at("/channels/1"), 2.6, 4.6);
        assertEquals("a", omero.at("/channels/0/label").asText());
        assertEquals("FF00FF", omero.at("/channels/1/color").asText());
        assertEquals("x", omero.at("/channels/0/family").asText());
        assertEquals("color", omero.at("/rdefs/model").asText());
        assertEquals(omero, omero(processed, new Execution(1, Progress.none())));
        assertEquals(omero, omero(processed, new Execution(7, Progress.none())));
    }

    @Test
    void whatOnlyPassesVoxelsOnKeepsTheGivenWindows() throws Exception {
        JsonNode given = MAPPER.readTree(GIVEN.replace('\'', '"'));
        assertEquals(given, omero(given()));
        assertEquals(given, omero(given().crop(List.of(1L, 2L, 3L), List.of(4L, 12L, 13L))));
        assertEquals(given, omero(given().downsample(1)));
        assertEquals(given, omero(given().convert(PixelType.FLOAT32)));
        assertEquals(given, omero(given().convert(PixelType.INT32)));
        assertEquals(given.at("/channels/1"), omero(given().channel(1)).at("/channels/0"));
    }

    @Test
    void conversionThatCannotHoldAllValuesGivesWindowsOfWhatItHolds() throws Exception {
        Image bright = image(
                PixelType.UINT16, GIVEN, List.of("a", "b"), position -> 100 + FormulaSource.scattered(position) % 300);
        JsonNode omero = omero(bright.convert(PixelType.UINT8).convert(PixelType.FLOAT32));
        assertEquals(255, omero.at("/channels/1/window/max").asInt());
        JsonNode signed = omero(given().convert(PixelType.INT16));
        fits(signed.at("/channels/0"), 300, 1299);
        assertTrue(signed.at("/channels/0/window/start").isIntegralNumber());
    }

    @Test
    void namesAloneDoNotMakeAWindowOfTheTypesRange() throws Exception {
        JsonNode omero = omero(image(PixelType.UINT16, null, List.of("a", "b"), DisplayWindowsTest::values));
        fits(omero.at("/channels/0"), 300, 1299);
        fits(omero.at("/channels/1"), 1300, 2299);
        assertTrue(omero(image(PixelType.UINT16, null, List.of(), DisplayWindowsTest::values))
                .isMissingNode());
    }

    /** Two channels in one colour cannot be told apart. */
    @Test
    void coloursThatAreMissingAreOthersThanThoseThatAreThere() throws Exception {
        String given = "{'channels': [{'label': 'a'}, {'label': 'b', 'color': '#00ff00'}]}";
        JsonNode omero = omero(image(PixelType.UINT16, given, List.of("a", "b"), DisplayWindowsTest::values));
        assertEquals("FF00FF", omero.at("/channels/0/color").asText());
        assertEquals("00ff00", omero.at("/channels/1/color").asText());
    }

    @Test
    void labelsAreShownFromTheLeastToTheGreatest() throws Exception {
        JsonNode omero = omero(given().segmentThreshold(List.of(800.0, 1500.0, 2000.0), false));
        assertEquals(MAPPER.readTree("{\"min\":0,\"max\":1,\"start\":0,\"end\":1}"), omero.at("/channels/0/window"));
        assertEquals(3, omero.at("/channels/1/window/end").asInt());
        assertEquals("b", omero.at("/channels/1/label").asText());
    }

    @Test
    void oddValuesGetAWindowThatCanBeShown() throws Exception {
        String incomplete = "{'channels': [{'label': 'a', 'window': {'start': 5}}, {'label': 'b'}]}";
        JsonNode constant = omero(image(PixelType.UINT16, incomplete, List.of("a", "b"), position -> 7));
        assertEquals(MAPPER.readTree("{\"min\":7,\"max\":7,\"start\":7,\"end\":8}"), constant.at("/channels/0/window"));
        assertEquals("00FF00", constant.at("/channels/0/color").asText());
        assertEquals("FF00FF", constant.at("/channels/1/color").asText());
        JsonNode nothing = omero(image(PixelType.FLOAT32, incomplete, List.of("a", "b"), position -> Double.NaN));
        assertEquals(
                MAPPER.readTree("{\"min\":0.0,\"max\":1.0,\"start\":0.0,\"end\":1.0}"),
                nothing.at("/channels/0/window"));
        JsonNode sparse = omero(image(
                PixelType.UINT8,
                incomplete,
                List.of("a", "b"),
                position -> position[0] + position[2] + position[3] + position[4] == 9 + 0 * position[1]
                                && position[3] == 4
                                && position[4] == 4
                        ? 200
                        : 0));
        assertEquals(200, sparse.at("/channels/0/window/end").asInt());
    }

    @Test
    void whatNoLongerHoldsIsPutRight() throws Exception {
        String odd = "{'channels': [{'label': 'a', 'color': '#00ff00', 'active': false}, {'color': 'green'}, {}],"
                + " 'rdefs': {'defaultZ': 4, 'defaultT': 1, 'model': 'color'}}";
        Image image = image(PixelType.UINT16, odd, List.of(), DisplayWindowsTest::values);
        JsonNode omero = omero(image);
        assertEquals(2, omero.path("channels").size());
        assertEquals("00ff00", omero.at("/channels/0/color").asText());
        assertEquals("FF00FF", omero.at("/channels/1/color").asText());
        assertFalse(omero.at("/channels/0/active").asBoolean());
        assertTrue(omero.at("/channels/1/active").isBoolean()
                && omero.at("/channels/1/active").asBoolean());
        assertEquals(4, omero.at("/rdefs/defaultZ").asInt());
        fits(omero.at("/channels/1"), 1300, 2299);
        JsonNode cropped = omero(image.crop(List.of(0L, 0L, 0L), List.of(3L, 12L, 13L)));
        assertEquals(1, cropped.at("/rdefs/defaultZ").asInt());
        assertEquals(1, cropped.at("/rdefs/defaultT").asInt());
        assertTrue(omero(image.channel(0)).at("/channels/0/active").asBoolean());
        JsonNode few = omero(image(PixelType.UINT16, "{'channels': [{'label': 'a'}]}", List.of(), position -> 7));
        assertEquals("channel 1", few.at("/channels/1/label").asText());
        assertEquals("[true, true]", few.findValues("active").toString());
        assertEquals(8, few.at("/channels/1/window/end").asInt());
    }

    @Test
    void theFieldHasAWindowOfItsOwn() throws Exception {
        Image field = given().applyScaledProcessing(
                        DIVIDE, ScaledProcessingOptions.defaults().withDownsampleFactor(1))
                .field()
                .orElseThrow();
        fits(omero(field).at("/channels/1"), 1300, 2299);
    }
}
