package org.scaledimaging.cli.batch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.operation.Convert;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.RecipeFile;
import org.scaledimaging.engine.place.ImageLocation;

/**
 * A result that is there already at a target.
 *
 * @param place of it
 * @param other in what it is not what would be made now; nothing where it was made by the same recipe of the same source
 */
record EarlierResult(ImageLocation place, Optional<String> other) {

    /**
     * Compares them.
     *
     * @param type that would be written; nothing where that is the result's own
     */
    static EarlierResult of(ImageLocation place, Image opened, List<Operation> operations, Optional<PixelType> type)
            throws IOException, ParameterException {
        return new EarlierResult(place, difference(place, opened, operations, type));
    }

    /** @throws TargetException that says why it is not left as it is */
    void checkSame() throws IOException {
        if (other.isPresent()) {
            throw new TargetException(
                    place,
                    other.get(),
                    "a result of the same recipe and source, a name that is free, or " + Setting.OVERWRITE);
        }
    }

    private static Optional<String> difference(
            ImageLocation location, Image opened, List<Operation> operations, Optional<PixelType> type)
            throws IOException, ParameterException {
        Optional<Recipe> there;
        try {
            there = RecipeFile.provenance(ImageFormats.provenance(location), location.toString());
        } catch (ImageFormatException e) { // no image, or of a version to come
            return Optional.of("what does not say in a way known here how it was made");
        }
        if (there.isEmpty()) {
            return Optional.of("an image that does not say how it was made");
        }
        try (Image result = Image.open(location)) {
            PixelType found = result.metadata().pixelType();
            if (type.isPresent() && found != type.get()) {
                return Optional.of("a result of the pixel type " + found.label());
            }
        }
        Recipe expected = opened.expected(operations);
        if (there.get().isWithoutPaths()) { // does not say when the source was changed: before the result was written?
            Path source = expected.source().path().orElseThrow();
            if (location.path().isEmpty()) {
                return Optional.of("a result without paths, at a place that does not say when it was made");
            }
            if (Files.getLastModifiedTime(location.path().get()).compareTo(Files.getLastModifiedTime(source)) < 0) {
                return Optional.of("a result that is older than the source's last change");
            }
            expected = expected.withoutPaths();
        }
        List<Operation> done = there.get().operations();
        int last = done.size() - 1;
        if (last >= 0
                && done.get(last) instanceof Convert convert
                && last == expected.operations().size()) {
            done = convert.type() == type.orElse(null) ? done.subList(0, last) : done;
        }
        if (!there.get().source().equals(expected.source())) {
            return Optional.of("a result of another source, or of this one before it was changed");
        }
        return done.equals(expected.operations()) ? Optional.empty() : Optional.of("a result of another recipe");
    }
}
