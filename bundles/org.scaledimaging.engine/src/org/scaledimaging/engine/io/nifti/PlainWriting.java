package org.scaledimaging.engine.io.nifti;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.io.PieceSums;

/** Writes voxels where they belong in a file, block by block: every chunk of the image is read once. */
final class PlainWriting {
    /** Blocks are made of whole chunks up to about this size; a single chunk may be larger, up to the second. */
    private static final long BLOCK_BYTES = 8 << 20;

    private static final long LARGEST_BLOCK_BYTES = 64 << 20;

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
        long[] shape = metadata.shape();
        int width = metadata.pixelType().bytes();
        long first = header.limit();
        writeAt(file, header.duplicate(), 0);
        Grid blocks = blocks(image);
        OrderedTasks.run(blocks.cells(), blocks.count(), execution, message, interval -> {
            Block block = image.read(interval);
            sums.ifPresent(all -> all.add(number(interval, shape), block.voxels(), block.size()));
            int longest = (int) Math.min(BUFFER_BYTES, (long) block.size() * width);
            ByteBuffer bytes = ByteBuffer.allocate(longest).order(ByteOrder.LITTLE_ENDIAN);
            VoxelBytes view = VoxelBytes.of(bytes, metadata.pixelType());
            int most = longest / width;
            Runs.forEach(interval, shape, (inFile, inArray, length) -> {
                for (int done = 0; done < length; done += most) {
                    int part = Math.min(most, length - done);
                    view.put(0, block.voxels(), inArray + done, part);
                    bytes.limit(part * width).position(0);
                    writeAt(file, bytes, first + (inFile + done) * width);
                }
            });
        });
    }

    /** What is read and written at once. */
    static Grid blocks(ImageSource image) {
        ImageMetadata metadata = image.metadata();
        return new Grid(
                metadata.shape(),
                blockShape(
                        metadata.shape(),
                        image.chunkShape(),
                        metadata.pixelType().bytes()));
    }

    /** A block's number: that of its first voxel in the file. */
    static long number(Interval block, long[] shape) {
        long number = 0;
        for (int d = 0; d < shape.length; d++) {
            number = number * shape[d] + block.min(d);
        }
        return number;
    }

    static void writeAt(FileChannel file, ByteBuffer bytes, long position) throws IOException {
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
    }

    /** Chunks, joined along the fast axes first, for that makes long runs in the file. */
    static long[] blockShape(long[] shape, int[] chunk, int width) {
        long[] block = new long[shape.length];
        long bytes = width;
        for (int d = 0; d < shape.length; d++) {
            block[d] = Math.min(shape[d], chunk[d]);
            bytes *= block[d];
        }
        for (int d = 0; d < shape.length && bytes > LARGEST_BLOCK_BYTES; d++) {
            bytes /= block[d];
            block[d] = Math.max(1, LARGEST_BLOCK_BYTES / bytes);
            bytes *= block[d];
        }
        for (int d = shape.length - 1; d >= 0 && bytes < BLOCK_BYTES; d--) {
            long times = Math.max(1, BLOCK_BYTES / bytes);
            long longer = Math.min(shape[d], times * block[d]);
            bytes = bytes / block[d] * longer;
            block[d] = longer;
            if (longer < shape[d]) {
                break;
            }
        }
        assert Arrays.stream(block).allMatch(length -> length > 0);
        return block;
    }
}
