package org.scaledimaging.engine.operation.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.omezarr.LevelPlace;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.geometry.TakeLevel;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** The images that plugins are given as parameters, such as masks. */
public final class ParameterImages {
    private ParameterImages() {}

    /** The files and folders on this computer that a plugin reads on account of its parameters. */
    public static List<Path> paths(Plugin plugin) {
        List<Path> paths = new ArrayList<>();
        for (Parameter parameter : plugin.description().parameters()) {
            Object value = plugin.parameters().asMap().get(parameter.name());
            if (isLocation(parameter, value)) {
                location(value).flatMap(ImageLocation::path).ifPresent(paths::add);
            } else if (parameter.type() == Parameter.Type.IMAGE) {
                paths.addAll(sources(value));
            }
        }
        return paths;
    }

    /**
     * A plugin's parameters with recipes instead of paths and addresses, so that it is noticed when these images change.
     *
     * @throws ParameterException when one names a file that is not there, perhaps meant as a keyword
     */
    public static Map<String, Object> pinned(Plugin plugin) throws IOException, ParameterException {
        return pinned(plugin.description().parameters(), plugin.parameters().asMap());
    }

    /**
     * An operation that runs no plugin, likewise.
     *
     * @return the operation itself where there is nothing to be pinned
     */
    public static Operation pinned(Operation operation) throws IOException, ParameterException {
        OperationKind kind = Operations.kindOf(operation);
        List<Parameter> parameters = kind.parameters();
        boolean opens = parameters.stream().anyMatch(parameter -> parameter.type() == Parameter.Type.IMAGE);
        return operation.plugin().isPresent() || !opens
                ? operation
                : kind.make(ParameterValues.of(kind, pinned(parameters, operation.values())));
    }

    private static Map<String, Object> pinned(List<Parameter> parameters, Map<String, Object> given)
            throws IOException, ParameterException {
        Map<String, Object> values = new LinkedHashMap<>(given);
        for (Parameter parameter : parameters) {
            Object value = values.get(parameter.name());
            if (isLocation(parameter, value)) {
                String keywords = String.join(", ", parameter.choices());
                values.put(
                        parameter.name(),
                        pinned(
                                value.toString(),
                                Setting.parameter(parameter.name()),
                                (keywords.isEmpty() ? "" : keywords + " or ") + "an image",
                                parameter.choices()));
            }
        }
        return values;
    }

    /** What an estimate is made from, likewise. */
    public static ScaledProcessingOptions pinned(ScaledProcessingOptions options)
            throws IOException, ParameterException {
        Map<String, String> values = new LinkedHashMap<>(options.estimate());
        for (Map.Entry<String, String> image : options.images().entrySet()) {
            boolean mask = !image.getKey().equals(ScaledProcessingDeclaration.FROM);
            if (!isRecipe(image.getValue())) {
                values.put(
                        image.getKey(),
                        pinned(
                                image.getValue(),
                                ScaledProcessingDeclaration.settingOf(image.getKey())
                                        .toString(),
                                mask ? "an image" : ScaledProcessingDeclaration.FROM_ACCEPTED,
                                mask ? List.of() : ScaledProcessingDeclaration.FROM_WORDS));
            }
        }
        return options.withEstimate(values);
    }

    /** @param words that may have been meant */
    private static String pinned(String value, String setting, String expected, List<String> words)
            throws IOException, ParameterException {
        ImageLocation location = ImageLocation.parse(value);
        if (location.path().isPresent() && Files.notExists(location.path().get())) {
            Path path = location.path().get();
            throw new ParameterException(
                    setting,
                    path + ", which is not there",
                    expected + NearMisses.perhaps(path.getFileName().toString(), words));
        }
        return RecipeJson.write(recipe(location)).toString();
    }

    /** An image by its place, which may be a level of a pyramid. */
    public static Recipe recipe(ImageLocation location) throws IOException {
        Optional<LevelPlace> level =
                location.path().isPresent() ? LevelPlace.of(location.path().get()) : Optional.empty();
        return level.isPresent()
                ? new Recipe(
                        SourceReference.of(ImageLocation.of(level.get().image())),
                        List.of(new TakeLevel(level.get().level())))
                : new Recipe(SourceReference.of(location), List.of());
    }

    /** The files and folders on this computer that are read for what an estimate is made from. */
    public static List<Path> paths(ScaledProcessingOptions options) throws ParameterException {
        List<Path> paths = new ArrayList<>();
        for (String image : options.images().values()) {
            if (isRecipe(image)) {
                paths.addAll(sources(image));
            } else {
                location(image).flatMap(ImageLocation::path).ifPresent(paths::add);
            }
        }
        return paths;
    }

    /** Opens an image that is a parameter; whoever calls closes it. */
    public static ImageSource open(String value, Execution execution) throws IOException, ParameterException {
        if (isRecipe(value)) {
            return Recipes.open(RecipeJson.read(value, "Recipe"), PluginRegistry.installed(), execution);
        }
        Recipe recipe = recipe(ImageLocation.parse(value));
        return recipe.operations().isEmpty()
                ? ImageFormats.open(recipe.source().place(), Instant.now())
                : Recipes.open(recipe, PluginRegistry.installed(), execution);
    }

    /**
     * Looks whether the images that a plugin was given are still what they were when its parameters were pinned, once it has
     * read them.
     *
     * @param parameters as {@link #pinned} made them
     * @throws org.scaledimaging.engine.message.ImageFormatException when one is gone or was changed
     */
    public static void checkUnchanged(Map<String, Object> parameters) throws IOException {
        for (Object value : parameters.values()) {
            if (value instanceof String text && isRecipe(text)) {
                Recipe recipe = RecipeJson.read(text, "Recipe");
                recipe.source().checkUnchanged();
                for (Operation operation : recipe.operations()) {
                    checkUnchanged(operation.images());
                }
            }
        }
    }

    /** The sources of the recipe that a parameter's value is, if it is one. */
    static List<Path> sources(Object value) {
        return recipeOf(value).map(Recipe::sources).orElse(List.of());
    }

    /** The recipe that a parameter's value is, if it is one. */
    static Optional<Recipe> recipeOf(Object value) {
        if (!(value instanceof String text) || !isRecipe(text)) {
            return Optional.empty();
        }
        try {
            return Optional.of(RecipeJson.read(text, "Recipe"));
        } catch (IOException e) {
            return Optional.empty(); // whoever opens it says so
        }
    }

    private static Optional<ImageLocation> location(Object value) {
        try {
            return Optional.of(ImageLocation.parse(value.toString()));
        } catch (IOException e) {
            return Optional.empty(); // whoever opens it says so
        }
    }

    private static boolean isLocation(Parameter parameter, Object value) {
        return parameter.type() == Parameter.Type.IMAGE
                && !parameter.choices().contains(value.toString())
                && !isRecipe(value.toString());
    }

    private static boolean isRecipe(String value) {
        return value.startsWith("{");
    }
}
