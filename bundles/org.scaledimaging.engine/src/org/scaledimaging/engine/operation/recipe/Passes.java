package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.format.omezarr.PyramidStage;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.lowres.EstimatePass;
import org.scaledimaging.engine.scaled.lowres.LowResolutionPass;

/** Describes images for other processes, and opens there the passes over them. */
public final class Passes {
    private static final String NAME = "Pass";
    private static final String IMAGE = "image";
    private static final String PLUGIN = "plugin";
    private static final String OPENED = "opened";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Passes() {}

    /**
     * The image of a recipe, with the estimates that its steps have in files.
     *
     * @param opened when this process opened the image
     * @throws ParameterException when a step has none: each process would estimate it anew, reading the whole image
     */
    public static Description describe(Recipe recipe, Instant opened) throws ParameterException {
        for (Operation operation : recipe.operations()) {
            if (operation
                    .process()
                    .filter(process -> process.estimate().isEmpty())
                    .isPresent()) {
                throw new ParameterException(
                        Setting.PLUGIN,
                        operation.plugin().orElseThrow() + ", whose field is in this process alone",
                        "one whose field has coefficients, which can be sent to others");
            }
        }
        // No path of this process means anything in another: files are named relative to a folder that is no place
        // here.
        Path nowhere = Path.of("").toAbsolutePath().resolve(UUID.randomUUID().toString());
        Map<String, Path> files = new HashMap<>();
        Recipe moved = recipe.withEstimates(file -> {
            String name = files.size() + ".estimate";
            files.put(name, file);
            return nowhere.resolve(name);
        });
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(IMAGE, RecipeJson.write(moved, nowhere));
        json.put(OPENED, opened.toString());
        return new Description(json, files);
    }

    /** The image of a recipe, and a plugin that is to be applied to it. */
    public static Description describe(Recipe recipe, Instant opened, Operation plugin) throws ParameterException {
        Description description = describe(recipe, opened);
        RecipeJson.write(plugin, description.json().putObject(PLUGIN));
        return description;
    }

    /**
     * Opens a pass that another process described.
     *
     * @param folder where the files are that go with it
     * @param plugins where plugins come from
     * @throws ImageFormatException when the image is not there, or is not the one that was described
     * @throws ParameterException when a plugin is not installed here
     */
    public static Pass open(String description, Path folder, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        JsonNode json;
        try {
            json = MAPPER.readTree(description);
        } catch (JsonProcessingException e) {
            throw new ImageFormatException(NAME, "text that is no JSON", "the description of a pass", e);
        }
        Recipe recipe = RecipeJson.read(json.path(IMAGE).toString(), NAME, folder);
        Instant opened = Instant.parse(json.path(OPENED).asText());
        ImageSource image = Recipes.open(recipe, opened, plugins, execution);
        return new CheckedPass(open(image, json, plugins), image);
    }

    private static Pass open(ImageSource image, JsonNode json, PluginRegistry plugins)
            throws IOException, ParameterException {
        String name = json.path("pass").asText();
        switch (name) {
            case LowResolutionPass.NAME:
                return LowResolutionPass.open(image, json);
            case EstimatePass.NAME:
                Operation process = RecipeJson.operation(new StepJson(NAME, json.path(PLUGIN)));
                return EstimatePass.open(
                        image, plugins.create(process.plugin().orElseThrow(), process.parameters()), json);
            case PyramidStage.NAME:
                return PyramidStage.open(image, json);
            default:
                throw new ImageFormatException(NAME, "a pass named " + name, "one that this version knows");
        }
    }
}
