package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scaledimaging.engine.align.AppliedWithin;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.field.FieldSource;
import org.scaledimaging.engine.scaled.lowres.EstimateMemory;
import org.scaledimaging.engine.scaled.lowres.LowResolutionLevel;
import org.scaledimaging.engine.scaled.lowres.LowResolutionSource;
import org.scaledimaging.engine.scaled.lowres.StoredVolumes;
import org.scaledimaging.engine.spill.BlockStore;
import org.scaledimaging.engine.view.Pyramid;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * The pipeline: estimates a plugin's field on the low-resolution image and gives the image with the plugin applied, to be
 * computed block by block as it is read.
 *
 * <p>The low-resolution image comes from the coarsest pyramid level that will do, or from one streaming pass over the
 * image. The result has the low-resolution image among its levels, processed like the rest: a chain of corrections with
 * the same factor therefore needs one such pass, not one each.
 */
public final class ScaledProcessing {

    /**
     * @param image the image with the plugin applied: float32, or float64 where the pixel type needs it; closing it
     *     closes the image it was made from and removes the temporary OME-Zarr
     * @param field the field at full resolution; a field of several channels makes the channel axis so many times as
     *     long
     * @param before the image that was processed, with the low-resolution image among its levels; good until {@code image} is
     *     closed
     * @param told what was told of the estimate; nothing where it was kept and is not made anew
     */
    public record Result(ImageSource image, ImageSource field, ImageSource before, List<Notice> told) {
        public Result {
            told = List.copyOf(told);
        }
    }

    private final ImageSource image;
    private final Optional<Description> description;
    private final KeptBlocks kept;
    private final ScaledProcessingPlugin plugin;
    private final ScaledProcessingOptions options;
    private final ImageOpener opener;
    private final Execution execution;
    private final PixelType working;
    private final int[] factors;
    private final int[] chunkSize;

    private ScaledProcessing(
            ImageSource image,
            Optional<Description> description,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions options,
            ImageOpener opener,
            Execution execution)
            throws ParameterException {
        this.image = image;
        this.description = description;
        this.kept = new KeptBlocks(image);
        this.plugin = plugin;
        this.options = options;
        this.opener = opener;
        this.execution = execution.tellingOnce();
        this.working = image.metadata().pixelType().working();
        this.factors = factors(image.metadata(), options.downsampleFactor());
        this.chunkSize = chunkSize(image.metadata(), options.chunkSize());
    }

    /**
     * Runs the low-resolution step for every channel and time point.
     *
     * @throws ParameterException when an option does not fit the image, or the plugin cannot work with it
     * @throws IOException when the image cannot be read or the temporary OME-Zarr not be written
     */
    public static Result apply(
            ImageSource image, ScaledProcessingPlugin plugin, ScaledProcessingOptions options, Execution execution)
            throws IOException, ParameterException {
        return apply(image, Optional.empty(), plugin, options, ImageOpener.NONE, execution);
    }

    /**
     * As {@link #apply(ImageSource, ScaledProcessingPlugin, ScaledProcessingOptions, Execution)}, of an image that can be
     * opened in other processes.
     *
     * @param description of the image and of the plugin
     * @param opener opens the images that the options name
     */
    public static Result apply(
            ImageSource image,
            Optional<Description> description,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions given,
            ImageOpener opener,
            Execution execution)
            throws IOException, ParameterException {
        if (given.onChannels().isPresent()) {
            return OnChannels.apply(image, description, plugin, given, opener, execution);
        }
        boolean estimated = given.estimateFile().filter(Files::exists).isPresent();
        ScaledProcessingOptions options =
                estimated ? given.resolved(image.metadata()) : resolved(image.metadata(), given, opener, execution);
        if (options.useTempZarr() && !execution.executor().sharesMemory()) {
            throw new ParameterException(
                    Setting.TEMPORARY_OME_ZARR,
                    "the executor " + execution.executor().name(),
                    "the executor threads, or the field interpolated where it is needed");
        }
        if (!estimated) {
            check(image.metadata(), List.of(plugin), options, execution);
        }
        AxisOrder order = Volumes.spatialLast(image.metadata());
        ImageSource arranged = TransposedSource.of(image, order);
        Result result = new ScaledProcessing(arranged, description, plugin, options, opener, execution).apply();
        return new Result(
                TransposedSource.of(result.image(), order.inverse()),
                result.field(),
                TransposedSource.of(result.before(), order.inverse()),
                result.told());
    }

    /**
     * The options with what an image settles: factors for a voxel size, time points for a bval file, which volumes share
     * an estimate.
     *
     * @param opener opens the images that the options name
     * @throws ParameterException when the options do not fit the image
     */
    public static ScaledProcessingOptions resolved(
            ImageMetadata image, ScaledProcessingOptions options, ImageOpener opener, Execution execution)
            throws IOException, ParameterException {
        ScaledProcessingOptions resolved = options.resolved(image, opener, execution);
        if (!options.downsampleTo().isEmpty()) {
            String factor =
                    resolved.downsampleFactor().stream().map(String::valueOf).collect(Collectors.joining(","));
            execution.tell(Notice.information(Setting.DOWNSAMPLE_TO + " " + options.downsampleTo() + ": "
                    + Setting.DOWNSAMPLE_FACTOR + " " + factor + "."));
        }
        return resolved;
    }

