package org.scaledimaging.engine.operation.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.Plugin;

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
        Map<String, Object> values = new LinkedHashMap<>(plugin.parameters().asMap());
        for (Parameter parameter : plugin.description().parameters()) {
            Object value = values.get(parameter.name());
            if (isLocation(parameter, value)) {
                ImageLocation location = ImageLocation.parse(value.toString());
                checkThere(parameter, location);
                Recipe recipe = new Recipe(SourceReference.of(location), List.of());
                values.put(parameter.name(), RecipeJson.write(recipe).toString());
            }
        }
        return values;
    }

    private static void checkThere(Parameter parameter, ImageLocation location) throws ParameterException {
        if (location.path().isPresent() && Files.notExists(location.path().get())) {
            Path path = location.path().get();
            String keywords = String.join(", ", parameter.choices());
            throw new ParameterException(
                    Setting.parameter(parameter.name()),
                    path + ", which is not there",
                    (keywords.isEmpty() ? "" : keywords + " or ") + "an image"
                            + NearMisses.perhaps(path.getFileName().toString(), parameter.choices()));
        }
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
                    checkUnchanged(operation.parameters());
                }
            }
        }
    }

    /** The sources of the recipe that a parameter's value is, if it is one. */
    static List<Path> sources(Object value) {
        if (!(value instanceof String text) || !isRecipe(text)) {
            return List.of();
        }
        try {
            return RecipeJson.read(text, "Recipe").sources();
        } catch (IOException e) {
            return List.of(); // whoever opens it says so
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
