package org.scaledimaging.engine.operation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A JSON object of a recipe, whose values are asked for by key; what is not as expected is named.
 *
 * @param name what to call the recipe in messages
 */
record StepJson(String name, JsonNode json) {

    /** Makes something of a JSON value; nothing where it is not acceptable. */
    private interface Parser<T> {
        Optional<T> parse(JsonNode value);
    }

    String text(String key) throws ImageFormatException {
        return value(key, "a text", v -> v.isTextual() ? Optional.of(v.asText()) : Optional.empty());
    }

    /** A text that stands for something. */
    <T> T named(String key, java.util.function.Function<String, Optional<T>> meaning, String expected)
            throws ImageFormatException {
        return value(key, expected, v -> meaning.apply(v.asText()));
    }

    long whole(String key) throws ImageFormatException {
        return value(key, "a whole number", StepJson::wholeOf);
    }

    /** A whole number of 32 bits. */
    int small(String key) throws ImageFormatException {
        return value(key, "a whole number", StepJson::smallOf);
    }

    boolean flag(String key) throws ImageFormatException {
        return value(key, "true or false", v -> v.isBoolean() ? Optional.of(v.asBoolean()) : Optional.empty());
    }

    List<String> textsOrNone(String key) throws ImageFormatException {
        if (json.path(key).isMissingNode()) {
            return List.of();
        }
        return list(key, "a list of texts", v -> v.isTextual() ? Optional.of(v.asText()) : Optional.empty());
    }

    List<Integer> smalls(String key) throws ImageFormatException {
        return atLeastOne(key, smallsOrNone(key), "a list of whole numbers");
    }

    List<Integer> smallsOrNone(String key) throws ImageFormatException {
        return list(key, "a list of whole numbers", StepJson::smallOf);
    }

    List<Long> wholes(String key) throws ImageFormatException {
        return atLeastOne(key, list(key, "whole numbers", StepJson::wholeOf), "a list of whole numbers");
    }

    List<Double> numbers(String key) throws ImageFormatException {
        List<Double> numbers = list(key, "numbers", v -> v.isNumber() ? Optional.of(v.asDouble()) : Optional.empty());
        return atLeastOne(key, numbers, "a list of numbers");
    }

    /** A plugin's parameters: numbers, texts, true or false, lists of these; nothing where there are none. */
    Map<String, Object> parameters(String key) throws ImageFormatException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (var entry : json.path(key).properties()) {
            parameters.put(entry.getKey(), parameter(entry.getKey(), entry.getValue()));
        }
        return parameters;
    }

    private Object parameter(String key, JsonNode value) throws ImageFormatException {
        if (value.isArray()) {
            List<Object> list = new ArrayList<>();
            for (JsonNode element : value) {
                list.add(parameter(key, element));
            }
            return list;
        }
        if (value.isNumber()) {
            return value.numberValue();
        }
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        if (value.isTextual()) {
            return value.textValue();
        }
        throw unexpected(key, value, "a number, a text, true or false, or a list");
    }

    private static Optional<Long> wholeOf(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() ? Optional.of(value.asLong()) : Optional.empty();
    }

    private static Optional<Integer> smallOf(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToInt() ? Optional.of(value.asInt()) : Optional.empty();
    }

    private <T> T value(String key, String expected, Parser<T> parser) throws ImageFormatException {
        JsonNode value = json.path(key);
        return parser.parse(value).orElseThrow(() -> unexpected(key, value, expected));
    }

    private <T> List<T> list(String key, String expected, Parser<T> parser) throws ImageFormatException {
        JsonNode list = json.path(key);
        if (!list.isArray()) {
            throw unexpected(key, list, expected);
        }
        List<T> values = new ArrayList<>();
        for (JsonNode value : list) {
            values.add(parser.parse(value).orElseThrow(() -> unexpected(key, list, expected)));
        }
        return values;
    }

    private <T> List<T> atLeastOne(String key, List<T> list, String expected) throws ImageFormatException {
        if (list.isEmpty()) {
            throw unexpected(key, json.path(key), expected);
        }
        return list;
    }

    ImageFormatException unexpected(String key, JsonNode found, String expected) {
        String shown = found.isMissingNode() ? "nothing" : found.toString();
        return new ImageFormatException(name, shown + " as \"" + key + "\"", expected);
    }
}
