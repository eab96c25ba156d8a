package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.ImageCollection;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.WorldFrame;

/**
 * The metadata that we write, held to the JSON schemas of OME-NGFF 0.4 and 0.5, of which copies are beside, and to
 * ngff-zarr's own description of them.
 */
class SchemasTest {
    /** Folders 0.4 and 0.5 in it hold the files {@code *.schema} of the specification. */
    private static final Path SCHEMAS =
            Path.of(System.getProperty("project.root"), "tests/interoperability/schemas/ngff");

    private static final String ADDRESS = "https://ngff.openmicroscopy.org/";

    /** One image of each kind that is written differently. */
    private record Written(String version, String axes, String kind, boolean shards) {
        void write(Path target) throws Exception {
            Random random = new Random(toString().hashCode());
            ImageMetadata metadata = MemoryImage.randomMetadata(axes, PixelType.UINT8, random);
            metadata = switch (kind) {
                case "channels" ->
                    metadata.withChannels(
                            Stream.iterate(0, i -> i + 1)
                                    .limit(metadata.dimensions().get(0).length())
                                    .map(i -> "channel " + i)
                                    .toList(),
                            Optional.empty());
                case "labels" -> metadata.withLabels(true);
                case "oblique" ->
                    metadata.withFrame(
                            Optional.of(WorldFrame.of(Affine.of(0.9, -0.1, 0, 4, 0.1, 0.9, 0, -5, 0, 0, -2, 60))));
                case "no units" ->
                    metadata.withDimensions(metadata.dimensions().stream()
                            .map(dimension -> Dimension.of(dimension.axis(), dimension.length()))
                            .toList());
                default -> metadata;
            };
            OmeZarrWriteOptions options =
                    OmeZarrWriteOptions.defaults().withVersion(version).withChunks(8);
            Image.of(MemoryImage.of(metadata, random))
                    .saveOmeZarr(target, shards ? options.withShards(16) : options, Execution.standard());
        }
    }

    static Stream<Written> written() {
        List<Written> cases = new ArrayList<>();
        for (String version : List.of("0.4", "0.5")) {
            for (String axes : List.of("yx", "zyx", "tzyx", "czyx", "tczyx")) {
                for (String kind : List.of("plain", "labels", "no units")) {
                    cases.add(new Written(version, axes, kind, false));
                }
            }
            cases.add(new Written(version, "czyx", "channels", false));
            cases.add(new Written(version, "zyx", "oblique", false));
        }
        cases.add(new Written("0.5", "zyx", "plain", true));
        cases.add(new Written("0.5", "tczyx", "plain", true));
        return cases.stream();
    }

    /** The attributes that the specification speaks of. */
    private static JsonNode attributes(Path image, String version) throws IOException {
        return version.equals("0.4")
                ? Tool.json(Files.readString(image.resolve(".zattrs")))
                : Tool.json(Files.readString(image.resolve("zarr.json"))).path("attributes");
    }

