package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.message.TargetException;

/**
 * Blocks of type float32 or float64 in a temporary file. Read and written through small buffers, not mapped: pages of a
 * mapped file count as memory of this process. The file vanishes on closing; where the system allows it, it has no name
 * even before.
 */
final class BlockFile implements Closeable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FileChannel file;
    private long end;

    private BlockFile(FileChannel file) {
        this.file = file;
    }

    /** @throws TargetException when the system's temporary folder takes no file */
    static BlockFile create() throws IOException {
        Path folder = Path.of(System.getProperty("java.io.tmpdir"));
        Path path;
        try {
            path = Files.createTempFile(folder, "scaled-imaging-", ".blocks");
        } catch (IOException e) {
            throw new TargetException(folder, "a temporary folder that cannot be used", "a writable one", e);
        }
        try {
            return new BlockFile(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    /** Room for a block, of which nothing is written yet. */
    Part allocate(PixelType type, Interval interval) {
        Part part = new Part(this, end, type, interval);
        end += (long) interval.voxels() * type.bytes();
        return part;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private static ByteBuffer buffer(long bytes) {
        return ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, bytes)).order(ByteOrder.nativeOrder());
    }

    /**
     * A block in the file.
     *
     * @param position of its first value, in bytes
     */
    record Part(BlockFile store, long position, PixelType pixelType, Interval interval) implements StoredBlock {

        @Override
        public Block read() throws IOException {
            Block block = Block.allocate(pixelType, interval);
            read(interval, block.voxels(), 0);
            return block;
        }

        @Override
        public void read(Interval part, Object voxels, int offset) throws IOException {
            int width = pixelType.bytes();
            ByteBuffer buffer = buffer((long) part.voxels() * width);
            VoxelBytes values = VoxelBytes.of(buffer, pixelType);
            Rows.forEach(part, interval, part, (from, to, length) -> {
                int most = buffer.capacity() / width;
                for (int done = 0; done < length; done += most) {
                    int count = Math.min(most, length - done);
                    buffer.clear().limit(count * width);
                    fill(buffer, position + (from + done) * width);
                    values.get(0, voxels, offset + to + done, count);
                }
            });
        }

        private void fill(ByteBuffer buffer, long from) throws IOException {
            while (buffer.hasRemaining()) {
                if (store.file.read(buffer, from + buffer.position()) < 0) {
                    throw new EOFException("A temporary file was cut short.");
                }
            }
        }

        @Override
        public void copyFrom(Block part) throws IOException {
            int width = pixelType.bytes();
            Interval overlap = interval.intersect(part.interval());
            if (overlap.isEmpty()) {
                return;
            }
            ByteBuffer buffer = buffer((long) overlap.voxels() * width);
            VoxelBytes values = VoxelBytes.of(buffer, pixelType);
            Rows.forEach(overlap, part.interval(), interval, (from, to, length) -> {
                int most = buffer.capacity() / width;
                for (int done = 0; done < length; done += most) {
                    int count = Math.min(most, length - done);
                    buffer.clear().limit(count * width);
                    values.put(0, part.voxels(), (int) from + done, count);
                    empty(buffer, position + (long) (to + done) * width);
                }
            });
        }

        private void empty(ByteBuffer buffer, long at) throws IOException {
            while (buffer.hasRemaining()) {
                store.file.write(buffer, at + buffer.position());
            }
        }
    }
}
