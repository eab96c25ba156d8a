package org.scaledimaging.engine.operation.recipe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.GreyLevels;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.plugin.PluginRegistry;

/** Opens recipes: their image, with each operation applied. */
public final class Recipes {
    private Recipes() {}

    /** As {@link #open(Recipe, Instant, PluginRegistry, Execution)}, for those who are the first to use the image. */
    public static ImageSource open(Recipe recipe, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        return open(recipe, Instant.now(), plugins, execution);
    }

    /**
     * Opens a recipe's image.
     *
     * @param since when others may have opened the same image: what was changed after that is refused when it is read, as
     *     is what was changed after an estimate was made that the recipe has
     * @param plugins where the recipe's plugins come from
     * @return also a {@link Preparation} where something is put off until the first voxel is read
     * @throws org.scaledimaging.engine.message.ImageFormatException when the source is gone or was changed
     * @throws ParameterException when a step does not fit the image, or its plugin is not installed
     */
    public static ImageSource open(Recipe recipe, Instant since, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        return openAll(recipe, since, plugins, execution).image();
    }

    /**
     * A recipe's image, opened.
     *
     * @param levels what becomes of its values
     */
    public record Opened(ImageSource image, GreyLevels levels) {}

    /** As {@link #open(Recipe, Instant, PluginRegistry, Execution)}. */
    public static Opened openAll(Recipe recipe, Instant since, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        recipe.source().checkUnchanged();
        Execution here = execution.withExecutor(Executor.threads()); // what is being opened is described nowhere yet
        ImageSource image = ImageFormats.open(recipe.source().place(), firstUse(recipe, since));
        try {
            if (recipe.source().path().isPresent()) {
                recipe.source().checkUnchanged(); // it may have been replaced just before it was opened
            }
            GreyLevels levels = GreyLevels.of(image);
            int done = 0;
            int count = recipe.operations().size();
            for (Operation operation : recipe.operations()) {
                double from = (double) done++ / count;
                Execution part = here.part(from, (double) done / count);
                if (operation.process().isPresent()) {
                    part = Preparation.prepared(image, part);
                }
                ImageSource before = image;
                image = apply(before, operation, plugins, part);
                levels = levels.then(operation, before, image);
            }
            return new Opened(image, levels);
        } catch (IOException | ParameterException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /**
     * When the image was first used of which blocks are going to be read: estimates are files that were made then. They say
     * nothing of an image that is in the same folder: both get other times when the folder is copied.
     */
    private static Instant firstUse(Recipe recipe, Instant since) throws IOException {
        Instant first = since;
        for (Path estimate : recipe.estimates()) {
            boolean together = recipe.source()
                    .path()
                    .filter(source -> source.startsWith(estimate.getParent()))
                    .isPresent();
            if (!together && Files.exists(estimate)) {
                Instant made = Files.getLastModifiedTime(estimate).toInstant();
                first = made.isBefore(first) ? made : first;
            }
        }
        return first;
    }

    /**
     * The image with an operation applied; closing it closes the image.
     *
     * @return also a {@link Preparation} where the operation has to see the whole image before its first voxel
     */
    public static ImageSource apply(ImageSource image, Operation operation, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        return operation.on(
                image, new Operation.Run(plugins, execution, ParameterImages::checkUnchanged, ParameterImages::open));
    }
}
