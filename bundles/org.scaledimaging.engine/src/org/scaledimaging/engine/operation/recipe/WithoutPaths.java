package org.scaledimaging.engine.operation.recipe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.SegmentByPlugin;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * Recipes that say nothing of where files lie on this computer: files are named by their names alone, without the time of
 * their last change, so that a copy of a file gives the same recipe. They tell what was done and cannot be opened again.
 */
final class WithoutPaths {
    /** What a path with b-values stands behind. */
    private static final String B_VALUES = "time=b0:";

    private WithoutPaths() {}

    static SourceReference of(SourceReference source) {
        return source.path()
                .map(path -> new SourceReference(name(path), source.size(), 0, ""))
                .orElse(source);
    }

    static Operation of(Operation operation) {
        Optional<ProcessByPlugin> process = operation.process();
        if (process.isPresent()) {
            return operation.withProcess(of(process.get()));
        }
        if (operation instanceof SegmentByPlugin segment) {
            return new SegmentByPlugin(segment.id(), of(segment.parameters()));
        }
        OperationKind kind = Operations.kindOf(operation);
        Map<String, Object> values = of(operation.values());
        if (values.equals(operation.values())) {
            return operation;
        }
        try {
            return kind.make(ParameterValues.of(kind, values));
        } catch (ParameterException e) {
            throw new IllegalStateException("an image by its name alone: " + values, e);
        }
    }

    private static ProcessByPlugin of(ProcessByPlugin process) {
        Map<String, String> from = new HashMap<>();
        process.from().forEach((name, value) -> from.put(name, of(value).toString()));
        List<Notice> told = process.told().stream()
                .map(notice -> new Notice(notice.kind(), told(notice.sentence(), process.images()), notice.values()))
                .toList();
        return new ProcessByPlugin(
                process.id(),
                of(process.parameters()),
                process.downsampleFactor(),
                process.downsampleTo(),
                from,
                process.estimate(),
                told);
    }

    private static Map<String, Object> of(Map<String, Object> values) {
        Map<String, Object> others = new HashMap<>();
        values.forEach((name, value) -> others.put(name, of(value)));
        return others;
    }

    /** Of a recipe the name of its source, of a path the last name of it. */
    private static Object of(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        if (text.startsWith(B_VALUES)) {
            return B_VALUES + of(text.substring(B_VALUES.length()));
        }
        return path(text).map(WithoutPaths::name).orElse(text);
    }

    private static Optional<Path> path(String text) {
        try {
            Optional<Path> path = text.startsWith("{")
                    ? RecipeJson.read(text, "Recipe").source().path()
                    : ImageLocation.parse(text).path();
            return path.filter(Path::isAbsolute);
        } catch (IOException e) {
            return Optional.empty(); // no place, but a word
        }
    }

    private static String told(String sentence, Map<String, Object> images) {
        String told = sentence;
        for (Object value : images.values()) {
            if (value instanceof String text) {
                Optional<Path> path = path(text);
                if (path.isPresent()) {
                    told = told.replace(path.get().toString(), name(path.get()));
                }
            }
        }
        return told;
    }

    private static String name(Path path) {
        Path name = path.getFileName();
        return name == null ? path.toString() : name.toString();
    }
}
