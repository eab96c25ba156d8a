package org.scaledimaging.engine.operation.recipe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.place.FileNames;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * The folder that a recipe's JSON goes with, if there is one. What lies in it belongs to the recipe: it is named relative
 * to the folder, and not checked for changes, since times change when folders are copied.
 */
record Folder(Optional<Path> path) {
    private static final String LOCATION = "location";
    private static final String TAGS = "tags";
    static final String ESTIMATE = "estimate";

    void put(SourceReference source, ObjectNode json) {
        json.put(
                LOCATION,
                source.path().flatMap(this::inside).map(FileNames::slashed).orElse(source.location()));
        json.put("size", source.size()).put("modified", source.modified());
        if (!source.tags().isEmpty()) {
            json.put(TAGS, source.tags());
        }
    }

    SourceReference source(StepJson json) throws IOException {
        String location = json.text(LOCATION);
        Optional<Path> place = ImageLocation.parse(location).path();
        boolean nameAlone = path.isEmpty() && place.isPresent() && isName(place.get()) && json.whole("modified") == 0;
        if (place.isEmpty() || place.get().isAbsolute() || nameAlone) { // a name alone: of a recipe without paths
            String tags = json.json().has(TAGS) ? json.text(TAGS) : "";
            return new SourceReference(location, json.whole("size"), json.whole("modified"), tags);
        }
        return SourceReference.of(ImageLocation.of(resolve(location, LOCATION, json)));
    }

    private static boolean isName(Path path) {
        return !path.isAbsolute()
                && path.getNameCount() == 1
                && !path.toString().isEmpty();
    }

    /** Where a step's estimate is kept, if that is in the folder. */
    void put(Operation operation, ObjectNode json) {
        operation
                .process()
                .flatMap(ProcessByPlugin::estimate)
                .flatMap(this::inside)
                .ifPresent(estimate -> json.put(ESTIMATE, FileNames.slashed(estimate)));
    }

    Operation operation(Operation operation, StepJson json) throws ImageFormatException {
        Optional<ProcessByPlugin> process = operation.process();
        if (!json.json().has(ESTIMATE) || process.isEmpty()) {
            return operation;
        }
        Path file = resolve(json.text(ESTIMATE), ESTIMATE, json);
        return operation.withProcess(process.get().withEstimate(Optional.of(file)));
    }

    /** The images that a step names, recipes among its values: those that lie in the folder are named relative to it. */
    void putImages(ObjectNode json) {
        change(json, text -> {
            Recipe image = RecipeJson.read(text, "Recipe");
            return image.source().path().flatMap(this::inside).isPresent()
                    ? RecipeJson.write(image, path.orElseThrow()).toString()
                    : text;
        });
    }

    /** The same the other way: as absolute paths. */
    void takeImages(ObjectNode json, String name) {
        change(
                json,
                text -> RecipeJson.write(RecipeJson.read(text, name, path.orElseThrow()))
                        .toString());
    }

    private interface Change {
        String of(String recipe) throws IOException;
    }

    private void change(ObjectNode json, Change change) {
        if (path.isEmpty()) {
            return;
        }
        for (Map.Entry<String, JsonNode> value : (Iterable<Map.Entry<String, JsonNode>>) json::fields) {
            if (value.getValue().isObject()) {
                change((ObjectNode) value.getValue(), change);
            } else if (value.getValue().isTextual() && value.getValue().asText().startsWith("{")) {
                try {
                    value.setValue(TextNode.valueOf(change.of(value.getValue().asText())));
                } catch (IOException e) {
                    // no recipe, or of an image that is gone: whoever opens it says so
                }
            }
        }
    }

    /** The relative path of what lies in the folder. */
    private Optional<Path> inside(Path file) {
        return path.map(Folder::absolute)
                .filter(folder ->
                        absolute(file).startsWith(folder) && !absolute(file).equals(folder))
                .map(folder -> folder.relativize(absolute(file)));
    }

    private Path resolve(String relative, String key, StepJson json) throws ImageFormatException {
        Path folder = path.map(Folder::absolute)
                .orElseThrow(() -> json.unexpected(key, json.json().path(key), "an absolute path"));
        Path resolved = folder.resolve(relative).normalize();
        if (!resolved.startsWith(folder)) {
            throw json.unexpected(key, json.json().path(key), "a path inside the recipe's folder");
        }
        return resolved;
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
