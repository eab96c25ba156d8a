package org.scaledimaging.engine.zarr.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.CharConversionException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/** Reads and writes the metadata files of a store. */
public final class Json {
    static final int LARGEST_FILE = 64 << 20;
    private static final int LONGEST_SHOWN = 200;

    /** As in newer versions of Jackson, which refuse it themselves. */
    private static final int DEEPEST = 1000;

    private static final JsonFactory READING = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS) // Python writes NaN like that
            .build();

    /** Made when something is written: what a mapper loads takes longer than reading what a small image says of itself. */
    private static final class Writing {
        static final JsonMapper MAPPER = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                .build();
    }

    private Json() {}

    /** A metadata file's object; empty where there is no such file. */
    public static Optional<ObjectNode> read(ZarrStore store, String key) throws IOException {
        Optional<ByteBuffer> file = store.get(key, LARGEST_FILE);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer bytes = file.get();
        JsonNode node;
        try (JsonParser parser =
                READING.createParser(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining())) {
            node = parser.nextToken() == null ? JsonNodeFactory.instance.missingNode() : value(parser, 0);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more than one value");
            }
        } catch (JsonProcessingException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new ImageFormatException(store.location(key), "a mistake in line " + line, "well-formed JSON", e);
        } catch (CharConversionException e) {
            throw new ImageFormatException(store.location(key), "bytes that are no text", "well-formed JSON", e);
        }
        if (!(node instanceof ObjectNode object)) {
            throw new ImageFormatException(store.location(key), "no JSON object", "one with the metadata");
        }
        return Optional.of(object);
    }

    /** The value that begins with a parser's token: as a mapper's, of two values for one name the last. */
    private static JsonNode value(JsonParser parser, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new JsonParseException(parser, "too many objects and lists in each other");
        }
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, depth + 1);
            case START_ARRAY -> array(parser, depth + 1);
            case VALUE_STRING -> nodes.textNode(parser.getText());
            case VALUE_TRUE -> nodes.booleanNode(true);
            case VALUE_FALSE -> nodes.booleanNode(false);
            case VALUE_NULL -> nodes.nullNode();
            case VALUE_NUMBER_FLOAT -> nodes.numberNode(parser.getDoubleValue());
            case VALUE_NUMBER_INT ->
                switch (parser.getNumberType()) {
                    case INT -> nodes.numberNode(parser.getIntValue());
                    case LONG -> nodes.numberNode(parser.getLongValue());
                    default -> nodes.numberNode(parser.getBigIntegerValue());
                };
            default -> throw new JsonParseException(parser, "no value");
        };
    }

    private static ObjectNode object(JsonParser parser, int depth) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, value(parser, depth));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser, int depth) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(value(parser, depth));
        }
        return array;
    }

    /** Writes a document, in place of an earlier one, in ASCII: zarr-python 2 before 2.14 reads no other. */
    public static void write(ZarrStore store, String key, ObjectNode content) throws IOException {
        store.put(key, ByteBuffer.wrap(Writing.MAPPER.writeValueAsBytes(content)));
    }

    /** An object as maps, lists, numbers and texts; empty for anything else. */
    public static Map<String, Object> map(JsonNode node) {
        return node.isObject() ? Writing.MAPPER.convertValue(node, new TypeReference<>() {}) : Map.of();
    }

    /**
     * A list that is no longer than any image needs it: what is done for each of its entries, and each level, stays little.
     *
     * @param what the entries are, for messages
     */
    public static JsonNode bounded(JsonNode list, int most, String what, String file) throws ImageFormatException {
        if (list.size() > most) {
            throw new ImageFormatException(file, list.size() + " " + what, "at most " + most);
        }
        return list;
    }

    /** A value for messages, which may have been given any length. */
    public static String brief(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    /** The key of a file in a group or array; the path of the store's root is empty. */
    public static String key(String path, String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }
}
