package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.image.FormulaSource;

/** Attributes of others go along with an image, and it is said where they do not. */
class AttributesOfOthersTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text.replace('\'', '"'));
    }

    private static void edit(Path file, Consumer<ObjectNode> change) throws IOException {
        ObjectNode json = Files.exists(file) ? (ObjectNode) MAPPER.readTree(file.toFile()) : MAPPER.createObjectNode();
        change.accept(json);
        MAPPER.writeValue(file.toFile(), json);
    }

    private Path source(String version) throws Exception {
        Path source = folder.resolve("source.ome.zarr");
        Image.of(FormulaSource.of("czyx", PixelType.UINT16, new long[] {2, 6, 20, 22}, FormulaSource::scattered))
                .saveOmeZarr(source, OmeZarrWriteOptions.defaults().withVersion(version), Execution.standard());
        boolean v3 = version.equals("0.5");
        JsonNode own = json("{'microscope': {'objective': '20x', 'channels': [1, 2]}, 'rois': [[1, 2], [3, 4]]}");
        edit(source.resolve(v3 ? "zarr.json" : ".zattrs"), group -> {
            ObjectNode attributes = v3 ? (ObjectNode) group.path("attributes") : group;
            attributes.setAll((ObjectNode) own);
            attributes.putObject("labels");
            ObjectNode ome = v3 ? (ObjectNode) attributes.path("ome") : attributes;
            ome.putObject("_creator").put("name", "another");
            if (v3) {
                ome.put("later", 7);
            }
            ObjectNode multiscale = (ObjectNode) ome.path("multiscales").get(0);
            multiscale.put("comment", "the left one");
            ((ObjectNode) multiscale.path("axes").get(1)).put("longName", "depth");
            ome.withArray("multiscales").add(multiscale.deepCopy().put("name", "second"));
        });
        ObjectNode ofArray = (ObjectNode) json("{'exposure': 0.25, '_ARRAY_DIMENSIONS': ['channel','z','y','x']}");
        edit(
                source.resolve(v3 ? "0/zarr.json" : "0/.zattrs"),
                array -> (v3 ? (ObjectNode) array.path("attributes") : array).setAll(ofArray));
        return source;
    }

    /** The attributes of a file of metadata, whichever version. */
    private JsonNode saved(Image image, String version, String array) throws Exception {
        Path target = Files.createTempDirectory(folder, "x").resolve("image.ome.zarr");
        told.clear();
        Execution execution = new Execution(2, Progress.none()).withNotices(notice -> {
            if (notice.sentence().endsWith("(\"multiscales\"); the first of them is read.")) {
                return; // a warning, of what is read
            }
            assertEquals(
                    Notice.Kind.INFORMATION,
                    notice.kind() == Notice.Kind.DETAIL ? Notice.Kind.INFORMATION : notice.kind());
            if (notice.kind() != Notice.Kind.DETAIL) {
                told.add(notice.sentence());
            }
        });
        image.saveOmeZarr(target, OmeZarrWriteOptions.defaults().withVersion(version), execution);
        Path place = target.resolve(array);
        return version.equals("0.5")
                ? MAPPER.readTree(place.resolve("zarr.json").toFile()).path("attributes")
                : MAPPER.readTree(place.resolve(".zattrs").toFile());
    }

    private static JsonNode ome(JsonNode attributes) {
        return attributes.has("ome") ? attributes.path("ome") : attributes;
    }

    @ParameterizedTest
    @CsvSource({"0.4,0.4", "0.4,0.5", "0.5,0.4", "0.5,0.5"})
    void attributesOfGroupAxesAndArrayAreKept(String from, String to) throws Exception {
        try (Image image = Image.open(source(from))) {
            JsonNode group = saved(image, to, "");
            assertEquals(
                    List.of("20x", "2"),
                    List.of(
                            group.at("/microscope/objective").asText(),
                            group.at("/microscope/channels/1").asText()));
            assertEquals(json("[[1, 2], [3, 4]]"), group.path("rois"));
            assertEquals("the left one", ome(group).at("/multiscales/0/comment").asText());
            assertEquals(
                    "depth", ome(group).at("/multiscales/0/axes/1/longName").asText());
            assertEquals(from.equals("0.5"), ome(group).path("later").asInt() == 7);
            assertFalse(group.has("labels"));
            assertEquals(
                    List.of("Left out of the attributes, for it no longer holds: " + (from.equals("0.5") ? "ome/" : "")
                            + "_creator, multiscales/1."),
                    told);
            JsonNode array = saved(image, to, "0");
            assertEquals(0.25, array.path("exposure").asDouble());
            assertEquals(json("['channel', 'z', 'y', 'x']"), array.path("_ARRAY_DIMENSIONS"));
        }
    }

    @Test
    void whatNobodyElseUnderstandsIsSaidToBeKeptWhereTheImageChanged() throws Exception {
        try (Image image = Image.open(source("0.5"))) {
            JsonNode group = saved(image.crop(List.of(1L, 2L, 3L), List.of(4L, 12L, 13L)), "0.5", "");
            assertEquals("20x", group.at("/microscope/objective").asText());
            assertEquals(2, told.size(), told::toString);
            assertTrue(
                    told.get(1).endsWith(": microscope, rois, ome/later, multiscales/comment, array/exposure."),
                    told.get(1));
            saved(image.subtract(3), "0.5", "");
            assertEquals(2, told.size(), told::toString);
            saved(image.convert(PixelType.FLOAT32), "0.5", "");
            assertEquals(1, told.size(), told::toString);
        }
    }

    @Test
    void namesOfAxesAreThoseOfEveryLevelThatIsWritten() throws Exception {
        try (Image image = Image.open(source("0.4"))) {
            JsonNode coarse = saved(Image.open(folder.resolve("source.ome.zarr")), "0.4", "0");
            assertTrue(coarse.has("exposure"));
            Path target = folder.resolve("levels.ome.zarr");
            image.saveOmeZarr(target, OmeZarrWriteOptions.defaults().withLevels(2), Execution.standard());
            JsonNode attributes =
                    MAPPER.readTree(target.resolve("1/zarr.json").toFile()).path("attributes");
            assertEquals(json("{'_ARRAY_DIMENSIONS': ['channel', 'z', 'y', 'x']}"), attributes);
        }
    }

    private Path labels() throws Exception {
        Path source = folder.resolve("labels.ome.zarr");
        Image.of(FormulaSource.of("zyx", PixelType.UINT16, new long[] {6, 20, 22}, position -> position[2] / 8))
                .saveOmeZarr(source, OmeZarrWriteOptions.defaults(), Execution.standard());
        JsonNode label = json("{'colors': [{'label-value': 1, 'rgba': [255, 0, 0, 255]}], 'source': {'image':"
                + " '../../'},'properties': [{'label-value': 1, 'class': 'neuron', 'track_id': 5, 'area': 77,"
                + " 'centroid': [1, 2, 3]}]}");
        edit(
                source.resolve("zarr.json"),
                group -> ((ObjectNode) group.path("attributes").path("ome")).set("image-label", label));
        return source;
    }

    @Test
    void labelsKeepColoursAndPropertiesButForMeasuresOfWhatWasCropped() throws Exception {
        try (Image image = Image.open(labels())) {
            JsonNode label = saved(image, "0.4", "").path("image-label");
            assertEquals(json("[255, 0, 0, 255]"), label.at("/colors/0/rgba"));
            assertEquals(77, label.at("/properties/0/area").asInt());
            assertEquals(List.of("Left out of the attributes, for it no longer holds: image-label/source."), told);

            JsonNode cropped = saved(image.crop(List.of(0L, 0L, 0L), List.of(6L, 20L, 10L)), "0.5", "")
                    .at("/ome/image-label");
            assertEquals(json("[{'label-value': 1, 'class': 'neuron', 'track_id': 5}]"), cropped.path("properties"));
            assertEquals(json("[255, 0, 0, 255]"), cropped.at("/colors/0/rgba"));
            assertTrue(
                    told.get(0).contains("image-label/properties/area, image-label/properties/centroid"), told.get(0));

            JsonNode means = saved(image.convert(PixelType.FLOAT32), "0.5", "").path("ome");
            assertFalse(means.has("image-label"));
            assertEquals(
                    List.of("Left out of the attributes, for it no longer holds: image-label/colors,"
                            + " image-label/source, image-label/properties."),
                    told);
        }
    }

    @Test
    void theSliceThatIsShownFirstIsTheSameOne() throws Exception {
        Path source = source("0.5");
        JsonNode omero = json("{'channels': [{}, {}], 'rdefs': {'defaultZ': 4, 'defaultT': 9, 'model': 'greyscale'}}");
        edit(source.resolve("zarr.json"), group -> ((ObjectNode) group.at("/attributes/ome")).set("omero", omero));
        try (Image image = Image.open(source)) {
            Image cropped = image.crop(List.of(3L, 0L, 0L), List.of(6L, 20L, 10L));
            assertEquals(
                    json("{'defaultZ': 1, 'defaultT': 0, 'model': 'greyscale'}"),
                    ome(saved(cropped, "0.5", "")).at("/omero/rdefs"));
            Image gone = image.crop(List.of(0L, 0L, 0L), List.of(4L, 20L, 10L));
            assertEquals(
                    1, ome(saved(gone, "0.5", "")).at("/omero/rdefs/defaultZ").asInt());
            Image coarse = image.downsample(List.of(2, 1, 1));
            assertEquals(
                    2, ome(saved(coarse, "0.5", "")).at("/omero/rdefs/defaultZ").asInt());
        }
    }

    @Test
    void formatsWithoutAPlaceForThemSayWhatIsLeftOut() throws Exception {
        Execution execution = new Execution(2, Progress.none()).withNotices(notice -> told.add(notice.sentence()));
        try (Image image = Image.open(source("0.5"))) {
            image.saveNifti(folder.resolve("out.nii"), NiftiWriteOptions.defaults(), execution);
            image.saveTiff(folder.resolve("out.ome.tif"), TiffWriteOptions.defaults(), execution);
        }
        List<String> lost = told.stream()
                .filter(sentence -> sentence.contains("has no place"))
                .toList();
        assertEquals(2, lost.size());
        for (String sentence : lost) {
            for (String name : List.of("microscope", "rois", "multiscales/comment", "axes/", "array/exposure")) {
                assertTrue(sentence.contains(name), sentence);
            }
            assertFalse(sentence.contains("_ARRAY_DIMENSIONS"), sentence);
        }
    }
}
