package org.scaledimaging.engine.operation.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.TakeField;

/**
 * A lazily evaluated image as data: where it comes from and what is done to it. Whoever can open the source can compute
 * any block of the result. Immutable.
 *
 * @param source the image to start from
 * @param operations in order
 */
public record Recipe(SourceReference source, List<Operation> operations) {

    public Recipe {
        operations = List.copyOf(operations);
    }

    /** This recipe, but for the field of its last step, which runs a plugin. */
    public Recipe ofField() {
        int last = operations.size() - 1;
        List<Operation> others = new ArrayList<>(operations.subList(0, last));
        others.add(new TakeField(operations.get(last).process().orElseThrow()));
        return new Recipe(source, others);
    }

    /** This recipe with one more step at the end. */
    public Recipe then(Operation operation) {
        List<Operation> longer = new ArrayList<>(operations);
        longer.add(operation);
        return new Recipe(source, longer);
    }

    /** The same without where files lie and when they were changed: it says what was done, and cannot be opened. */
    public Recipe withoutPaths() {
        return new Recipe(
                WithoutPaths.of(source),
                operations.stream().map(WithoutPaths::of).toList());
    }

    /** Whether it says of a file nothing but its name and size. */
    public boolean isWithoutPaths() {
        return source.path().filter(path -> !path.isAbsolute()).isPresent();
    }

    /** What is read, as absolute paths and addresses: the source, then images that operations were given. */
    public List<String> locations() {
        List<String> locations = new ArrayList<>(List.of(source.location()));
        for (Operation operation : operations) {
            for (Object value : operation.images().values()) {
                ParameterImages.recipeOf(value).ifPresent(recipe -> locations.addAll(recipe.locations()));
            }
        }
        return locations;
    }

    /** All files and folders on this computer that are read: the source, and images that plugins are given as parameters. */
    public List<Path> sources() {
        List<Path> sources = new ArrayList<>(source.path().stream().toList());
        for (Operation operation : operations) {
            operation.images().values().forEach(value -> sources.addAll(ParameterImages.sources(value)));
        }
        return sources;
    }

    /** The files that keep what its steps yielded. */
    List<Path> estimates() {
        List<Path> files = new ArrayList<>();
        withEstimates(file -> {
            files.add(file);
            return file;
        });
        return files;
    }

    /** For each step that runs a plugin and has its estimate in a file, what the file becomes. */
    Recipe withEstimates(UnaryOperator<Path> places) {
        List<Operation> moved = operations.stream()
                .map(operation -> operation
                        .process()
                        .map(process -> operation.withProcess(
                                process.withEstimate(process.estimate().map(places))))
                        .orElse(operation))
                .toList();
        return new Recipe(source, moved);
    }
}
