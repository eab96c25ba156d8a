package org.scaledimaging.engine.format.raw.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.LongStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.ReadAhead;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.target.PieceSums;

/**
 * Writes voxels in the order of the file, compressed. Reading every chunk of the image once takes a slab as thick as a
 * chunk in memory; where that is too much, the image goes through an uncompressed temporary file beside the target.
 */
final class CompressedWriting {
    /** Slabs grow to about this size when chunks are thin, so that all threads have something to do. */
    private static final long SLAB_BYTES = 32 << 20;

    private static final double SPOOL_SHARE = 0.3;

    private CompressedWriting() {}

    /**
     * @param image with its axes in the file's order
     * @param working the file to write; a temporary file may be put beside it
     */
    static void write(
            ImageSource image, ByteBuffer header, GzipOutput output, Path working, Execution execution, String message)
            throws IOException {
        ImageMetadata metadata = image.metadata();
        long largest = MemoryBudget.Share.SLAB.bytes();
        Grid slabs =
                slabs(metadata.shape(), image.chunkShape(), metadata.pixelType().bytes());
        output.write(0, header.duplicate());
        if (voxels(slabs.cellShape()) <= largest / metadata.pixelType().bytes()) {
            writeSlabs(image, slabs, output, execution, message);
        } else {
            Path spool = working.resolveSibling(working.getFileName() + ".voxels");
            writeThroughFile(image, spool, output, execution, message);
        }
    }

    /** Whole along the fast axes, chunks thick along the slowest one along which chunks are longer than 1. */
    private static Grid slabs(long[] shape, int[] chunk, int width) {
        int axis = 0;
        while (axis < shape.length - 1 && chunk[axis] == 1) {
            axis++;
        }
        long[] slab = shape.clone();
        long step = width;
        for (int d = axis + 1; d < shape.length; d++) {
            step *= shape[d];
        }
        for (int d = 0; d < axis; d++) {
            slab[d] = 1;
        }
        for (int d = axis; d >= 0; d--) { // on to a slower axis for as long as there is room
            long thick = d == axis ? Math.min(shape[d], chunk[d]) : 1;
            long times = Math.max(1, SLAB_BYTES / Math.max(1, step * thick));
            slab[d] = Math.min(shape[d], times * thick);
            if (slab[d] < shape[d]) {
                break;
            }
            step *= shape[d];
        }
        return Grid.of(Interval.ofShape(shape), slab);
    }

    private static long voxels(long[] shape) {
        return LongStream.of(shape).reduce(1, (product, length) -> product * length);
    }

    private static void writeSlabs(
            ImageSource image, Grid slabs, GzipOutput output, Execution execution, String message) throws IOException {
        PixelType type = image.metadata().pixelType();
        int width = type.bytes();
        long[] shape = image.metadata().shape();
        long members = 1;
        long count = slabs.count();
        for (long s = 0; s < count; s++) {
            Interval interval = slabs.interval(slabs.cell(s));
            Execution reading = execution.part((double) s / count, (s + 0.5) / count);
            Execution packing = execution.part((s + 0.5) / count, (s + 1.0) / count);
            Block slab = readSlab(image, interval, reading, message);
            long bytes = (long) slab.size() * width;
            pack(output, members, bytes, packing, message, (from, length) -> {
                ByteBuffer content = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
                VoxelBytes.of(content, type).put(0, slab.voxels(), (int) (from / width), length / width);
                return content;
            });
            members += members(bytes);
        }
    }

    private static Block readSlab(ImageSource image, Interval interval, Execution execution, String message)
            throws IOException {
        ReadingPlan blocks = PlainWriting.blocks(image, interval, execution.threads());
        if (blocks.count() == 1) {
            return image.read(interval);
        }
        Block slab = Block.allocate(image.metadata().pixelType(), interval);
        ReadAhead.run(
                image, blocks.pieces(), blocks.count(), execution, message, piece -> slab.copyFrom(image.read(piece)));
        return slab;
    }

    private static void writeThroughFile(
            ImageSource image, Path path, GzipOutput output, Execution execution, String message) throws IOException {
        try (FileChannel spool = FileChannel.open(
                path,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE)) {
            Execution plain = execution.part(0, SPOOL_SHARE);
            Optional<PieceSums> sums = output.isSummed() ? Optional.of(new PieceSums()) : Optional.empty();
            PlainWriting.write(image, ByteBuffer.allocate(0), spool, plain, message, sums);
            if (sums.isPresent()) {
                Execution reading = execution.part(SPOOL_SHARE, SPOOL_SHARE);
                Verification.requireSame(sums.get(), Verification.sums(spool, image, 0, path, reading), path);
            }
            pack(output, 1, spool.size(), execution.part(SPOOL_SHARE, 1), message, (from, length) -> {
                ByteBuffer content = ByteBuffer.allocate(length);
                while (content.hasRemaining()) {
                    if (spool.read(content, from + content.position()) < 0) {
                        throw new IOException(path + ": found a temporary file that was cut short, expected it whole.");
                    }
                }
                return content.flip();
            });
        }
    }

    /** Brings some bytes of what is packed. */
    @FunctionalInterface
    private interface Content {
        ByteBuffer bytes(long from, int length) throws IOException;
    }

    private static void pack(
            GzipOutput output, long firstMember, long bytes, Execution execution, String message, Content content)
            throws IOException {
        long count = members(bytes);
        Iterator<Long> numbers = LongStream.range(0, count).iterator();
        OrderedTasks.run(numbers, count, execution, message, number -> {
            long from = number * GzipOutput.MEMBER_BYTES;
            int length = (int) Math.min(GzipOutput.MEMBER_BYTES, bytes - from);
            output.write(firstMember + number, content.bytes(from, length));
        });
    }

    private static long members(long bytes) {
        return (bytes - 1) / GzipOutput.MEMBER_BYTES + 1;
    }
}
