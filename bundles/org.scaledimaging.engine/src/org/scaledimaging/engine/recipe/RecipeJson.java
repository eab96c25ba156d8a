package org.scaledimaging.engine.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.image.PixelType;

/** Recipes as JSON. The names here are a file format: they stay when names in the code change. */
public final class RecipeJson {
    private static final int VERSION = 1;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecipeJson() {}

    public static ObjectNode write(Recipe recipe) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        json.putObject("source")
                .put("location", recipe.source().location())
                .put("size", recipe.source().size())
                .put("modified", recipe.source().modified());
        ArrayNode operations = json.putArray("operations");
        recipe.operations().forEach(operation -> write(operation, operations.addObject()));
        return json;
    }

    private static void write(Operation operation, ObjectNode json) {
        if (operation instanceof Operation.Level level) {
            json.put("operation", "level").put("level", level.level());
        } else if (operation instanceof Operation.Select select) {
            json.put("operation", "select").put("axis", select.axis().symbol()).put("index", select.index());
        } else if (operation instanceof Operation.Downsample downsample) {
            json.put("operation", "downsample");
            downsample.factors().forEach(json.putArray("factors")::add);
        } else if (operation instanceof Operation.Convert convert) {
            json.put("operation", "convert").put("pixelType", convert.type().label());
        } else if (operation instanceof Operation.Process process) {
            json.put("operation", "process").put("plugin", process.plugin());
            json.set("parameters", MAPPER.valueToTree(new TreeMap<>(process.parameters())));
            process.downsampleFactor().forEach(json.putArray("downsampleFactor")::add);
        } else {
            throw new IllegalArgumentException("no JSON for " + operation);
        }
    }

    /**
     * @param name what to call the text in messages
     * @throws ImageFormatException when the text is no recipe of a version we know
     */
    public static Recipe read(String text, String name) throws ImageFormatException {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ImageFormatException(
                    name, "text that is no JSON (" + e.getOriginalMessage() + ")", "a recipe", e);
        }
        Reader reader = new Reader(name);
        if (!json.isObject() || json.path("version").asInt() != VERSION) {
            throw new ImageFormatException(
                    name, "recipe version " + json.path("version"), "a recipe of version " + VERSION);
        }
        JsonNode source = json.path("source");
        SourceReference reference = new SourceReference(
                reader.text(source, "location"), reader.whole(source, "size"), reader.whole(source, "modified"));
        List<Operation> operations = new ArrayList<>();
        JsonNode steps = json.path("operations");
        if (!steps.isArray()) {
            throw reader.unexpected("operations", steps, "a list");
        }
        for (JsonNode step : steps) {
            operations.add(reader.operation(step));
        }
        return new Recipe(reference, operations);
    }

    private record Reader(String name) {

        Operation operation(JsonNode json) throws ImageFormatException {
            return switch (text(json, "operation")) {
                case "level" -> new Operation.Level(Math.toIntExact(whole(json, "level")));
                case "select" ->
                    new Operation.Select(
                            Axis.ofSymbol(text(json, "axis"))
                                    .orElseThrow(() -> unexpected("axis", json.path("axis"), "t or c")),
                            whole(json, "index"));
                case "downsample" -> new Operation.Downsample(wholes(json, "factors"));
                case "convert" ->
                    new Operation.Convert(PixelType.ofLabel(text(json, "pixelType"))
                            .orElseThrow(() -> unexpected("pixelType", json.path("pixelType"), "a pixel type")));
                case "process" ->
                    new Operation.Process(
                            text(json, "plugin"),
                            parameters(json.path("parameters")),
                            wholes(json, "downsampleFactor"));
                default ->
                    throw unexpected(
                            "operation", json.path("operation"), "level, select, downsample, convert or process");
            };
        }

        private Map<String, Object> parameters(JsonNode json) throws ImageFormatException {
            Map<String, Object> parameters = new LinkedHashMap<>();
            for (var entry : json.properties()) {
                JsonNode value = entry.getValue();
                if (value.isArray()) {
                    List<Object> list = new ArrayList<>();
                    value.forEach(element -> list.add(element.asText()));
                    parameters.put(entry.getKey(), list);
                } else if (value.isNumber()) {
                    parameters.put(entry.getKey(), value.numberValue());
                } else if (value.isValueNode() && !value.isNull()) {
                    parameters.put(entry.getKey(), value.asText());
                } else {
                    throw unexpected(entry.getKey(), value, "a number, a text, true or false, or a list");
                }
            }
            return parameters;
        }

        String text(JsonNode json, String key) throws ImageFormatException {
            JsonNode value = json.path(key);
            if (!value.isTextual()) {
                throw unexpected(key, value, "a text");
            }
            return value.asText();
        }

        long whole(JsonNode json, String key) throws ImageFormatException {
            JsonNode value = json.path(key);
            if (!value.isIntegralNumber() || !value.canConvertToLong()) {
                throw unexpected(key, value, "a whole number");
            }
            return value.asLong();
        }

        private List<Integer> wholes(JsonNode json, String key) throws ImageFormatException {
            JsonNode list = json.path(key);
            List<Integer> wholes = new ArrayList<>();
            for (JsonNode value : list) {
                if (!value.isIntegralNumber() || !value.canConvertToInt()) {
                    throw unexpected(key, list, "whole numbers");
                }
                wholes.add(value.asInt());
            }
            if (wholes.isEmpty()) {
                throw unexpected(key, list, "a list of whole numbers");
            }
            return wholes;
        }

        ImageFormatException unexpected(String key, JsonNode found, String expected) {
            String shown = found.isMissingNode() ? "nothing" : found.toString();
            return new ImageFormatException(name, shown + " as \"" + key + "\"", expected);
        }
    }
}
