package org.scaledimaging.engine.spill;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;

/**
 * A block in a scratch file, row-major. It is read and written through small buffers, not mapped: pages of a mapped file
 * count as memory of this process.
 *
 * @param position of its first value, in bytes
 */
record BlockInFile(ScratchFile file, long position, PixelType pixelType, Interval interval) implements StoredBlock {
    private static final int BUFFER_BYTES = 1 << 16;
    /** A call to the system takes as long as reading some thousand bytes more. */
    private static final int NEAR_BYTES = 1 << 12;

    private static final int NEAR_ROWS = 4;

    @Override
    public Block read() throws IOException {
        Block block = Block.allocate(pixelType, interval);
        read(block);
        return block;
    }

    @Override
    public void read(Block part) throws IOException {
        if (isStriped(part.interval())) {
            readStripes(part);
            return;
        }
        move(part.interval(), (inFile, inArray, length, bytes, view) -> {
            file.read(bytes, inFile);
            view.get(0, part.voxels(), inArray, length);
        });
    }

    /** Whether rows are short and lie near to one another in the file: then many are read at once, with what is between. */
    private boolean isStriped(Interval part) {
        int last = part.axes() - 1;
        long row = part.length(last) * pixelType.bytes();
        long step = interval.length(last) * pixelType.bytes();
        return last > 0 && part.length(last - 1) > 1 && step > row && step <= Math.max(NEAR_BYTES, NEAR_ROWS * row);
    }

    /** What is read at once begins at a row and goes as far as the last row beside it does. */
    private void readStripes(Block part) throws IOException {
        Interval wanted = part.interval();
        int last = wanted.axes() - 1;
        int width = pixelType.bytes();
        long beside = (wanted.length(last - 1) - 1) * interval.length(last) + wanted.length(last);
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, beside * width))
                .order(ByteOrder.nativeOrder());
        VoxelBytes view = VoxelBytes.of(bytes, pixelType);
        long most = bytes.capacity() / width;
        long[] held = {0, 0}; // from where to where, in values
        Rows.forEach(wanted, interval, wanted, (inFile, inArray, length) -> {
            for (int done = 0; done < length; ) {
                long from = inFile + done;
                if (from < held[0] || from >= held[1]) {
                    int count = (int) Math.min(most, interval.voxels() - from);
                    bytes.clear().limit(count * width);
                    file.read(bytes, position + from * width);
                    held[0] = from;
                    held[1] = from + count;
                }
                int count = (int) Math.min(length - done, held[1] - from);
                view.get((int) (from - held[0]), part.voxels(), inArray + done, count);
                done += count;
            }
        });
    }

    @Override
    public void copyFrom(Block part) throws IOException {
        Interval overlap = interval.intersect(part.interval());
        if (overlap.isEmpty()) {
            return;
        }
        Block piece = part;
        if (!overlap.equals(part.interval())) { // rows that follow one another in the file are written together
            piece = Block.allocate(pixelType, overlap);
            piece.copyFrom(part);
        }
        Object voxels = piece.voxels();
        move(overlap, (inFile, inArray, length, bytes, view) -> {
            view.put(0, voxels, inArray, length);
            file.write(bytes, inFile);
        });
    }

    /** Moves some values of a row: {@code bytes} is as long as they are, {@code view} the same bytes as values. */
    @FunctionalInterface
    private interface Move {
        void run(long inFile, int inArray, int length, ByteBuffer bytes, VoxelBytes view) throws IOException;
    }

    private void move(Interval moved, Move move) throws IOException {
        int width = pixelType.bytes();
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, (long) moved.voxels() * width))
                .order(ByteOrder.nativeOrder());
        VoxelBytes view = VoxelBytes.of(bytes, pixelType);
        int most = bytes.capacity() / width;
        Rows.forEach(moved, interval, moved, (inFile, inArray, length) -> {
            for (int done = 0; done < length; done += most) {
                int count = Math.min(most, length - done);
                bytes.clear().limit(count * width);
                move.run(position + (inFile + done) * width, inArray + done, count, bytes, view);
            }
        });
    }
}
