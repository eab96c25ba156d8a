package org.scaledimaging.engine.format.raw.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.target.PieceSums;

/** Reads back a file that was written and compares. */
final class Verification {
    private static final String MESSAGE = "verifying";

    private Verification() {}

    /**
     * An uncompressed file.
     *
     * @param written sums of the blocks that were written, as {@link PlainWriting} numbers them
     * @throws TargetException when something differs
     */
    static void plain(
            Path working, ImageSource image, ByteBuffer header, PieceSums written, Path target, Execution execution)
            throws IOException {
        try (FileChannel file = FileChannel.open(working, StandardOpenOption.READ)) {
            ByteBuffer start = ByteBuffer.allocate(header.limit());
            readAt(file, start, 0, target);
            if (!start.flip().equals(header.duplicate().rewind())) {
                throw new TargetException(target, "a header that reads back differently", "what was written");
            }
            requireSame(written, sums(file, image, header.limit(), target, execution), target);
        }
    }

    /** Sums of the blocks in a file as {@link PlainWriting} writes it. */
    static PieceSums sums(FileChannel file, ImageSource image, long first, Path target, Execution execution)
            throws IOException {
        PixelType type = image.metadata().pixelType();
        int width = type.bytes();
        ReadingPlan blocks = PlainWriting.blocks(image, image.metadata().interval(), execution.threads());
        PieceSums sums = new PieceSums();
        OrderedTasks.run(blocks.pieces(), blocks.count(), execution, MESSAGE, interval -> {
            Block block = Block.allocate(type, interval);
            int most = (int) Math.min(PlainWriting.BUFFER_BYTES / width, block.size());
            ByteBuffer bytes = ByteBuffer.allocate(most * width).order(ByteOrder.LITTLE_ENDIAN);
            VoxelBytes view = VoxelBytes.of(bytes, type);
            Rows.forEach(interval, image.metadata().interval(), interval, (inFile, inArray, length) -> {
                for (int done = 0; done < length; done += most) {
                    int part = Math.min(most, length - done);
                    readAt(file, bytes.limit(part * width).position(0), first + (inFile + done) * width, target);
                    view.get(0, block.voxels(), inArray + done, part);
                }
            });
            PlainWriting.add(sums, block, image.metadata().interval());
        });
        return sums;
    }

    private static void readAt(FileChannel file, ByteBuffer bytes, long position, Path target) throws IOException {
        long at = position;
        while (bytes.hasRemaining()) {
            int read = file.read(bytes, at);
            if (read < 0) {
                throw new TargetException(target, "a file that ends at byte " + at, "all that was written");
            }
            at += read;
        }
    }

    /**
     * A compressed file.
     *
     * @param written sums of the members' contents, as {@link GzipOutput} numbers them
     * @throws TargetException when something differs
     */
    static void compressed(Path working, PieceSums written, Path target, Progress progress) throws IOException {
        PieceSums read = new PieceSums();
        try (FileChannel file = FileChannel.open(working, StandardOpenOption.READ);
                GzipMembers members = new GzipMembers(file)) {
            long size = Math.max(1, file.size());
            long number = 0;
            for (ByteBuffer content = members.next(); content != null; content = members.next()) {
                progress.checkCancelled();
                read.add(number++, content);
                progress.report((double) file.position() / size, MESSAGE);
            }
        } catch (GzipMembers.DamagedException e) {
            throw new TargetException(
                    target, "compressed data that cannot be read back (" + e.getMessage() + ")", "what was written", e);
        }
        requireSame(written, read, target);
    }

    static void requireSame(PieceSums written, PieceSums read, Path target) throws TargetException {
        if (written.firstDifference(read).isPresent()) {
            throw new TargetException(target, "voxels that read back differently", "what was written");
        }
    }
}
