package org.scaledimaging.engine.format.raw.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ForeignAttributes;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.target.PieceSums;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Writes a header and the voxels after it, little-endian, in the order of the image's axes, and reads them back where
 * that is wanted. Each thread holds a block at a time; compressing holds a slab of at most an eighth of the heap.
 */
public final class RawWriter {
    /** How much of the time goes into writing where what was written is read back. */
    private static final double WRITING_SHARE = 0.7;

    private RawWriter() {}

    /** The image with its axes in this order, the slowest first. */
    public static ImageSource inOrder(ImageSource image, List<Axis> slowestFirst) {
        return TransposedSource.of(
                image,
                AxisOrder.sorting(
                        image.metadata().dimensions(),
                        Comparator.comparing(dimension -> slowestFirst.indexOf(dimension.axis()))));
    }

    /**
     * Writes a header and the voxels behind it, not compressed, as a file that appears when it is complete.
     *
     * @param image in the order of the file
     * @param sources that are read, and so not replaced
     * @throws org.scaledimaging.engine.message.TargetException when the target cannot be written or exists
     */
    public static void writeFile(
            ImageSource image,
            byte[] header,
            Path target,
            boolean overwrite,
            Collection<Path> sources,
            boolean verify,
            Execution execution)
            throws IOException {
        try (AtomicTarget atomic = AtomicTarget.create(target, overwrite, sources)) {
            write(image, ByteBuffer.wrap(header), OptionalInt.empty(), verify, atomic.working(), target, execution);
            execution.progress().checkCancelled();
            atomic.commit(execution.progress());
        }
    }

    /**
     * Writes a new file.
     *
     * @param image with its axes in the file's order
     * @param header all bytes before the voxels
     * @param gzipLevel 1 to 9 for a file that is compressed as a whole; nothing for a plain one
     * @param verify whether all is read back and compared
     * @param working the file to write; a temporary file may be put beside it
     * @param target what messages call it
     * @throws TargetException when what is read back differs
     */
    public static void write(
            ImageSource image,
            ByteBuffer header,
            OptionalInt gzipLevel,
            boolean verify,
            Path working,
            Path target,
            Execution execution)
            throws IOException {
        image.metadata()
                .attributes()
                .flatMap(ForeignAttributes::lost)
                .ifPresent(sentence -> execution.tell(Notice.information(sentence)));
        String message = "Writing " + target.getFileName();
        Execution writing = verify ? execution.part(0, WRITING_SHARE) : execution;
        Optional<PieceSums> sums = verify ? Optional.of(new PieceSums()) : Optional.empty();
        Unchanged.<Void, RuntimeException>during(image, () -> {
            try (FileChannel file =
                    FileChannel.open(working, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                if (gzipLevel.isPresent()) {
                    GzipOutput output = new GzipOutput(file, gzipLevel.getAsInt(), sums);
                    CompressedWriting.write(image, header, output, working, writing, message);
                } else {
                    PlainWriting.write(image, header, file, writing, message, sums);
                }
            }
            return null;
        });
        if (sums.isPresent()) {
            Execution reading = execution.part(WRITING_SHARE, 1);
            if (gzipLevel.isPresent()) {
                Verification.compressed(working, sums.get(), target, reading.progress());
            } else {
                Verification.plain(working, image, header, sums.get(), target, reading);
            }
        }
    }

    /** How {@link #write} reads an image whose axes are in the file's order, where the file is not compressed. */
    public static ReadingPlan reading(ImageSource image, int threads) {
        return PlainWriting.blocks(image, image.metadata().interval(), threads);
    }
}
