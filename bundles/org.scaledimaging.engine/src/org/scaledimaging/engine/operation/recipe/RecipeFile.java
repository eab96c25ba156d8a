package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.operation.Operation;

/**
 * A recipe that says what is done, not to which image: a JSON file, to be run on any. A recipe that an image holds, which
 * has a source besides, is read as one.
 *
 * @param operations in order; what was kept of estimates is left out
 * @param writing how results are written, as texts by the names of the command line's options without hyphens before them
 */
public record RecipeFile(List<Operation> operations, Map<String, String> writing) {
    private static final int VERSION = 1;
    private static final int MOST_BYTES = 16 << 20;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public RecipeFile {
        operations = operations.stream().map(RecipeFile::alone).toList();
        writing = Map.copyOf(writing);
    }

    /** Without what belongs to one image: its estimate, and what was told of it. */
    private static Operation alone(Operation operation) {
        return operation
                .process()
                .map(process -> operation.withProcess(
                        process.withEstimate(Optional.empty()).withTold(List.of())))
                .orElse(operation);
    }

    /** The same without where files lie. */
    public RecipeFile withoutPaths() {
        return new RecipeFile(operations.stream().map(WithoutPaths::of).toList(), writing);
    }

    /** As JSON, the same text for the same recipe. */
    public String toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("version", VERSION);
        ArrayNode steps = json.putArray("operations");
        operations.forEach(operation -> RecipeJson.write(operation, steps.addObject()));
        if (!writing.isEmpty()) {
            ObjectNode output = json.putObject("output");
            new TreeMap<>(writing).forEach(output::put);
        }
        return json.toPrettyString() + "\n";
    }

    /**
     * Writes it, in the place of what is there.
     *
     * @throws IOException when the file cannot be written; what was there stays then
     */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path partial = Files.createTempFile(folder, "." + file.getFileName() + ".", ".partial");
        try {
            Files.writeString(partial, toJson());
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /**
     * Reads one.
     *
     * @throws ImageFormatException when the file is none, of a version we do not know, or names an operation that there is
     *     not
     */
    public static RecipeFile read(Path file) throws IOException {
        String name = file.toString();
        if (!Files.isRegularFile(file)) {
            throw new ImageFormatException(
                    file, Files.exists(file) ? "a folder" : "no such file", "a recipe, a JSON file");
        }
        if (Files.size(file) > MOST_BYTES) {
            throw new ImageFormatException(file, Files.size(file) + " bytes", "a recipe, a JSON file");
        }
        JsonNode json;
        try {
            json = MAPPER.readTree(Files.readAllBytes(file));
        } catch (JsonProcessingException e) {
            throw new ImageFormatException(name, "text that is no JSON", "a recipe", e);
        }
        return read(json.has("recipe") && !json.has("operations") ? json.path("recipe") : json, name);
    }

    /**
     * Makes one of a recipe that an image was written with.
     *
     * @param provenance as the image's format gives it: maps, lists, numbers and texts
     * @param name of the image, for messages
     * @return nothing where the image holds none
     */
    public static Optional<Recipe> provenance(Map<String, Object> provenance, String name) throws IOException {
        if (provenance.isEmpty()) {
            return Optional.empty();
        }
        Recipe recipe = RecipeJson.read(MAPPER.writeValueAsString(provenance), name);
        return Optional.of(new Recipe(
                recipe.source(),
                recipe.operations().stream().map(RecipeFile::alone).toList()));
    }

    private static RecipeFile read(JsonNode json, String name) throws IOException {
        if (!json.isObject() || json.path("version").asInt() != VERSION) {
            throw new ImageFormatException(
                    name,
                    json.has("version") ? "recipe version " + json.path("version") : "JSON without a recipe's version",
                    "a recipe of version " + VERSION);
        }
        JsonNode steps = json.path("operations");
        if (!steps.isArray()) {
            throw new StepJson(name, json).unexpected("operations", steps, "a list");
        }
        new StepJson(name, json).checkKeys(List.of("version", "source", "operations", "output"));
        List<Operation> operations = new ArrayList<>();
        for (JsonNode step : steps) {
            operations.add(RecipeJson.strictly(new StepJson(name, step)));
        }
        Map<String, String> writing = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> option : (Iterable<Map.Entry<String, JsonNode>>) json.path("output")::fields) {
            if (!option.getValue().isTextual()) {
                throw new StepJson(name, json.path("output")).unexpected(option.getKey(), option.getValue(), "a text");
            }
            writing.put(option.getKey(), option.getValue().textValue());
        }
        return new RecipeFile(operations, writing);
    }
}
