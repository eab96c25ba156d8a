package org.scaledimaging.engine.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.image.ImageFormatException;

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
        recipe.operations().forEach(operation -> OperationKind.write(operation, operations.addObject()));
        return json;
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
        if (!json.isObject() || json.path("version").asInt() != VERSION) {
            throw new ImageFormatException(
                    name, "recipe version " + json.path("version"), "a recipe of version " + VERSION);
        }
        StepJson source = new StepJson(name, json.path("source"));
        SourceReference reference =
                new SourceReference(source.text("location"), source.whole("size"), source.whole("modified"));
        JsonNode steps = json.path("operations");
        if (!steps.isArray()) {
            throw new StepJson(name, json).unexpected("operations", steps, "a list");
        }
        List<Operation> operations = new ArrayList<>();
        for (JsonNode step : steps) {
            operations.add(OperationKind.read(new StepJson(name, step)));
        }
        return new Recipe(reference, operations);
    }
}
