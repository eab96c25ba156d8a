package org.scaledimaging.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Executor;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.format.open.ImageFormats;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.GreyLevels;
import org.scaledimaging.engine.operation.Operation;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.operation.SegmentByPlugin;
import org.scaledimaging.engine.operation.recipe.ParameterImages;
import org.scaledimaging.engine.operation.recipe.Passes;
import org.scaledimaging.engine.operation.recipe.Recipe;
import org.scaledimaging.engine.operation.recipe.Recipes;
import org.scaledimaging.engine.operation.recipe.SourceReference;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.segmentation.Segmentation;

/**
 * An image, and how it came about: what there is behind {@link Image}. Immutable.
 *
 * @param field of the scaled processing that gave the image
 * @param before what that was applied to
 * @param recipe nothing for an image that was made in memory
 * @param opened when what it is made from was opened
 * @param levels what became of its values
 * @param job in which it was opened
 */
record Derivation(
        ImageSource source,
        Optional<ImageSource> field,
        Optional<ImageSource> before,
        Optional<Recipe> recipe,
        Instant opened,
        GreyLevels levels,
        JobScope job) {

    static Derivation of(ImageSource source) {
        return made(source, Optional.empty(), Instant.now(), GreyLevels.of(source));
    }

    static Derivation open(ImageLocation location) throws IOException {
        try (JobScope.Working working = JobScope.current().begin()) {
            return opened(location);
        }
    }

    private static Derivation opened(ImageLocation location) throws IOException {
        Instant opened = Instant.now();
        ImageSource source = ImageFormats.open(location, opened);
        try {
            Recipe recipe = new Recipe(SourceReference.of(location), List.of());
            if (location.path().isPresent()) {
                source.checkUnchanged(); // or else the recipe may be of another image
            }
            return made(source, Optional.of(recipe), opened, GreyLevels.of(source));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    static Derivation open(Recipe recipe, Execution execution) throws IOException, ParameterException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled);
                JobScope.Working working = JobScope.current().begin()) {
            Instant opened = Instant.now();
            Recipes.Opened image = Recipes.openAll(recipe, opened, PluginRegistry.installed(), execution);
            return made(image.image(), Optional.of(recipe), opened, image.levels());
        }
    }

    Recipe known() {
        return recipe.orElseThrow(() -> new IllegalStateException("an image made in memory has no recipe"));
    }

    Optional<Derivation> ofField() {
        return field.map(values -> made(values, recipe.map(Recipe::ofField), opened, GreyLevels.of(values)));
    }

    Optional<Derivation> ofBefore() {
        return before.map(image -> made(image, Optional.empty(), opened, GreyLevels.of(image)));
    }

    /** An image that is not what scaled processing gave. */
    private static Derivation made(ImageSource source, Optional<Recipe> recipe, Instant opened, GreyLevels levels) {
        return new Derivation(source, Optional.empty(), Optional.empty(), recipe, opened, levels, JobScope.current());
    }

    /** What an operation makes of it that runs no plugin and opens no image. */
    Derivation apply(Operation operation) throws ParameterException {
        try {
            return apply(operation, Execution.standard());
        } catch (IOException e) {
            throw new IllegalStateException("no voxel is read for " + operation, e);
        }
    }

    /** What an operation makes of it that runs no plugin. */
    Derivation apply(Operation operation, Execution execution) throws IOException, ParameterException {
        operation.check();
        operation.check(source.metadata());
        Operation pinned = ParameterImages.pinned(operation);
        ImageSource result = pinned == operation
                ? operation.on(source, Operation.Run.withoutPlugins())
                : Recipes.apply(source, pinned, PluginRegistry.installed(), execution);
        return then(pinned, result, Optional.empty(), Optional.empty());
    }

    /**
     * What operations make of it, one after the other, plugins and all.
     *
     * @param execution its progress is that of all estimates
     */
    Derivation applyAll(List<Operation> operations, Execution execution) throws IOException, ParameterException {
        Derivation result = this;
        int done = 0;
        for (Operation operation : operations) {
            double from = (double) done++ / operations.size();
            Execution part = execution.part(from, (double) done / operations.size());
            result = result.applyAny(operation, part);
        }
        return result;
    }

    /** The recipe that {@link #applyAll} gives, but for what is kept and told of estimates; nothing is estimated. */
    Recipe expected(List<Operation> operations) throws IOException, ParameterException {
        Derivation at = this;
        Recipe expected = known();
        for (Operation operation : operations) {
            if (operation.process().isPresent()) {
                expected = expected.then(
                        operation.withProcess(at.asked(operation.process().get(), Execution.standard())));
            } else if (operation.plugin().isPresent()) {
                expected = expected.then(operation);
            } else {
                at = at.apply(operation, Execution.standard());
                expected = expected.then(ParameterImages.pinned(operation));
            }
        }
        return expected;
    }

    private ProcessByPlugin asked(ProcessByPlugin process, Execution execution) throws IOException, ParameterException {
        PluginRegistry plugins = PluginRegistry.installed();
        ScaledProcessingPlugin plugin = plugins.create(
                ScaledProcessingPlugin.class,
                process.id(),
                plugins.description(process.id()).asRecipesMean(process.parameters()));
        ScaledProcessingOptions options = process.options();
        return asked(plugin, ParameterImages.pinned(options), settled(options, execution));
    }

    private ScaledProcessingOptions settled(ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        return ScaledProcessing.resolved(source.metadata(), options, ParameterImages::open, execution);
    }

    /**
     * @param pinned the options with recipes of the images that they name
     * @param settled the options with what the image settles
     */
    private ProcessByPlugin asked(
            ScaledProcessingPlugin plugin, ScaledProcessingOptions pinned, ScaledProcessingOptions settled)
            throws IOException, ParameterException {
        return new ProcessByPlugin(
                        plugin.description().id(), ParameterImages.pinned(plugin), settled.downsampleFactor())
                .withDownsampleTo(pinned.downsampleTo())
                .withFrom(pinned.resolved(source.metadata())
                        .withShare(settled.share())
                        .estimate());
    }

    private Derivation applyAny(Operation operation, Execution execution) throws IOException, ParameterException {
        if (operation.plugin().isEmpty()) {
            return apply(operation, execution);
        }
        PluginRegistry plugins = PluginRegistry.installed();
        String id = operation.plugin().get();
        Map<String, Object> parameters = plugins.description(id).asRecipesMean(operation.parameters());
        if (operation.process().isEmpty()) {
            return segment(plugins.create(SegmentationPlugin.class, id, parameters));
        }
        ProcessByPlugin process = operation.process().get();
        Derivation processed =
                process(plugins.create(ScaledProcessingPlugin.class, id, parameters), process.options(), execution);
        return operation == process ? processed : processed.ofField().orElseThrow();
    }

    Derivation segment(SegmentationPlugin plugin) throws IOException, ParameterException {
        Operation operation = new SegmentByPlugin(plugin.description().id(), ParameterImages.pinned(plugin));
        ImageSource labels =
                Segmentation.segment(source, plugin, () -> ParameterImages.checkUnchanged(operation.parameters()));
        return then(operation, labels, Optional.empty(), Optional.empty());
    }

    Derivation process(ScaledProcessingPlugin plugin, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        try (Cancelling cancelling = Cancelling.by(execution.progress()::isCancelled)) {
            boolean alone = execution.executor().sharesMemory();
            ScaledProcessingOptions pinned = ParameterImages.pinned(options);
            ScaledProcessingOptions settled = settled(options, execution);
            ProcessByPlugin asked = asked(plugin, pinned, settled);
            ScaledProcessingOptions here = alone ? settled : keptForOthers(settled, execution.executor());
            Optional<Description> description = alone || recipe.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Passes.describe(recipe.get(), opened, asked));
            ScaledProcessing.Result result = ScaledProcessing.apply(
                    source, description, plugin, here, ParameterImages::open, prepared(execution));
            ParameterImages.checkUnchanged(asked.images());
            Operation operation = asked.withEstimate(here.estimateFile().filter(Files::exists))
                    .withTold(result.told().stream()
                            .filter(notice -> notice.kind() != Notice.Kind.DETAIL
                                    || !notice.values().isEmpty())
                            .toList());
            return then(operation, result.image(), Optional.of(result.field()), Optional.of(result.before()));
        }
    }

    private Derivation then(
            Operation operation, ImageSource result, Optional<ImageSource> itsField, Optional<ImageSource> itsBefore)
            throws IOException, ParameterException {
        return new Derivation(
                result,
                itsField,
                itsBefore,
                recipe.map(before -> before.then(operation)),
                opened,
                levels.then(operation, source, result),
                job);
    }

    /** Does what was put off, where this process reads voxels; others do it for themselves. */
    Execution prepared(Execution execution) throws IOException {
        return execution.executor().sharesMemory() ? Preparation.prepared(source, execution) : execution;
    }

    /** Other processes get estimates as files. */
    private static ScaledProcessingOptions keptForOthers(ScaledProcessingOptions options, Executor executor) {
        Path folder = executor.folder().orElseThrow();
        return options.estimateFile().isPresent()
                ? options
                : options.withEstimateFile(folder.resolve(UUID.randomUUID() + ".estimate"));
    }
}