    /**
     * Says now what {@link #apply} would say of the options: also that the low-resolution image is too large for the
     * memory that there is, which takes no look at the image.
     *
     * @param chain one plugin, or several that are to be applied one to another's result
     * @param execution as it will be
     * @throws ParameterException when an option does not fit an image like that
     */
    public static void check(
            ImageMetadata image, List<ScaledProcessingPlugin> chain, ScaledProcessingOptions given, Execution execution)
            throws ParameterException {
        ScaledProcessingOptions options = given.resolved(image);
        checkChannels(image, options);
        for (ScaledProcessingPlugin plugin : chain) {
            FieldEstimation.checkMask(plugin, options);
        }
        factors(image, options.downsampleFactor());
        chunkSize(image, options.chunkSize());
        EstimateMemory.of(image, chain, execution.memory(), execution.executor())
                .check(options.downsampleFactor());
    }

    /**
     * Says now what {@link #apply} would say of the channels that are named.
     *
     * @throws ParameterException when the image does not have one
     */
    public static void checkChannels(ImageMetadata image, ScaledProcessingOptions options) throws ParameterException {
        if (options.onChannels().isPresent()) {
            OnChannels.channels(options, image);
        }
    }

    /** What the field of an image like that will be, before it is estimated. */
    public static ImageMetadata fieldMetadata(ImageMetadata image, ScaledProcessingPlugin plugin) {
        List<Dimension> arranged = Volumes.spatialLast(image).apply(image.dimensions());
        return FieldSource.metadata(
                image.withDimensions(arranged), image.pixelType().working(), plugin.fieldChannels());
    }

    private Result apply() throws IOException, ParameterException {
        BlockStore store = new BlockStore(execution.memory());
        Optional<AppliedWithin> within = Optional.empty();
        try {
            if (options.applyMask().isPresent()) { // before the estimate: it may be refused
                within = Optional.of(within(options.applyMask().get()));
            }
            return apply(store, within);
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            store.close();
            if (within.isPresent()) {
                within.get().close();
            }
            throw e;
        }
    }

    private AppliedWithin within(String mask) throws IOException, ParameterException {
        ImageSource given = opener.open(mask, execution);
        try {
            String name = ImageOpener.name(mask, given.metadata());
            return AppliedWithin.of(Setting.APPLY_MASK.toString(), name, given, image.metadata(), execution);
        } catch (ParameterException | RuntimeException e) {
            given.close();
            throw e;
        }
    }

    private Result apply(BlockStore store, Optional<AppliedWithin> within) throws IOException, ParameterException {
        double estimated = options.useTempZarr() ? 0.5 : 1;
        LowResolutionLevel low = LowResolutionLevel.of(image, kept, factors);
        StoredVolumes stored =
                new StoredVolumes(low, chunkSize, Volumes.volumeMetadata(image.metadata()), description, store);
        EstimateMemory memory =
                EstimateMemory.of(image.metadata(), List.of(plugin), execution.memory(), execution.executor());
        int atOnce = memory.volumesAtOnce(options.downsampleFactor(), Math.min(stored.count(), execution.threads()));
        stored.takesAtOnce(atOnce);
        stored.needs(memory.plan(options.downsampleFactor(), atOnce));
        stored.readingTakes(Effort.of(image, plugin, low).readingOfEstimate());
        FieldEstimation estimation = new FieldEstimation(image, kept, plugin, options, factors, stored, store);
        List<Field> fields = estimation.fields(low.metadata(), opener, execution.part(0, estimated));
        List<Notice> told = estimation.told();
        told.forEach(execution::tell);

        int[] full = new int[factors.length];
        Arrays.fill(full, 1);
        FieldSource field = new FieldSource(image, working, plugin, fields, full);
        ImageSource read = field;
        if (options.useTempZarr()) {
            read = TemporaryField.write(field, chunkSize, options, execution.part(estimated, 1));
        }
        ProcessedSource processed = new ProcessedSource(image, Optional.of(kept), plugin, within, field, read, working);
        within.ifPresent(processed::owns);
        LowResolutionSource lowResolution = new LowResolutionSource(low.metadata(), stored.all(execution));
        processed.addLevel(processed(lowResolution, fields, factors, within));
        for (ImageSource level : image.levels().subList(1, image.levels().size())) {
            Pyramid.factors(image.metadata(), level.metadata())
                    .filter(steps -> Pyramid.isPlaced(image.metadata(), level.metadata(), steps))
                    .ifPresent(steps -> processed.addLevel(processed(level, fields, steps, within)));
        }
        processed.owns(store);
        return new Result(processed, field, new EstimatedSource(image, lowResolution), told);
    }

    private ProcessedSource processed(
            ImageSource level, List<Field> fields, int[] steps, Optional<AppliedWithin> within) {
        FieldSource field = new FieldSource(level, working, plugin, fields, steps);
        return new ProcessedSource(
                level,
                Optional.empty(),
                plugin,
                within.map(mask -> mask.on(level.metadata(), steps)),
                field,
                field,
                working);
    }

    static int[] factors(ImageMetadata metadata, List<Integer> given) throws ParameterException {
        return SpatialAxes.only(SpatialAxes.factors(Setting.DOWNSAMPLE_FACTOR, given, metadata), metadata);
    }

    static int[] chunkSize(ImageMetadata metadata, List<Integer> given) throws ParameterException {
        return given.isEmpty()
                ? new int[0]
                : SpatialAxes.only(SpatialAxes.lengths(Setting.CHUNK_SIZE, given, metadata), metadata);
    }
}
