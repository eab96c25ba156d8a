package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.parameter.Parameter;

/**
 * The JSON schema of recipes, made of what operations declare. It is published as {@code docs/schemas/recipe-1.json}; a
 * test holds the two to each other.
 */
public final class RecipeSchema {
    private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
    private static final String TYPE = "type";
    private static final String DESCRIPTION = "description";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecipeSchema() {}

    /** The schema as JSON text, the same for the same operations. */
    public static String json() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.put("$schema", DIALECT);
        schema.put("title", "Recipe of Scaled Imaging, version 1");
        schema.put(
                DESCRIPTION,
                "What is done to an image, step by step. In files to be run on any image it has no source; in images that"
                        + " were written it has one.");
        ObjectNode properties = object(schema);
        properties.putObject("version").put("const", 1);
        source(properties.putObject("source"));
        ObjectNode operations = properties.putObject("operations");
        operations.put(TYPE, "array").put(DESCRIPTION, "In the order in which they are done.");
        ArrayNode kinds = operations.putObject("items").putArray("oneOf");
        for (OperationKind kind : Operations.ALL) {
            operation(kind, kinds.addObject());
        }
        ObjectNode output = properties.putObject("output");
        output.put(TYPE, "object")
                .put(
                        DESCRIPTION,
                        "How results are written: values of the command line's options, by their names without hyphens"
                                + " before them.");
        output.putObject("additionalProperties").put(TYPE, "string");
        required(schema, List.of("version", "operations"));
        return schema.toPrettyString() + "\n";
    }

    private static void source(ObjectNode source) {
        ObjectNode properties = object(source);
        source.put(DESCRIPTION, "The image that the recipe starts from.");
        text(properties.putObject("location"), "Absolute path or address; a name alone in recipes without paths.");
        whole(properties.putObject("size"), "Bytes.");
        whole(
                properties.putObject("modified"),
                "When it was last changed, in milliseconds since 1970; 0 where that is not told.");
        text(properties.putObject("tags"), "Entity tags that a server gave.");
        required(source, List.of("location", "size", "modified"));
    }

    private static void operation(OperationKind kind, ObjectNode operation) {
        ObjectNode properties = object(operation);
        operation.put(DESCRIPTION, kind.description());
        properties.putObject("operation").put("const", kind.id());
        ArrayNode required = operation.putArray("required").add("operation");
        if (kind.runsPlugin()) {
            text(properties.putObject("plugin"), "Id of the plugin that is run.");
            ObjectNode parameters = properties.putObject("parameters");
            parameters.put(TYPE, "object").put(DESCRIPTION, "Values of the plugin's parameters by their names.");
            parameters
                    .putObject("additionalProperties")
                    .putArray(TYPE)
                    .add("number")
                    .add("string")
                    .add("boolean")
                    .add("array");
            required.add("plugin");
        }
        for (Parameter parameter : kind.parameters()) {
            String key = kind.keys().get(parameter.name());
            value(parameter, properties.putObject(key));
            if (parameter.defaultValue() == null) {
                required.add(key);
            }
        }
        if (kind.parameters().equals(ProcessByPlugin.parametersOfKind())) {
            text(properties.putObject("estimate"), "Where the estimate is kept, in the recipe's folder.");
            ObjectNode told = properties.putObject("told");
            told.put(TYPE, "array")
                    .put(
                            DESCRIPTION,
                            "What the estimate told when it was made: a sentence each, or one with the values that it is about.");
            told(told.putObject("items").putArray("oneOf"));
            ArrayNode either = operation.putArray("oneOf");
            ProcessByPlugin.EITHER.forEach(
                    key -> either.addObject().putArray("required").add(key));
        }
    }

    private static void told(ArrayNode either) {
        either.addObject().put(TYPE, "string");
        ObjectNode course = either.addObject();
        ObjectNode properties = object(course);
        properties.putObject("sentence").put(TYPE, "string");
        properties.putObject("values").put(TYPE, "array").putObject("items").put(TYPE, "number");
        required(course, List.of("sentence", "values"));
    }

    private static void value(Parameter parameter, ObjectNode value) {
        switch (parameter.type()) {
            case NUMBER -> range(parameter, value.put(TYPE, "number"));
            case INTEGER -> range(parameter, value.put(TYPE, "integer"));
            case NUMBERS, INTEGERS -> {
                boolean whole = parameter.type() == Parameter.Type.INTEGERS;
                value.put(TYPE, "array");
                range(parameter, value.putObject("items").put(TYPE, whole ? "integer" : "number"));
            }
            case BOOLEAN -> value.put(TYPE, "boolean");
            case CHOICE -> parameter.choices().forEach(value.putArray("enum")::add);
            case TEXT, IMAGE -> value.put(TYPE, "string");
        }
        if (parameter.defaultValue() != null) {
            value.set("default", MAPPER.valueToTree(parameter.defaultValue()));
        }
        value.put(DESCRIPTION, parameter.description());
    }

    private static void range(Parameter parameter, ObjectNode value) {
        bound("minimum", parameter.minimum(), value);
        bound("maximum", parameter.maximum(), value);
    }

    private static void bound(String key, double bound, ObjectNode value) {
        if (Math.abs(bound) >= 1L << 53) { // none but that of the type
            return;
        }
        if (bound == Math.rint(bound)) {
            value.put(key, (long) bound);
        } else {
            value.put(key, bound);
        }
    }

    /** @return where properties go; there are no others */
    private static ObjectNode object(ObjectNode schema) {
        schema.put(TYPE, "object");
        schema.put("additionalProperties", false);
        return schema.putObject("properties");
    }

    private static void required(ObjectNode schema, List<String> keys) {
        keys.forEach(schema.putArray("required")::add);
    }

    private static void text(ObjectNode value, String description) {
        value.put(TYPE, "string").put(DESCRIPTION, description);
    }

    private static void whole(ObjectNode value, String description) {
        value.put(TYPE, "integer").put("minimum", 0).put(DESCRIPTION, description);
    }
}
