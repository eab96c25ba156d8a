package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.ReadingPlan;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.view.BoundedCache;
import org.scaledimaging.engine.view.TransposedSource;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArraySpec;
import org.scaledimaging.engine.zarr.ZarrArrayWriter;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** Writes OME-Zarr images, 0.4 on Zarr 2 and 0.5 on Zarr 3, pyramid included, in one pass and bounded memory. */
public final class OmeZarrWriter {
    /** How much of the time goes into writing where what was written is read back. */
    private static final double WRITING_SHARE = 0.7;

    private OmeZarrWriter() {}

    /**
     * Writes an image. The target appears when it is complete, or not at all. It is a folder, or a zip file where its name
     * ends with {@code .zip} or {@code .ozx}.
     *
     * <p>The specification wants time first, then channels, then space: other orders are written transposed; the spatial
     * axes keep their order.
     *
     * @param provenance where the image comes from, kept among our attributes; may be null
     * @throws ParameterException when an option does not fit the image
     * @throws org.scaledimaging.engine.message.TargetException when the target cannot be written
     */
    public static void write(
            ImageSource image, Path target, OmeZarrWriteOptions options, ObjectNode provenance, Execution execution)
            throws IOException, ParameterException {
        write(image, Optional.empty(), target, options, provenance, execution);
    }

    /**
     * As {@link #write(ImageSource, Path, OmeZarrWriteOptions, ObjectNode, Execution)}, of an image that can be opened in
     * other processes.
     *
     * @param description of the image
     */
    public static void write(
            ImageSource image,
            Optional<Description> description,
            Path target,
            OmeZarrWriteOptions options,
            ObjectNode provenance,
            Execution execution)
            throws IOException, ParameterException {
        check(image, target, options);
        if (options.verify() && !execution.executor().sharesMemory()) {
            throw new ParameterException(
                    Setting.VERIFY,
                    "the executor " + execution.executor().name(),
                    "the executor threads, whose process knows what it wrote");
        }
        ImageSource ordered = TransposedSource.of(image, order(image.metadata()));
        OmeZarrWriteOptions resolved = options.withPyramid(options.pyramid().resolved(image.levels()));
        PyramidPlan plan = PyramidPlan.of(ordered, resolved);
        Optional<ObjectNode> recipe = Optional.ofNullable(provenance);
        try (AtomicTarget place = AtomicTarget.create(target, options.overwrite(), options.sources())) {
            Progress progress = execution.progress();
            Optional<OmeZarrVerification> verification =
                    options.verify() ? Optional.of(new OmeZarrVerification()) : Optional.empty();
            Execution writing = options.verify() ? execution.withProgress(progress.part(0, WRITING_SHARE)) : execution;
            ZipTarget.Content content = (folder, part) ->
                    write(ordered, description, plan, target, folder, options, recipe, verification, part);
            Unchanged.<Void, ParameterException>during(image, () -> {
                if (ZipTarget.isMeant(target)) {
                    new ZipTarget(target, place.working(), options).write(writing, content);
                } else {
                    content.write(place.working(), writing);
                }
                return null;
            });
            if (verification.isPresent()) {
                Execution reading = execution.withProgress(progress.part(WRITING_SHARE, 1));
                verification.get().run(OmeZarrReader.store(place.working()), target, paths(plan), reading);
            }
            place.commit(progress);
        }
    }

    private static void write(
            ImageSource image,
            Optional<Description> description,
            PyramidPlan plan,
            Path target,
            Path folder,
            OmeZarrWriteOptions options,
            Optional<ObjectNode> recipe,
            Optional<OmeZarrVerification> verification,
            Execution execution)
            throws IOException, ParameterException {
        FileStore files = new FileStore(folder);
        ZarrStore store = verification.isPresent() ? verification.get().recording(files) : files;
        List<ZarrArray> arrays = new ArrayList<>();
        for (int level = 0; level < plan.levels().size(); level++) {
            arrays.add(ZarrArray.create(store, paths(plan).get(level), spec(plan, level, options)));
        }
        if (execution.executor().sharesMemory()) {
            Path scratch = folder.resolveSibling(folder.getFileName() + ".waiting");
            writeInOnePass(image, plan, arrays, scratch, verification, execution);
        } else {
            PyramidStage.writeAll(image, plan, folder, description, execution);
        }
        // Last, so that what was not finished does not look like an image.
        Optional<JsonNode> omero = omero(plan, arrays.get(0), target, execution);
        OmeMetadata.write(store, options.version(), plan.levels(), paths(plan), omero, recipe);
    }

