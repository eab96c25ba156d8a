package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;

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

    /** @throws ImageFormatException when there is a key that is none of these */
    void checkKeys(List<String> known) throws ImageFormatException {
        for (var entry : (Iterable<Map.Entry<String, JsonNode>>) json::fields) {
            if (!known.contains(entry.getKey())) {
                throw new ImageFormatException(
                        name, "the key \"" + entry.getKey() + "\"", "none but " + String.join(", ", known));
            }
        }
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

    List<Notice> toldOrNone(String key) throws ImageFormatException {
        return json.path(key).isMissingNode() ? List.of() : list(key, "a list of sentences", ToldJson::read);
    }

    /**
     * The value of a declared parameter.
     *
     * @return nothing where there is none and the parameter has a default
     * @throws ImageFormatException when it is missing, or not of the parameter's type or range
     */
    Optional<Object> value(Parameter parameter, String key) throws ImageFormatException {
        JsonNode value = json.path(key);
        if (value.isMissingNode() && parameter.defaultValue() != null) {
            return Optional.empty();
        }
        if (!isOf(parameter.type(), value)) {
            throw unexpected(key, value, parameter.accepted());
        }
        try {
            return Optional.of(parameter.parse(parameter(key, value)));
        } catch (ParameterException e) {
            throw unexpected(key, value, parameter.accepted());
        }
    }

    private static boolean isOf(Parameter.Type type, JsonNode value) {
        return switch (type) {
            case NUMBER -> value.isNumber();
            case INTEGER -> value.isIntegralNumber() && value.canConvertToLong();
            case INTEGERS -> areOf(Parameter.Type.INTEGER, value);
            case NUMBERS -> areOf(Parameter.Type.NUMBER, value);
            case BOOLEAN -> value.isBoolean();
            case CHOICE, TEXT, IMAGE -> value.isTextual();
        };
    }

    private static boolean areOf(Parameter.Type type, JsonNode list) {
        boolean all = list.isArray();
        for (JsonNode value : list) {
            all &= isOf(type, value);
        }
        return all;
    }

    /** A plugin's parameters: numbers, texts, true or false, lists of these; nothing where there are none. */
    Map<String, Object> parameters(String key) throws ImageFormatException {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (var entry : (Iterable<Map.Entry<String, JsonNode>>) json.path(key)::fields) {
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

    ImageFormatException unexpected(String key, JsonNode found, String expected) {
        String shown = found.isMissingNode() ? "nothing" : found.toString();
        return new ImageFormatException(name, shown + " as \"" + key + "\"", expected);
    }
}
