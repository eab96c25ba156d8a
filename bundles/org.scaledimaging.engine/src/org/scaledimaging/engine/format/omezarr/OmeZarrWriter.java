package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.ReadingPlan;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.attributes.OwnAttributes;
import org.scaledimaging.engine.format.pyramid.ChunkSink;
import org.scaledimaging.engine.format.pyramid.PyramidPass;
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
        OmeZarrLayout layout = OmeZarrLayout.of(image, options);
        ObjectNode own = JsonNodeFactory.instance.objectNode();
        if (provenance != null) {
            own.set(OwnAttributes.RECIPE, provenance);
        }
        try (AtomicTarget place = AtomicTarget.create(target, options.overwrite(), options.sources())) {
            Progress progress = execution.progress();
            Optional<OmeZarrVerification> verification =
                    options.verify() ? Optional.of(new OmeZarrVerification()) : Optional.empty();
            Execution writing = options.verify() ? execution.withProgress(progress.part(0, WRITING_SHARE)) : execution;
            ZipTarget.Content content =
                    (folder, part) -> write(layout, description, target, folder, own, verification, part);
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
                verification.get().run(OmeZarrReader.store(place.working()), target, layout.paths(), reading);
            }
            place.commit(progress);
        }
    }

    private static void write(
            OmeZarrLayout layout,
            Optional<Description> description,
            Path target,
            Path folder,
            ObjectNode own,
            Optional<OmeZarrVerification> verification,
            Execution execution)
            throws IOException, ParameterException {
        FileStore files = new FileStore(folder);
        ZarrStore store = verification.isPresent() ? verification.get().recording(files) : files;
        List<ZarrArray> arrays = layout.createArrays(store);
        if (execution.executor().sharesMemory()) {
            Path scratch = folder.resolveSibling(folder.getFileName() + ".waiting");
            writeInOnePass(layout.image(), layout.plan(), arrays, scratch, verification, execution);
        } else {
            PyramidStage.writeAll(layout.image(), layout.plan(), folder, description, execution);
        }
        // Last, so that what was not finished does not look like an image.
        ImageSource written = new ZarrSource(arrays.get(0), layout.levels().get(0), BoundedCache.ofHeap());
        try {
            layout.createGroup(store, written, own, execution);
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
        try (PyramidPass pass = new PyramidPass(image, plan.pyramid(), 0, all, sinks(writers), scratch, memory)) {
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

    static List<ChunkSink> sinks(List<ZarrArrayWriter> writers) {
        return writers.stream().map(writer -> (ChunkSink) writer::write).toList();
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
     * How {@link #write} would read the image.
     *
     * @throws ParameterException when an option does not fit the image
     */
    public static ReadingPlan reading(ImageSource image, OmeZarrWriteOptions options, int threads)
            throws ParameterException {
        OmeZarrLayout layout = OmeZarrLayout.of(image, options);
        Interval all = layout.image().metadata().interval();
        ReadingPlan.Memory memory = ReadingPlan.Memory.ofHeap(threads);
        return PyramidPass.reading(
                layout.image(), layout.plan().pyramid(), 0, all, layout.levels().size(), memory);
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
}