    private static List<String> wrong(String version, String schema, JsonNode attributes) {
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(SchemasTest::schema));
        return registry
                .getSchema(SchemaLocation.of(ADDRESS + version + "/schemas/" + schema))
                .validate(attributes)
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The text of a schema by its address, where it is one of the specification's. */
    private static String schema(String address) {
        if (!address.startsWith(ADDRESS)) {
            return null;
        }
        try {
            return Files.readString(
                    SCHEMAS.resolve(address.substring(ADDRESS.length()).replace("schemas/", "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatWeWriteFitsTheSchemas(Written written, @TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.ome.zarr");
        written.write(target);
        JsonNode attributes = attributes(target, written.version());
        assertEquals(List.of(), wrong(written.version(), "image.schema", attributes));
        assertEquals(List.of(), wrong(written.version(), "strict_image.schema", attributes));
        if (written.kind().equals("labels")) {
            assertEquals(List.of(), wrong(written.version(), "label.schema", attributes));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void labelsThatGoAlongWithTheirImageFitTheSchemas(String version, @TempDir Path folder) throws Exception {
        Path source = folder.resolve("source.ome.zarr");
        Written alike = new Written("0.4", "zyx", "labels", false); // its shape is random
        alike.write(source);
        alike.write(source.resolve("labels/cells"));
        Files.writeString(source.resolve("labels/.zattrs"), "{\"labels\": [\"cells\"]}");
        Path marks = source.resolve("labels/cells/.zattrs");
        ObjectNode json = (ObjectNode) Tool.json(Files.readString(marks));
        json.set(
                "image-label",
                Tool.json("{\"colors\": [{\"label-value\": 1, \"rgba\": [0, 128, 255, 255]}],"
                        + " \"properties\": [{\"label-value\": 1, \"class\": \"nucleus\"}]}"));
        Files.writeString(marks, json.toString());
        Path target = folder.resolve("target.ome.zarr");
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withVersion(version).withLabelsAlong(true);
        try (Image image = Image.open(source)) {
            image.downsample(1).saveOmeZarr(target, options, Execution.standard());
        }
        JsonNode cells = attributes(target.resolve("labels/cells"), version);
        for (String schema : List.of("image.schema", "strict_image.schema", "label.schema", "strict_label.schema")) {
            assertEquals(List.of(), wrong(version, schema, cells), schema);
        }
        JsonNode label = version.equals("0.4") ? cells.path("image-label") : cells.at("/ome/image-label");
        assertEquals("nucleus", label.at("/properties/0/class").asText());
        assertEquals("../../", label.at("/source/image").asText());
    }

    private static void group(Path group, String ome) throws IOException {
        Files.createDirectories(group);
        Files.writeString(
                group.resolve("zarr.json"),
                "{\"zarr_format\": 3, \"node_type\": \"group\", \"attributes\": {\"ome\": {\"version\": \"0.5\", " + ome
                        + "}}}");
    }

    private static Path saved(Path source, String version, Path target) throws Exception {
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withVersion(version).withChunks(8);
        ImageCollection.open(source)
                .saveOmeZarr(target, options, (member, image, execution) -> image, Execution.standard());
        return target;
    }

    /** A plate of two wells, one with two fields of two acquisitions. */
    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void platesThatWeWriteFitTheSchemas(String version, @TempDir Path folder) throws Exception {
        Path plate = folder.resolve("plate.ome.zarr");
        for (String image : List.of("A/1/0", "A/1/1", "B/2/0")) {
            new Written("0.5", "czyx", "plain", false).write(plate.resolve(image));
        }
        group(plate, """
            "plate": {"name": "screen", "field_count": 2, "rows": [{"name": "A"}, {"name": "B"}],
            "columns": [{"name": "1"}, {"name": "2"}], "acquisitions": [{"id": 0, "name": "day", "maximumfieldcount": 1},
            {"id": 1, "name": "night", "maximumfieldcount": 1}],
            "wells": [{"path": "A/1", "rowIndex": 0, "columnIndex": 0}, {"path": "B/2", "rowIndex": 1, "columnIndex": 1}]}\
            """);
        group(
                plate.resolve("A/1"),
                "\"well\": {\"images\": [{\"path\": \"0\", \"acquisition\": 0}, {\"path\": \"1\", \"acquisition\":"
                        + " 1}]}");
        group(plate.resolve("B/2"), "\"well\": {\"images\": [{\"path\": \"0\", \"acquisition\": 0}]}");
        Path written = saved(plate, version, folder.resolve("written.ome.zarr"));
        JsonNode attributes = attributes(written, version);
        assertEquals(List.of(), wrong(version, "plate.schema", attributes));
        assertEquals(List.of(), wrong(version, "strict_plate.schema", attributes));
        for (String well : List.of("A/1", "B/2")) {
            assertEquals(List.of(), wrong(version, "well.schema", attributes(written.resolve(well), version)));
            assertEquals(List.of(), wrong(version, "strict_well.schema", attributes(written.resolve(well), version)));
        }
        for (String image : List.of("A/1/0", "A/1/1", "B/2/0")) {
            assertEquals(List.of(), wrong(version, "image.schema", attributes(written.resolve(image), version)));
        }
        ObjectNode broken = (ObjectNode) attributes;
        ((ObjectNode) (broken.has("ome") ? broken.path("ome") : broken).path("plate")).remove("wells");
        assertNotEquals(List.of(), wrong(version, "plate.schema", broken));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void collectionsThatWeWriteFitTheSchemas(String version, @TempDir Path folder) throws Exception {
        Path collection = folder.resolve("series.zarr");
        for (String image : List.of("0", "1")) {
            new Written("0.5", "zyx", "plain", false).write(collection.resolve(image));
        }
        group(collection, "\"bioformats2raw.layout\": 3");
        Path written = saved(collection, version, folder.resolve("written.ome.zarr"));
        assertEquals(List.of(), wrong(version, "bf2raw.schema", attributes(written, version)));
        assertEquals(List.of(), wrong(version, "ome.schema", attributes(written.resolve("OME"), version)));
        for (String image : List.of("0", "1")) {
            assertEquals(List.of(), wrong(version, "image.schema", attributes(written.resolve(image), version)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void whatDoesNotFitTheSchemasIsFound(String version, @TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.ome.zarr");
        new Written(version, "zyx", "plain", false).write(target);
        for (String broken : List.of("axes", "datasets", "name", "type", "metadata")) {
            ObjectNode attributes = (ObjectNode) attributes(target, version);
            multiscale(attributes).remove(broken);
            assertNotEquals(List.of(), wrong(version, "strict_image.schema", attributes), broken);
        }
        ObjectNode attributes = (ObjectNode) attributes(target, version);
        ((ArrayNode) multiscale(attributes).path("datasets").path(0).path("coordinateTransformations")).remove(0);
        assertNotEquals(List.of(), wrong(version, "image.schema", attributes));
        ObjectNode other = (ObjectNode) attributes(target, version);
        (version.equals("0.4") ? multiscale(other) : (ObjectNode) other.path("ome")).put("version", "0.3");
        assertNotEquals(List.of(), wrong(version, "image.schema", other));
    }

    private static ObjectNode multiscale(JsonNode attributes) {
        JsonNode ome = attributes.has("ome") ? attributes.path("ome") : attributes;
        return (ObjectNode) ome.path("multiscales").path(0);
    }

    private static JsonNode check(String version, JsonNode attributes) throws IOException {
        ObjectNode request = Tool.request("check").put("version", version);
        request.set("attributes", attributes);
        return Tools.ngffZarr().call(request);
    }

    @ParameterizedTest
    @MethodSource("written")
    void whatWeWriteIsWhatNgffZarrExpects(Written written, @TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.ome.zarr");
        written.write(target);
        JsonNode reply = check(written.version(), attributes(target, written.version()));
        assertTrue(reply.path("checked").asInt() > written.axes().length(), reply.toString());
        assertEquals("[]", reply.path("wrong").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.4", "0.5"})
    void whatNgffZarrDoesNotExpectIsFound(String version, @TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.ome.zarr");
        new Written(version, "zyx", "oblique", false).write(target);
        for (Map.Entry<String, String> broken : Map.of(
                        "type",
                        "\"length\"",
                        "unit",
                        "\"mm\"",
                        "orientation",
                        "{\"type\": \"anatomical\", \"value\": \"up\"}")
                .entrySet()) {
            JsonNode attributes = attributes(target, version);
            ((ObjectNode) multiscale(attributes).path("axes").path(0))
                    .set(broken.getKey(), Tool.json(broken.getValue()));
            assertNotEquals("[]", check(version, attributes).path("wrong").toString(), broken.getKey());
        }
        JsonNode attributes = attributes(target, version);
        multiscale(attributes).remove("datasets");
        assertNotEquals("[]", check(version, attributes).path("wrong").toString());
    }
}
