package org.scaledimaging.engine.zarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.codec.ChunkCodec;
import org.scaledimaging.engine.zarr.codec.Codecs;
import org.scaledimaging.engine.zarr.codec.Codecs.Pipeline;
import org.scaledimaging.engine.zarr.codec.Sharding;
import org.scaledimaging.engine.zarr.codec.StoredType;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * The metadata of a Zarr array, whichever version they are written in ({@code .zarray} or {@code zarr.json}).
 *
 * @param shape the length of each axis
 * @param gridShape of the chunk grid's cells, each a file: of the shards where the array is sharded
 * @param fillValue what missing chunks hold
 * @param keyPrefix what the name of each chunk file starts with
 * @param separator between the chunk's indices in its file's name
 * @param pipeline how chunks are stored
 * @param attributes what is said of the array besides; of version 2 not where that would be another file of a server
 */
public record ZarrMetadata(
        List<Long> shape,
        List<Integer> gridShape,
        FillValue fillValue,
        String keyPrefix,
        String separator,
        Pipeline pipeline,
        ObjectNode attributes) {
    static final String V2_ARRAY = ".zarray";
    static final String V3 = "zarr.json";
    private static final String V2_ATTRIBUTES = ".zattrs";
    private static final String ATTRIBUTES = "attributes";
    private static final int MOST_AXES = 32;
    private static final long LONGEST_AXIS = 1L << 53;
    private static final Set<String> KNOWN_V3 = Set.of(
            "zarr_format",
            "node_type",
            "shape",
            "data_type",
            "chunk_grid",
            "chunk_key_encoding",
            "fill_value",
            "codecs",
            ATTRIBUTES,
            "storage_transformers",
            "dimension_names");

    /** The metadata of the array at a path. */
    static ZarrMetadata read(ZarrStore store, String path) throws IOException {
        return find(store, path)
                .orElseThrow(() -> new ImageFormatException(
                        store.location(path), "no Zarr array", "one, with its metadata in " + V3 + " or " + V2_ARRAY));
    }

    /** The files that are looked for to open the arrays at some paths. */
    static List<String> keys(List<String> paths, boolean v3) {
        List<String> keys = new ArrayList<>();
        for (String path : paths) {
            keys.add(Json.key(path, V3));
            if (!v3) {
                keys.add(Json.key(path, V2_ARRAY));
            }
        }
        return keys;
    }

    /** The same; nothing where there are none. */
    static Optional<ZarrMetadata> find(ZarrStore store, String path) throws IOException {
        Optional<ObjectNode> v3 = Json.read(store, Json.key(path, V3));
        if (v3.isPresent()) {
            return Optional.of(parseV3(store.location(Json.key(path, V3)), v3.get()));
        }
        Optional<ObjectNode> v2 = Json.read(store, Json.key(path, V2_ARRAY));
        if (v2.isEmpty()) {
            return Optional.empty();
        }
        Optional<ObjectNode> attributes =
                store.isRemote() ? Optional.empty() : Json.read(store, Json.key(path, V2_ATTRIBUTES));
        return Optional.of(parseV2(
                store.location(Json.key(path, V2_ARRAY)),
                v2.get(),
                attributes.orElseGet(JsonNodeFactory.instance::objectNode)));
    }

    private static ZarrMetadata parseV2(String location, ObjectNode node, ObjectNode attributes)
            throws ImageFormatException {
        checkFormat(location, node, 2);
        List<Long> shape = parseShape(location, node.get("shape"));
        JsonNode dtype = node.path("dtype");
        String type = dtype.asText();
        StoredType stored = StoredType.ofCode(type.isEmpty() ? "" : type.substring(1))
                .orElseThrow(() -> unknownType(location, dtype));
        char mark = type.charAt(0);
        if (mark != '<' && mark != '>' && !(mark == '|' && stored.bits().bytes() == 1)) {
            throw unknownType(location, dtype);
        }
        List<Integer> chunks = parseChunks(location, node.get("chunks"), shape.size());
        requireArraySized(location, stored.pixelType(), chunks);
        String order = node.path("order").asText("C");
        if (!order.equals("C") && !order.equals("F")) {
            throw new ImageFormatException(location, "the order \"" + order + "\"", "C or F");
        }
        int axes = shape.size();
        AxisOrder axisOrder = order.equals("F") ? AxisOrder.reversed(axes) : AxisOrder.unchanged(axes);
        List<Codec> codecs = Codecs.parseV2(location, node.get("compressor"), node.get("filters"));
        ByteOrder byteOrder = mark == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new ZarrMetadata(
                shape,
                chunks,
                FillValue.parse(location, node.get("fill_value"), stored, byteOrder),
                "",
                parseSeparator(location, node.get("dimension_separator"), "."),
                new Pipeline(new ChunkCodec(stored, chunks, axisOrder, byteOrder, codecs), List.of()),
                attributes);
    }

    private static ZarrMetadata parseV3(String location, ObjectNode node) throws ImageFormatException {
        checkFormat(location, node, 3);
        if (!node.path("node_type").asText().equals("array")) {
            throw new ImageFormatException(
                    location, "a Zarr " + node.path("node_type").asText("node"), "a Zarr array");
        }
        for (var field : (Iterable<Map.Entry<String, JsonNode>>) node::fields) {
            boolean mayBeIgnored = field.getValue().isNull()
                    || field.getValue().path("must_understand").isBoolean()
                            && !field.getValue().get("must_understand").asBoolean();
            if (!KNOWN_V3.contains(field.getKey()) && !mayBeIgnored) {
                throw new ImageFormatException(
                        location, "the extension \"" + field.getKey() + "\"", "the core of Zarr v3");
            }
        }
        if (node.path("storage_transformers").size() > 0) {
            throw new ImageFormatException(location, "storage transformers", "none");
        }
        List<Long> shape = parseShape(location, node.get("shape"));
        JsonNode type = node.path("data_type");
        StoredType stored = StoredType.ofLabel(type.asText()).orElseThrow(() -> unknownType(location, type));
        JsonNode grid = node.path("chunk_grid");
        if (!grid.path("name").asText().equals("regular")) {
            throw new ImageFormatException(location, "the chunk grid " + grid.path("name"), "a regular one");
        }
        List<Integer> chunks = parseChunks(location, grid.path("configuration").get("chunk_shape"), shape.size());
        Pipeline pipeline = Codecs.parseV3(location, node.get("codecs"), stored, chunks);
        JsonNode encoding = node.path("chunk_key_encoding");
        String name =
                encoding.isTextual() ? encoding.asText() : encoding.path("name").asText();
        if (!name.equals("default") && !name.equals("v2")) {
            throw new ImageFormatException(location, "the chunk key encoding \"" + name + "\"", "default or v2");
        }
        String separator = parseSeparator(
                location, encoding.path("configuration").get("separator"), name.equals("v2") ? "." : "/");
        return new ZarrMetadata(
                shape,
                chunks,
                FillValue.parse(location, node.get("fill_value"), stored, ByteOrder.LITTLE_ENDIAN),
                name.equals("v2") ? "" : "c" + separator,
                separator,
                pipeline,
                node.path(ATTRIBUTES) instanceof ObjectNode said ? said : JsonNodeFactory.instance.objectNode());
    }

    /** Writes the metadata of a new array. */
    static void write(ZarrStore store, String path, ZarrArraySpec spec) throws IOException {
        if (spec.zarrFormat() == 2) {
            Json.write(store, Json.key(path, V2_ARRAY), writeV2(spec));
            if (!spec.attributes().isEmpty()) {
                Json.write(store, Json.key(path, V2_ATTRIBUTES), spec.attributes());
            }
        } else {
            Json.write(store, Json.key(path, V3), writeV3(spec));
        }
    }

    private static ObjectNode writeV2(ZarrArraySpec spec) {
        PixelType type = spec.pixelType();
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("zarr_format", 2);
        spec.shape().forEach(node.putArray("shape")::add);
        spec.chunkShape().forEach(node.putArray("chunks")::add);
        node.put("dtype", (type.bytes() == 1 ? "|" : "<") + StoredType.code(type));
        node.set("compressor", spec.codec().map(codec -> Codecs.write(2, codec)).orElse(null));
        node.put("fill_value", 0).put("order", "C").put("dimension_separator", "/");
        node.putNull("filters");
        return node;
    }

    private static ObjectNode writeV3(ZarrArraySpec spec) {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("zarr_format", 3).put("node_type", "array");
        spec.shape().forEach(node.putArray("shape")::add);
        node.put("data_type", spec.pixelType().label());
        ObjectNode grid = node.putObject("chunk_grid").put("name", "regular");
        spec.shardShape()
                .orElse(spec.chunkShape())
                .forEach(grid.putObject("configuration").putArray("chunk_shape")::add);
        node.putObject("chunk_key_encoding")
                .put("name", "default")
                .putObject("configuration")
                .put("separator", "/");
        node.put("fill_value", 0);
        node.set(
                "codecs",
                Codecs.writeV3(spec.codec(), spec.shardShape().map(shards -> Sharding.of(shards, spec.chunkShape()))));
        if (!spec.dimensionNames().isEmpty()) {
            spec.dimensionNames().forEach(node.putArray("dimension_names")::add);
        }
        node.set(ATTRIBUTES, spec.attributes().deepCopy());
        return node;
    }

    /** The same with the other of the two separators. */
    ZarrMetadata withOtherSeparator() {
        String other = separator.equals("/") ? "." : "/";
        return new ZarrMetadata(
                shape, gridShape, fillValue, keyPrefix.isEmpty() ? "" : "c" + other, other, pipeline, attributes);
    }

    /** The key of the file that holds a cell of the chunk grid. */
    String key(String path, long[] cell) {
        StringBuilder key = new StringBuilder(path.isEmpty() ? "" : path + "/").append(keyPrefix);
        for (int d = 0; d < cell.length; d++) {
            key.append(d == 0 ? "" : separator).append(cell[d]);
        }
        return key.toString();
    }

    /**
     * Looks whether metadata are of a version.
     *
     * @param location for the message
     * @throws ImageFormatException when they name another, or none
     */
    public static void checkFormat(String location, JsonNode node, int expected) throws ImageFormatException {
        JsonNode format = node.path("zarr_format");
        if (!format.isIntegralNumber() || format.asInt() != expected) {
            throw new ImageFormatException(
                    location,
                    format.isMissingNode() ? "no zarr_format" : "zarr_format " + format,
                    "zarr_format " + expected);
        }
    }

    private static List<Long> parseShape(String location, JsonNode node) throws ImageFormatException {
        List<Long> shape = new ArrayList<>();
        if (node == null || !node.isArray() || node.isEmpty() || node.size() > MOST_AXES) {
            throw new ImageFormatException(location, "the shape " + node, "1 to " + MOST_AXES + " lengths");
        }
        for (JsonNode length : node) {
            if (!length.isIntegralNumber()
                    || !length.canConvertToLong()
                    || length.asLong() < 1
                    || length.asLong() > LONGEST_AXIS) {
                throw new ImageFormatException(location, "the shape " + node, "lengths of 1 to 2^53");
            }
            shape.add(length.asLong());
        }
        return shape;
    }

    private static List<Integer> parseChunks(String location, JsonNode node, int axes) throws ImageFormatException {
        List<Integer> chunks = new ArrayList<>();
        if (node == null || !node.isArray() || node.size() != axes) {
            throw new ImageFormatException(location, "the chunk shape " + node, axes + " lengths, one per axis");
        }
        for (JsonNode length : node) {
            if (!length.isIntegralNumber() || !length.canConvertToInt() || length.asInt() < 1) {
                throw new ImageFormatException(location, "the chunk shape " + node, "lengths of 1 to 2^31 − 1");
            }
            chunks.add(length.asInt());
        }
        return chunks;
    }

    private static void requireArraySized(String location, PixelType pixelType, List<Integer> chunks)
            throws ImageFormatException {
        if (ChunkCodec.decodedBytes(pixelType, chunks) < 0) {
            throw new ImageFormatException(
                    location,
                    "chunks of " + chunks + " values of type " + pixelType.label(),
                    "chunks of less than 2 GiB");
        }
    }

    private static String parseSeparator(String location, JsonNode node, String otherwise) throws ImageFormatException {
        String separator = node == null || node.isNull() ? otherwise : node.asText();
        if (!separator.equals(".") && !separator.equals("/")) {
            throw new ImageFormatException(location, "the separator " + node, "\".\" or \"/\"");
        }
        return separator;
    }

    private static ImageFormatException unknownType(String location, JsonNode type) {
        return new ImageFormatException(
                location,
                "the data type " + (type.isMissingNode() ? "missing" : type),
                "bool, integers of 8 to 64 bits, float16, float32 or float64");
    }
}
