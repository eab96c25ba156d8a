package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.segmentation.Segmentation;
import org.scaledimaging.engine.view.BorrowedSource;
import org.scaledimaging.engine.view.PyramidDownsampling;
import org.scaledimaging.engine.view.UpsampledSource;

/** How operations are carried out: each wraps the image it is applied to. */
public final class Operations {
    private Operations() {}

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
                Execution part = here.withProgress(here.progress().part(from, (double) done / count));
                if (operation instanceof Operation.Process || operation instanceof Operation.TakeField) {
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
        return OperationKind.apply(image, operation, new OperationKind.Run(plugins, execution));
    }

    static ImageSource level(ImageSource image, int level) throws ParameterException {
        List<ImageSource> levels = image.levels();
        if (level < 0 || level >= levels.size()) {
            throw new ParameterException(
                    Setting.LEVEL, level, "0 to " + (levels.size() - 1) + ", the levels that the image has");
        }
        return BorrowedSource.level(image, level);
    }

    /** Recipes of earlier versions have factors for single axes that are beyond the axis' length: they meant the length. */
    static ImageSource downsample(ImageSource image, List<Integer> given) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        int[] factors = SpatialAxes.limited(SpatialAxes.wholeNumbers(Setting.FACTOR, given, metadata), metadata);
        return PyramidDownsampling.of(image, factors);
    }

    static ImageSource upsample(ImageSource image, List<Integer> given) throws ParameterException {
        int[] factors = SpatialAxes.wholeNumbers(Setting.FACTOR, given, image.metadata());
        long[] shape = image.metadata().shape();
        for (int d = 0; d < shape.length; d++) {
            shape[d] *= factors[d];
            checkLength(image.metadata().dimensions().get(d), shape[d]);
        }
        return UpsampledSource.of(image, shape);
    }

    static ImageSource upsampleTo(ImageSource image, List<Long> given) throws ParameterException {
        List<Long> wanted = SpatialAxes.each(Setting.SHAPE, given, image.metadata(), 0L);
        long[] shape = image.metadata().shape();
        for (int d = 0; d < shape.length; d++) {
            Dimension dimension = image.metadata().dimensions().get(d);
            if (dimension.axis().isSpatial()) {
                shape[d] = wanted.get(d);
                checkLength(dimension, shape[d]);
            }
        }
        return UpsampledSource.of(image, shape);
    }

    private static void checkLength(Dimension dimension, long length) throws ParameterException {
        if (length < dimension.length() || length > Integer.MAX_VALUE) {
            throw new ParameterException(
                    Setting.SHAPE + " along " + dimension.axis().symbol(),
                    length,
                    "the image's length there, " + dimension.length() + ", or more, up to " + Integer.MAX_VALUE);
        }
    }

    static ScaledProcessing.Result process(ImageSource image, Operation.Process process, OperationKind.Run run)
            throws IOException, ParameterException {
        int[] factors =
                process.downsampleFactor().stream().mapToInt(Integer::intValue).toArray();
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(factors);
        if (process.estimate().isPresent()) {
            options = options.withEstimateFile(process.estimate().get());
        }
        ScaledProcessingPlugin plugin =
                plugin(ScaledProcessingPlugin.class, process.plugin(), process.parameters(), run.plugins());
        boolean estimated = options.estimateFile().filter(Files::exists).isPresent();
        ScaledProcessing.Result result = ScaledProcessing.apply(image, plugin, options, run.execution());
        if (!estimated) { // only the estimate needs its images: they may be gone once it is kept
            ParameterImages.checkUnchanged(process.parameters());
        }
        return result;
    }

    /** The field of scaled processing as an image of its own, which closes the image it was estimated on. */
    static ImageSource field(ImageSource image, Operation.Process process, OperationKind.Run run)
            throws IOException, ParameterException {
        ScaledProcessing.Result result = process(image, process, run);
        return BorrowedSource.of(result.field(), result.image());
    }

    static ImageSource segment(ImageSource image, Operation.Segment segment, OperationKind.Run run)
            throws ParameterException {
        return Segmentation.segment(
                image,
                plugin(SegmentationPlugin.class, segment.plugin(), segment.parameters(), run.plugins()),
                () -> ParameterImages.checkUnchanged(segment.parameters()));
    }

    /** Recipes name plugins: one that was handed over as an instance is found only where it is installed as well. */
    private static <P extends Plugin> P plugin(
            Class<P> kind, String id, Map<String, Object> parameters, PluginRegistry plugins)
            throws ParameterException {
        if (!plugins.has(kind, id)) {
            throw new ParameterException(
                    "Recipe",
                    "the plugin " + id + ", which is not installed",
                    plugins.known(kind) + ", or a PluginProvider for " + id);
        }
        return plugins.create(kind, id, plugins.description(id).asRecipesMean(parameters));
    }
}
