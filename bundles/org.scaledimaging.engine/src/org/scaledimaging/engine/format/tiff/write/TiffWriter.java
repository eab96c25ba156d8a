package org.scaledimaging.engine.format.tiff.write;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.TiffWriteOptions;
import org.scaledimaging.engine.format.pyramid.ChunkSink;
import org.scaledimaging.engine.format.pyramid.PyramidLevels;
import org.scaledimaging.engine.format.pyramid.PyramidPass;
import org.scaledimaging.engine.format.raw.write.RawWriter;
import org.scaledimaging.engine.format.tiff.TiffAttributes;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ForeignAttributes;
import org.scaledimaging.engine.image.HeaderFields;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.target.AtomicTarget;

/**
 * Writes OME-TIFF: one file, little-endian, a page for each plane, coarser levels (block means along y and x; of labels the
 * most frequent) in its SubIFDs, all in tiles. In one pass over the image and bounded memory; BigTIFF where the file could
 * pass 4 GiB. The bytes depend on the image alone.
 */
public final class TiffWriter {
    private static final List<Axis> ORDER = List.of(Axis.T, Axis.C, Axis.Z, Axis.Y, Axis.X);
    private static final List<Axis> RGB_ORDER = List.of(Axis.T, Axis.Z, Axis.Y, Axis.X, Axis.C);
    private static final int USUAL_TILE = 512;

    /** How much of the time goes into writing where what was written is read back. */
    private static final double WRITING_SHARE = 0.7;

    private TiffWriter() {}

    /**
     * Writes an image; the file appears when it is complete.
     *
     * @param recipe kept in an annotation
     * @throws ParameterException when an option does not fit the image, or OME-TIFF has no such pixel type
     * @throws org.scaledimaging.engine.message.TargetException when the target cannot be written or exists
     */
    public static void write(
            ImageSource image, Path target, TiffWriteOptions options, Optional<ObjectNode> recipe, Execution execution)
            throws IOException, ParameterException {
        write(image, target, options, false, recipe, execution);
    }

    /** @param asBig whether it is a BigTIFF file also where that is not needed */
    static void write(
            ImageSource image,
            Path target,
            TiffWriteOptions options,
            boolean asBig,
            Optional<ObjectNode> recipe,
            Execution execution)
            throws IOException, ParameterException {
        check(image, options);
        ImageSource ordered = inOrder(image);
        String description =
                OmeXmlText.of(ordered.metadata(), TiffAttributes.write(ordered.metadata(), recipe, options));
        TiffLayout layout = new TiffLayout(ordered, levels(ordered.metadata(), options), options, description, asBig);
        tell(ordered.metadata(), execution);
        options.compression()
                .loss(ordered.metadata().pixelType())
                .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
        Optional<TiffVerification> verification =
                options.verify() ? Optional.of(new TiffVerification()) : Optional.empty();
        Progress progress = execution.progress();
        Execution writing = options.verify() ? execution.part(0, WRITING_SHARE) : execution;
        try (AtomicTarget place = AtomicTarget.create(target, options.overwrite(), options.sources())) {
            Unchanged.<Void, ParameterException>during(ordered, () -> {
                write(ordered, layout, options, place.working(), verification, writing);
                return null;
            });
            if (verification.isPresent()) {
                Execution reading = execution.part(WRITING_SHARE, 1);
                verification.get().run(place.working(), layout, target, reading);
            }
            progress.checkCancelled();
            place.commit(progress);
        }
    }

