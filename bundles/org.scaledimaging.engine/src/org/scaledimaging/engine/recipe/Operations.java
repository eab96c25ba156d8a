package org.scaledimaging.engine.recipe;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.io.formats.ImageFormats;
import org.scaledimaging.engine.resample.DownsampledSource;
import org.scaledimaging.engine.scaled.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** How operations are carried out: each wraps the image it is applied to. */
public final class Operations {
    private Operations() {}

    /**
     * Opens a recipe's image.
     *
     * @param plugins where the recipe's plugins come from
     * @throws org.scaledimaging.engine.image.ImageFormatException when the source is gone or was changed
     * @throws ParameterException when a step does not fit the image, or its plugin is not installed
     */
    public static ImageSource open(Recipe recipe, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        recipe.source().checkUnchanged();
        ImageSource image = ImageFormats.open(recipe.source().path());
        try {
            int done = 0;
            int count = recipe.operations().size();
            for (Operation operation : recipe.operations()) {
                double from = (double) done++ / count;
                image = apply(
                        image,
                        operation,
                        plugins,
                        execution.withProgress(execution.progress().part(from, (double) done / count)));
            }
            return image;
        } catch (IOException | ParameterException | RuntimeException e) {
            image.close();
            throw e;
        }
    }

    /** The image with an operation applied; closing it closes the image. */
    public static ImageSource apply(ImageSource image, Operation operation, PluginRegistry plugins, Execution execution)
            throws IOException, ParameterException {
        if (operation instanceof Operation.Level level) {
            return level(image, level.level());
        } else if (operation instanceof Operation.Select select) {
            return SelectedSource.of(image, select.axis(), select.index());
        } else if (operation instanceof Operation.Downsample downsample) {
            return downsample(image, downsample.factors());
        } else if (operation instanceof Operation.Convert convert) {
            return ConvertedSource.of(image, convert.type());
        } else if (operation instanceof Operation.Process process) {
            int[] factors = process.downsampleFactor().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            return ScaledProcessing.apply(
                            image,
                            plugins.create(process.plugin(), process.parameters()),
                            ScaledProcessingOptions.defaults().withDownsampleFactor(factors),
                            execution)
                    .image();
        }
        throw new IllegalArgumentException("no such operation: " + operation);
    }

    private static ImageSource level(ImageSource image, int level) throws ParameterException {
        List<ImageSource> levels = image.levels();
        if (level < 0 || level >= levels.size()) {
            throw new ParameterException(
                    "Level", level, "0 to " + (levels.size() - 1) + ", the levels that the image has");
        }
        return level == 0 ? image : new LevelSource(image, level);
    }

    private static ImageSource downsample(ImageSource image, List<Integer> given) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        List<Dimension> dimensions = metadata.dimensions();
        long spatial = dimensions.stream().filter(d -> d.axis().isSpatial()).count();
        if (given.size() != 1 && given.size() != spatial) {
            throw new ParameterException(
                    "Factors", given.size() + " numbers", "one, or one for each of " + spatial + " spatial axes");
        }
        int[] factors = new int[dimensions.size()];
        int next = 0;
        for (int d = 0; d < factors.length; d++) {
            factors[d] = 1;
            if (dimensions.get(d).axis().isSpatial()) {
                int factor = given.get(given.size() == 1 ? 0 : next++);
                if (factor < 1) {
                    throw new ParameterException("Factors", factor, "whole numbers of at least 1");
                }
                factors[d] = (int) Math.min(factor, dimensions.get(d).length());
            }
        }
        return DownsampledSource.of(image, factors, metadata.pixelType());
    }
}
