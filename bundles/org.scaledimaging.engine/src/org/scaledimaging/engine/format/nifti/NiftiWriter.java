package org.scaledimaging.engine.format.nifti;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.nifti.header.HeaderForImage;
import org.scaledimaging.engine.format.nifti.header.RecipeExtension;
import org.scaledimaging.engine.format.raw.write.RawWriter;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.target.Durability;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Writes an image as a single NIfTI file, {@code .nii} or {@code .nii.gz} by the target's name, in the image's own pixel
 * type. NIfTI-1 unless an axis is longer than 32767, then NIfTI-2; little-endian; x varies fastest, then y, z, t, c.
 */
public final class NiftiWriter {
    private static final ObjectMapper ASCII =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private NiftiWriter() {}

    /**
     * Writes an image of any size: each thread holds a block at a time, and compressing holds a slab of at most an
     * eighth of the heap. The file appears when it is complete.
     *
     * @throws TargetException when the target cannot be written, exists, or is named otherwise
     * @throws java.util.concurrent.CancellationException when the execution's progress says so
     */
    public static void write(ImageSource image, Path target, NiftiWriteOptions options, Execution execution)
            throws IOException {
        write(image, target, options, Optional.empty(), execution);
    }

    /**
     * As {@link #write(ImageSource, Path, NiftiWriteOptions, Execution)}.
     *
     * @param origin the recipe to store along, between header and voxels and in a sidecar; nothing for an image of which
     *     that is not known
     */
    public static void write(
            ImageSource image, Path target, NiftiWriteOptions options, Optional<Origin> origin, Execution execution)
            throws IOException {
        String name = target.toAbsolutePath().normalize().toString().toLowerCase(Locale.ROOT);
        boolean compressed = name.endsWith(".nii.gz");
        if (!compressed && !name.endsWith(".nii")) {
            throw new TargetException(target, "a name of another format", "one that ends in .nii or .nii.gz");
        }
        if (origin.isPresent()) {
            checkSidecar(target, options);
        }
        ImageSource ordered = inFileOrder(image);
        ByteBuffer header = HeaderForImage.encode(
                ordered.metadata(), options.keepUnit(), origin.flatMap(known -> recipe(known.recipe(), execution)));
        WrittenHeader.tell(ordered.metadata(), options.keepUnit(), execution);
        OptionalInt level = compressed ? OptionalInt.of(options.compressionLevel()) : OptionalInt.empty();
        Progress progress = execution.progress();
        try (AtomicTarget atomic = AtomicTarget.create(target, options.overwrite(), options.sources())) {
            RawWriter.write(ordered, header, level, options.verify(), atomic.working(), target, execution);
            progress.checkCancelled();
            if (origin.isEmpty() || options.noSidecar()) {
                atomic.commit(progress);
                Sidecar.dropStale(target, execution);
            } else {
                commit(atomic, target, options, origin.get(), execution);
            }
        }
    }

    /**
     * A sidecar comes before its image, so that a new image has its sidecar, whenever a process is killed. Of an image that
     * is replaced it goes first, and comes last: none stands beside another image than its own.
     */
    private static void commit(
            AtomicTarget atomic, Path target, NiftiWriteOptions options, Origin origin, Execution execution)
            throws IOException {
        Durability.force(atomic.working(), execution.progress()); // or else there are seconds between the two
        try (Sidecar sidecar = Sidecar.write(target, options.overwrite(), options.sources(), origin, execution)) {
            boolean replaces = Files.exists(target);
            if (replaces) {
                sidecar.withdrawEarlier();
            } else {
                sidecar.commit();
            }
            try {
                atomic.commit(execution.progress());
            } catch (IOException | RuntimeException | Error e) {
                sidecar.takeBack();
                throw e;
            }
            if (replaces) {
                sidecar.commit();
            }
        }
    }

    /**
     * Says now what {@link #write} would say of the sidecar; touches nothing.
     *
     * @throws TargetException when there is a file in its place that may not be replaced
     */
    public static void checkSidecar(Path target, NiftiWriteOptions options) throws IOException {
        if (!options.noSidecar()) {
            Sidecar.check(target, options.overwrite(), options.sources());
        }
    }

    /**
     * How {@link #write} would read the image, where the file is not compressed; compressing takes a slab besides.
     *
     * @throws IOException when NIfTI cannot hold an image like that
     */
    public static ReadingPlan reading(ImageSource image, int threads) throws IOException {
        ImageSource ordered = inFileOrder(image);
        HeaderForImage.of(ordered.metadata(), false);
        return RawWriter.reading(ordered, threads);
    }

    private static Optional<String> recipe(ObjectNode recipe, Execution execution) {
        String text;
        try {
            text = ASCII.writeValueAsString(Map.of(RecipeExtension.KEY, recipe));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        if (!RecipeExtension.fits(text)) {
            execution.tell(Notice.warning("The recipe is too long to be stored in a NIfTI file (" + text.length()
                    + " bytes) and is left out."));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private static ImageSource inFileOrder(ImageSource image) {
        AxisOrder slowestFirst = AxisOrder.sorting(
                image.metadata().dimensions(),
                Comparator.comparing(dimension -> -HeaderForImage.filePosition(image.metadata(), dimension.axis())));
        return TransposedSource.of(image, slowestFirst);
    }
}