    /** Where display windows are missing, they come from what was written. */
    private static Optional<JsonNode> omero(PyramidPlan plan, ZarrArray array, Path target, Execution execution)
            throws IOException {
        ImageMetadata finest = plan.levels().get(0);
        ImageSource written = new ZarrSource(array, finest, BoundedCache.ofHeap());
        try {
            return OmeroJson.of(finest, channel -> DisplayWindow.of(written, channel, execution));
        } catch (ImageFormatException e) {
            throw new TargetException(target, "voxels that cannot be read back", "what was written", e);
        }
    }

    private static void writeInOnePass(
            ImageSource image,
            PyramidPlan plan,
            List<ZarrArray> arrays,
            Path scratch,
            Optional<OmeZarrVerification> verification,
            Execution execution)
            throws IOException, ParameterException {
        List<ZarrArrayWriter> writers = new ArrayList<>();
        for (ZarrArray array : arrays) {
            ScratchFile held = new ScratchFile(scratch.resolveSibling(scratch.getFileName() + "." + writers.size()));
            writers.add(array.writer(verification.map(OmeZarrVerification::nextLevel), held));
        }
        ReadingPlan.Memory memory = ReadingPlan.Memory.ofHeap(execution.threads());
        Interval all = image.metadata().interval();
        try (PyramidPass pass = new PyramidPass(image, plan, 0, all, writers, scratch, memory)) {
            execution.tell(Notice.detail("Writing: " + pass.reading() + "."));
            execution.executor().run(pass, execution, (block, result) -> {});
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            writers.forEach(ZarrArrayWriter::abort);
            throw e;
        } finally {
            for (ZarrArrayWriter writer : writers) {
                writer.close();
            }
        }
    }

    private static List<String> paths(PyramidPlan plan) {
        return IntStream.range(0, plan.levels().size())
                .mapToObj(Integer::toString)
                .toList();
    }

    /**
     * Says now what {@link #write} would say of the options.
     *
     * @param image of the shape, type and chunks of what is to be written
     * @throws ParameterException when an option does not fit the image or the target's name
     */
    public static void check(ImageSource image, Path target, OmeZarrWriteOptions options) throws ParameterException {
        checkTarget(target, options);
        options.compression().checkUsable();
        PyramidPlan.of(TransposedSource.of(image, order(image.metadata())), options);
    }

    /**
     * As {@link #check}, of what the target's name and the options tell.
     *
     * @throws ParameterException when they do not go together
     */
    public static void checkTarget(Path target, OmeZarrWriteOptions options) throws ParameterException {
        ZipTarget.check(target, options);
    }

    /** The order that the specification wants. */
    static AxisOrder order(ImageMetadata metadata) {
        List<Axis> first = List.of(Axis.T, Axis.C);
        return AxisOrder.sorting(
                metadata.dimensions(),
                Comparator.comparing(
                        dimension -> dimension.axis().isSpatial() ? first.size() : first.indexOf(dimension.axis())));
    }

    private static ZarrArraySpec spec(PyramidPlan plan, int level, OmeZarrWriteOptions options) {
        ImageMetadata metadata = plan.levels().get(level);
        boolean zarr3 = options.version().equals("0.5");
        ZarrArraySpec spec = ZarrArraySpec.of(zarr3 ? 3 : 2, metadata.pixelType(), metadata.shape(), plan.chunk())
                .uncompressed();
        var codec = options.compression().codec(metadata.pixelType());
        if (codec.isPresent()) {
            spec = spec.withCodec(codec.get());
        }
        if (plan.shard().isPresent()) {
            spec = spec.withShards(plan.shard().get());
        }
        return spec.withDimensionNames(Arrays.asList(metadata.axes().split("")));
    }
}
