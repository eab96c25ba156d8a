package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;

/** Recipes as JSON. The names here are a file format: they stay when names in the code change. */
public final class RecipeJson {
    private static final int VERSION = 1;
    private static final String TOLD = "told";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private RecipeJson() {}

    /** A recipe that stands for itself: where estimates are kept is left out. */
    public static ObjectNode write(Recipe recipe) {
        return write(recipe, new Folder(Optional.empty()));
    }

    /** A recipe that goes with a folder: what lies in there is named relative to it, so that both can be moved. */
    public static ObjectNode write(Recipe recipe, Path folder) {
        return write(recipe, new Folder(Optional.of(folder)));
    }

    private static ObjectNode write(Recipe recipe, Folder folder) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        folder.put(recipe.source(), json.putObject("source"));
        ArrayNode operations = json.putArray("operations");
        for (Operation operation : recipe.operations()) {
            ObjectNode step = operations.addObject();
            write(operation, step);
            folder.put(operation, step);
            folder.putImages(step);
        }
        return json;
    }

    /**
     * @param name what to call the text in messages
     * @throws ImageFormatException when the text is no recipe of a version we know
     */
    public static Recipe read(String text, String name) throws IOException {
        return read(text, name, new Folder(Optional.empty()));
    }

    /** As {@link #read(String, String)}, of a recipe that goes with a folder. */
    public static Recipe read(String text, String name, Path folder) throws IOException {
        return read(text, name, new Folder(Optional.of(folder)));
    }

    private static Recipe read(String text, String name, Folder folder) throws IOException {
        JsonNode json;
        try {
            json = MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new ImageFormatException(name, "text that is no JSON", "a recipe", e);
        }
        if (!json.isObject() || json.path("version").asInt() != VERSION) {
            throw new ImageFormatException(
                    name,
                    json.has("version") ? "recipe version " + json.path("version") : "JSON without a recipe's version",
                    "a recipe of version " + VERSION);
        }
        if (!json.has("source")) {
            throw new ImageFormatException(name, "a recipe of no image", "one that names its image as \"source\"");
        }
        StepJson source = new StepJson(name, json.path("source"));
        SourceReference reference = folder.source(source);
        JsonNode steps = json.path("operations");
        if (!steps.isArray()) {
            throw new StepJson(name, json).unexpected("operations", steps, "a list");
        }
        List<Operation> operations = new ArrayList<>();
        for (JsonNode step : steps) {
            if (step instanceof ObjectNode object) {
                folder.takeImages(object, name);
            }
            StepJson read = new StepJson(name, step);
            operations.add(folder.operation(operation(read), read));
        }
        return new Recipe(reference, operations);
    }

    /** The values of an operation under their keys; what was kept of its estimate goes with a folder. */
    static void write(Operation operation, ObjectNode json) {
        OperationKind kind = Operations.kindOf(operation);
        json.put("operation", kind.id());
        operation
                .plugin()
                .ifPresent(plugin -> json.put("plugin", plugin)
                        .set("parameters", MAPPER.valueToTree(new TreeMap<>(operation.parameters()))));
        Map<String, Object> values = operation.values();
        kind.keys().forEach((name, key) -> {
            if (values.containsKey(name)) {
                json.set(key, MAPPER.valueToTree(values.get(name)));
            }
        });
        operation
                .process()
                .map(ProcessByPlugin::told)
                .filter(told -> !told.isEmpty())
                .ifPresent(told -> ToldJson.write(told, json.putArray(TOLD)));
    }

    static Operation operation(StepJson json) throws ImageFormatException {
        String known = Operations.ALL.stream().map(OperationKind::id).collect(Collectors.joining(", "));
        OperationKind kind = json.named("operation", Operations::named, "one of " + known);
        Map<String, Object> values = new HashMap<>();
        for (Parameter parameter : kind.parameters()) {
            json.value(parameter, kind.keys().get(parameter.name()))
                    .ifPresent(value -> values.put(parameter.name(), value));
        }
        try {
            ParameterValues checked = ParameterValues.of(kind, kind.asRecipesMean(values));
            Operation operation = kind.runsPlugin()
                    ? kind.factory().make(checked, json.text("plugin"), json.parameters("parameters"))
                    : kind.make(checked);
            List<Notice> told = json.toldOrNone(TOLD);
            return operation
                    .process()
                    .map(process -> operation.withProcess(process.withTold(told)))
                    .orElse(operation);
        } catch (ParameterException e) {
            throw ImageFormatException.about(json.name(), e);
        }
    }

    /**
     * An operation of a recipe that somebody may have written by hand.
     *
     * @throws ImageFormatException also when it has a key that means nothing
     */
    static Operation strictly(StepJson json) throws ImageFormatException {
        Operation operation = operation(json);
        List<String> keys = new ArrayList<>(List.of("operation"));
        if (Operations.kindOf(operation).runsPlugin()) {
            keys.addAll(List.of("plugin", "parameters"));
        }
        for (Parameter parameter : Operations.kindOf(operation).parameters()) {
            keys.add(Operations.kindOf(operation).keys().get(parameter.name()));
        }
        if (operation.process().isPresent()) {
            keys.addAll(List.of(Folder.ESTIMATE, TOLD));
        }
        json.checkKeys(keys);
        return operation;
    }
}