    private static void write(
            ImageSource image,
            TiffLayout layout,
            TiffWriteOptions options,
            Path working,
            Optional<TiffVerification> verification,
            Execution execution)
            throws IOException, ParameterException {
        Path scratch = working.resolveSibling(working.getFileName() + ".waiting");
        ScratchFile early = new ScratchFile(scratch.resolveSibling(scratch.getFileName() + ".0"));
        try (FileChannel file = FileChannel.open(working, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                TileWriter tiles = new TileWriter(layout, file, early, verification.map(TiffVerification::places))) {
            layout.write(file, execution.progress()::checkCancelled);
            List<ChunkSink> sinks = new ArrayList<>();
            for (int level = 0; level < layout.pyramid().levels().size(); level++) {
                sinks.add(tiles.sink(level, verification.map(TiffVerification::nextLevel)));
            }
            Interval all = image.metadata().interval();
            ReadingPlan.Memory memory = ReadingPlan.Memory.ofHeap(execution.threads());
            try (PyramidPass pass = new PyramidPass(
                    image,
                    layout.pyramid(),
                    0,
                    all,
                    sinks,
                    options.compression().rounding(),
                    scratch,
                    memory)) {
                execution.tell(Notice.detail("Writing: " + pass.reading() + "."));
                execution.executor().run(pass, execution, (block, result) -> {});
            }
            tiles.finish();
        }
    }

    private static void tell(ImageMetadata image, Execution execution) {
        image.attributes()
                .flatMap(ForeignAttributes::lost)
                .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
        image.header()
                .flatMap(HeaderFields::notice)
                .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
        if (image.frame().isPresent()) {
            execution.tell(
                    Notice.information("OME-TIFF has no field for where an image lies in the world: its orientation is"
                            + " kept in an annotation, which other programs pass over."));
        }
    }

    /**
     * Says now what {@link #write} would say of the options.
     *
     * @param image of the shape and type of what is to be written
     * @throws ParameterException when an option does not fit the image, or OME-TIFF has no such pixel type
     */
    public static void check(ImageSource image, TiffWriteOptions options) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        if (OmeXmlText.type(metadata.pixelType()).isEmpty()) {
            throw new ParameterException(
                    Setting.OUTPUT_TYPE,
                    metadata.pixelType().label() + " for an OME-TIFF",
                    "an integer of at most 32 bits, float32 or float64, which are all that the format has");
        }
        options.compression().check(metadata.pixelType());
        ImageMetadata ordered = inOrder(image).metadata();
        PyramidLevels pyramid = levels(ordered, options);
        long[] cells = pyramid.chunks(0).cells();
        long planes = pyramid.chunks(0).count() / (cells[ordered.indexOf(Axis.Y)] * cells[ordered.indexOf(Axis.X)]);
        if (planes > Integer.MAX_VALUE) {
            throw new ParameterException("OME-TIFF", planes + " planes", "at most " + Integer.MAX_VALUE);
        }
    }

    /** How {@link #write} would read the image. */
    public static ReadingPlan reading(ImageSource image, TiffWriteOptions options, int threads)
            throws ParameterException {
        ImageSource ordered = inOrder(image);
        PyramidLevels pyramid = levels(ordered.metadata(), options);
        return PyramidPass.reading(
                ordered,
                pyramid,
                0,
                ordered.metadata().interval(),
                pyramid.levels().size(),
                ReadingPlan.Memory.ofHeap(threads));
    }

    /** The levels that {@link #write} would write, finest first. */
    public static List<ImageMetadata> levels(ImageSource image, TiffWriteOptions options) throws ParameterException {
        return levels(inOrder(image).metadata(), options).levels();
    }

    private static PyramidLevels levels(ImageMetadata ordered, TiffWriteOptions options) throws ParameterException {
        if (options.levels().isPresent() && options.levels().get() < 1) {
            throw new ParameterException(Setting.LEVELS, options.levels().get(), "a whole number of at least 1");
        }
        return TiffLayout.levels(ordered, chunk(ordered, options), options.levels());
    }

    /** A tile of one plane. */
    private static int[] chunk(ImageMetadata ordered, TiffWriteOptions options) throws ParameterException {
        options.checkChunks();
        List<Integer> sides = options.chunks();
        int[] chunk = new int[ordered.dimensions().size()];
        Arrays.fill(chunk, 1);
        if (TiffLayout.isRgb(ordered)) {
            int c = ordered.indexOf(Axis.C);
            chunk[c] = (int) ordered.shape()[c];
        }
        chunk[ordered.indexOf(Axis.X)] = side(ordered, Axis.X, sides.isEmpty() ? 0 : sides.get(sides.size() - 1));
        chunk[ordered.indexOf(Axis.Y)] =
                side(ordered, Axis.Y, sides.isEmpty() ? 0 : sides.get(Math.max(0, sides.size() - 2)));
        return chunk;
    }

    /** @param wanted 0 for the usual one */
    private static int side(ImageMetadata ordered, Axis axis, int wanted) {
        long length = ordered.shape()[ordered.indexOf(axis)];
        int side = TiffWriteOptions.SMALLEST_TILE;
        while (wanted == 0 && side < USUAL_TILE && side < length) {
            side *= 2;
        }
        return wanted == 0 ? side : wanted;
    }

    private static ImageSource inOrder(ImageSource image) {
        return RawWriter.inOrder(image, TiffLayout.isRgb(image.metadata()) ? RGB_ORDER : ORDER);
    }
}
