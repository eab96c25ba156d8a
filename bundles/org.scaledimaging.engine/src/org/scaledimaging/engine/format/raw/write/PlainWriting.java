package org.scaledimaging.engine.format.raw.write;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.ReadAhead;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.target.PieceSums;

/** Writes voxels where they belong in a file, block by block: every chunk of the image is read once. */
final class PlainWriting {
    /** Chunks are joined up to about this size. */
    private static final long BLOCK_BYTES = 8 << 20;

    static final int BUFFER_BYTES = 1 << 20;

    private PlainWriting() {}

    /**
     * @param image with its axes in the file's order
     * @param sums get to know each block's voxels by the block's number
     */
    static void write(
            ImageSource image,
            ByteBuffer header,
            FileChannel file,
            Execution execution,
            String message,
            Optional<PieceSums> sums)
            throws IOException {
        ImageMetadata metadata = image.metadata();
        int width = metadata.pixelType().bytes();
        long first = header.limit();
        writeAt(file, header.duplicate(), 0);
        ReadingPlan blocks = blocks(image, metadata.interval(), execution.threads());
        execution.tell(Notice.detail("Writing: " + blocks + "."));
        ReadAhead.run(image, blocks.pieces(), blocks.count(), execution, message, interval -> {
            Block block = image.read(interval);
            sums.ifPresent(all -> add(all, block, metadata.interval()));
            int longest = (int) Math.min(BUFFER_BYTES, (long) block.size() * width);
            ByteBuffer bytes = ByteBuffer.allocate(longest).order(ByteOrder.LITTLE_ENDIAN);
            VoxelBytes view = VoxelBytes.of(bytes, metadata.pixelType());
            int most = longest / width;
            Rows.forEach(interval, metadata.interval(), interval, (inFile, inArray, length) -> {
                for (int done = 0; done < length; done += most) {
                    int part = Math.min(most, length - done);
                    view.put(0, block.voxels(), inArray + done, part);
                    bytes.limit(part * width).position(0);
                    writeAt(file, bytes, first + (inFile + done) * width);
                }
            });
        });
    }

    /** What is read and written at once, and in which order: the same for the same image and number of threads. */
    static ReadingPlan blocks(ImageSource image, Interval region, int threads) {
        int width = image.metadata().pixelType().bytes();
        return ReadingPlan.of(
                region,
                image.chunkShape(),
                new boolean[region.axes()],
                BLOCK_BYTES / 2 / width, // joined along the fast axes, for that makes long runs in the file
                width,
                ReadingPlan.Memory.ofHeap(threads));
    }

    /** A block's number is that of its first voxel in the file. */
    static void add(PieceSums sums, Block block, Interval image) {
        sums.add(image.number(block.interval().mins()), block.pixelType(), block.voxels(), block.size());
    }

    static void writeAt(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }
}
