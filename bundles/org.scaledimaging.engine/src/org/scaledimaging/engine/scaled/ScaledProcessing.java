package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.image.TransposedSource;

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
     */
    public record Result(ImageSource image, ImageSource field) {}

    private final ImageSource image;
    private final Optional<Description> description;
    private final KeptBlocks kept;
    private final ScaledProcessingPlugin plugin;
    private final ScaledProcessingOptions options;
    private final Execution execution;
    private final Volumes volumes;
    private final PixelType working;
    private final int[] factors;
    private final int[] chunkSize;

    private ScaledProcessing(
            ImageSource image,
            Optional<Description> description,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions options,
            Execution execution)
            throws ParameterException {
        this.image = image;
        this.description = description;
        this.kept = new KeptBlocks(image);
        this.plugin = plugin;
        this.options = options;
        this.execution = execution;
        this.volumes = Volumes.of(image.metadata());
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
        return apply(image, Optional.empty(), plugin, options, execution);
    }

    /**
     * As {@link #apply(ImageSource, ScaledProcessingPlugin, ScaledProcessingOptions, Execution)}, of an image that can be
     * opened in other processes.
     *
     * @param description of the image and of the plugin
     */
    public static Result apply(
            ImageSource image,
            Optional<Description> description,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions options,
            Execution execution)
            throws IOException, ParameterException {
        if (options.useTempZarr() && !execution.executor().sharesMemory()) {
            throw new ParameterException(
                    "Temporary OME-Zarr",
                    "the executor " + execution.executor().name(),
                    "the executor threads, or the field interpolated where it is needed");
        }
        int[] order = Volumes.spatialLast(image.metadata());
        ImageSource arranged = TransposedSource.of(image, order);
        Result result = new ScaledProcessing(arranged, description, plugin, options, execution).apply();
        int[] back = new int[order.length];
        for (int d = 0; d < order.length; d++) {
            back[order[d]] = d;
        }
        return new Result(TransposedSource.of(result.image(), back), result.field());
    }

    /**
     * Says now what {@link #apply} would say of the options.
     *
     * @throws ParameterException when an option does not fit an image like that
     */
    public static void check(ImageMetadata image, ScaledProcessingOptions options) throws ParameterException {
        factors(image, options.downsampleFactor());
        chunkSize(image, options.chunkSize());
    }

    /** What the field of an image like that will be, before it is estimated. */
    public static ImageMetadata fieldMetadata(ImageMetadata image, ScaledProcessingPlugin plugin) {
        List<Dimension> arranged = Arrays.stream(Volumes.spatialLast(image))
                .mapToObj(image.dimensions()::get)
                .toList();
        return FieldSource.metadata(
                image.withDimensions(arranged), image.pixelType().working(), plugin.fieldChannels());
    }

    private Result apply() throws IOException, ParameterException {
        double estimated = options.useTempZarr() ? 0.5 : 1;
        List<Block> lowResolution = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        ImageMetadata lowMetadata = estimate(
                lowResolution,
                fields,
                execution.withProgress(execution.progress().part(0, estimated)));

        int[] full = new int[factors.length];
        Arrays.fill(full, 1);
        FieldSource field = new FieldSource(image, working, fields, full);
        ImageSource read = field;
        if (options.useTempZarr()) {
            read = TemporaryField.write(
                    field,
                    chunkSize,
                    options,
                    execution.withProgress(execution.progress().part(estimated, 1)));
        }
        ProcessedSource processed = new ProcessedSource(image, Optional.of(kept), plugin, field, read, working);
        for (ImageSource level : image.levels().subList(1, image.levels().size())) {
            Pyramid.factors(image.metadata(), level.metadata())
                    .ifPresent(steps -> processed.addLevel(processed(level, fields, steps)));
        }
        LowResolutionSource low = new LowResolutionSource(lowMetadata, lowResolution);
        processed.addLevel(processed(low, fields, factors));
        return new Result(processed, field);
    }

    private ProcessedSource processed(ImageSource level, List<Field> fields, int[] steps) {
        FieldSource field = new FieldSource(level, working, fields, steps);
        return new ProcessedSource(level, Optional.empty(), plugin, field, field, working);
    }

    /** Fills in the low-resolution image and the field of each volume; returns the former's metadata. */
    private ImageMetadata estimate(List<Block> lowResolution, List<Field> fields, Execution estimating)
            throws IOException, ParameterException {
        LowResolutionLevel low = LowResolutionLevel.of(image, kept, factors);
        VolumesInMemory inMemory =
                new VolumesInMemory(low, chunkSize, Volumes.volumeMetadata(image.metadata()), description);
        if (options.estimateFile().filter(Files::exists).isPresent()) {
            kept.stopKeeping(); // nothing is read twice
            restore(options.estimateFile().get(), inMemory, lowResolution, fields);
            return low.metadata();
        }
        fields.addAll(plugin.lowResOfAll(inMemory, estimating));
        if (fields.size() != volumes.count()) {
            throw new IllegalStateException(fields.size() + " fields for " + volumes.count() + " volumes");
        }
        lowResolution.addAll(inMemory.all(estimating));
        kept.stopKeeping();
        if (options.estimateFile().isPresent()) {
            keep(options.estimateFile().get(), lowResolution, fields);
        }
        return low.metadata();
    }

    private void restore(Path file, VolumesInMemory inMemory, List<Block> lowResolution, List<Field> fields)
            throws IOException, ParameterException {
        EstimateFile.Estimate stored = EstimateFile.read(file);
        stored.origin().completed(plugin.description()).checkIs(EstimateOrigin.of(plugin, factors), file);
        for (EstimateFile.Volume each : stored.volumes()) {
            Block voxels = each.lowResolution();
            if (stored.volumes().size() != volumes.count()
                    || !voxels.interval().equals(inMemory.metadata().interval())
                    || voxels.pixelType() != working) {
                throw new ImageFormatException(
                        file,
                        "an estimate of another image",
                        "one of " + image.metadata().name() + " with this factor");
            }
            lowResolution.add(voxels);
            fields.add(plugin.field(inMemory.image(voxels), each.coefficients()));
        }
    }

    /** Fields that cannot be stored are estimated anew where they are needed again. */
    private void keep(Path file, List<Block> lowResolution, List<Field> fields) throws IOException {
        List<EstimateFile.Volume> stored = new ArrayList<>();
        for (int number = 0; number < fields.size(); number++) {
            List<Block> coefficients = fields.get(number).coefficients();
            if (coefficients.isEmpty()) {
                return;
            }
            stored.add(new EstimateFile.Volume(lowResolution.get(number), coefficients));
        }
        EstimateFile.write(file, new EstimateFile.Estimate(EstimateOrigin.of(plugin, factors), stored));
    }

    private static int[] factors(ImageMetadata metadata, List<Integer> given) throws ParameterException {
        return SpatialAxes.only(SpatialAxes.factors("Downsample factor", given, metadata), metadata);
    }

    private static int[] chunkSize(ImageMetadata metadata, List<Integer> given) throws ParameterException {
        return given.isEmpty()
                ? new int[0]
                : SpatialAxes.only(SpatialAxes.lengths("Chunk size", given, metadata), metadata);
    }
}
