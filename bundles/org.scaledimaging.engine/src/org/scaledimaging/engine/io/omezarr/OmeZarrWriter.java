package org.scaledimaging.engine.io.omezarr;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.image.TransposedSource;
import org.scaledimaging.engine.io.AtomicTarget;

/** Writes OME-Zarr images, 0.4 on Zarr 2 and 0.5 on Zarr 3, pyramid included, in one pass and bounded memory. */
public final class OmeZarrWriter {
    /** How much of the time goes into writing where what was written is read back. */
    private static final double WRITING_SHARE = 0.7;

    private OmeZarrWriter() {}

    /**
     * Writes an image. The target appears when it is complete, or not at all.
     *
     * <p>The specification wants time first, then channels, then space: other orders are written transposed; the spatial
     * axes keep their order.
     *
     * @param provenance where the image comes from, kept among our attributes; may be null
     * @throws ParameterException when an option does not fit the image
     * @throws org.scaledimaging.engine.io.TargetException when the target cannot be written
     */
    public static void write(
            ImageSource image, Path target, OmeZarrWriteOptions options, ObjectNode provenance, Execution execution)
            throws IOException, ParameterException {
        ImageSource ordered = TransposedSource.of(image, order(image.metadata()));
        PyramidPlan plan = PyramidPlan.of(ordered, options);
        try (AtomicTarget place = AtomicTarget.create(target, options.overwrite(), options.sources())) {
            Optional<OmeZarrVerification> verification = options.verify()
                    ? Optional.of(new OmeZarrVerification(new FileStore(place.working())))
                    : Optional.empty();
            ZarrStore store =
                    verification.map(OmeZarrVerification::store).orElseGet(() -> new FileStore(place.working()));
            List<String> paths = new ArrayList<>();
            for (int level = 0; level < plan.levels().size(); level++) {
                paths.add(Integer.toString(level));
            }
            Progress progress = execution.progress();
            Execution writing = options.verify() ? execution.withProgress(progress.part(0, WRITING_SHARE)) : execution;
            List<ZarrArrayWriter> writers = new ArrayList<>();
            try {
                for (int level = 0; level < paths.size(); level++) {
                    ZarrArray array = ZarrArray.create(store, paths.get(level), spec(plan, level, options));
                    writers.add(verification
                            .map(sums -> array.writer(sums.nextLevel()))
                            .orElseGet(array::writer));
                }
                PyramidPass.run(ordered, plan, writers, writing);
            } catch (IOException | RuntimeException | Error e) {
                writers.forEach(ZarrArrayWriter::abort);
                throw e;
            } finally {
                for (ZarrArrayWriter writer : writers) {
                    writer.close();
                }
            }
            // Last, so that what was not finished does not look like an image.
            OmeMetadata.write(store, options.version(), plan.levels(), paths, Optional.ofNullable(provenance));
            if (verification.isPresent()) {
                Execution reading = execution.withProgress(progress.part(WRITING_SHARE, 1));
                verification.get().run(place.working(), target, paths, reading);
            }
            place.commit(progress);
        }
    }

    /**
     * Says now what {@link #write} would say of the options.
     *
     * @param image of the shape, type and chunks of what is to be written
     * @throws ParameterException when an option does not fit the image
     */
    public static void check(ImageSource image, OmeZarrWriteOptions options) throws ParameterException {
        PyramidPlan.of(TransposedSource.of(image, order(image.metadata())), options);
    }

    private static int[] order(ImageMetadata metadata) {
        List<Integer> order = new ArrayList<>();
        for (Axis first : new Axis[] {Axis.T, Axis.C}) {
            if (metadata.indexOf(first) >= 0) {
                order.add(metadata.indexOf(first));
            }
        }
        for (int d = 0; d < metadata.dimensions().size(); d++) {
            if (metadata.dimensions().get(d).axis().isSpatial()) {
                order.add(d);
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
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
