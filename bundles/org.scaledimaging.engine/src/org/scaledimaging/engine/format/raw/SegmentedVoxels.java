package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Voxels that lie in memory in the file's order, in segments of equal length, as one buffer holds no more than 2 GiB:
 * either mapped from the file, where only what is read takes memory, or held. Closing drops them.
 */
final class SegmentedVoxels implements VoxelStore {
    private final FileVoxels layout;
    private final int segmentVoxels;
    private volatile VoxelBytes[] segments;

    private SegmentedVoxels(FileVoxels layout, int segmentBytes, List<ByteBuffer> buffers) {
        this.layout = layout;
        this.segmentVoxels = segmentBytes / layout.type().bytes();
        this.segments = buffers.stream()
                .map(buffer -> VoxelBytes.of(buffer.order(layout.order()), layout.type()))
                .toArray(VoxelBytes[]::new);
    }

    /**
     * Maps the file.
     *
     * @param segmentBytes a multiple of 8, so that no voxel straddles two segments
     * @throws ImageFormatException when the file is shorter than its voxels
     */
    static SegmentedVoxels map(FileVoxels layout, int segmentBytes) throws IOException {
        Path file = layout.file();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            layout.checkWithin(channel.size());
            long end = layout.offset() + layout.bytes();
            List<ByteBuffer> buffers = new ArrayList<>();
            for (long position = layout.offset(); position < end; position += segmentBytes) {
                buffers.add(
                        channel.map(FileChannel.MapMode.READ_ONLY, position, Math.min(segmentBytes, end - position)));
            }
            return new SegmentedVoxels(layout, segmentBytes, buffers);
        }
    }

    /** @param segments all but the last of a length of {@code segmentBytes}, a multiple of 8 */
    static SegmentedVoxels of(FileVoxels layout, int segmentBytes, List<byte[]> segments) {
        return new SegmentedVoxels(
                layout, segmentBytes, segments.stream().map(ByteBuffer::wrap).toList());
    }

    @Override
    public int[] chunkShape() {
        return layout.contiguousChunk();
    }

    @Override
    public void read(Block target) throws IOException {
        VoxelBytes[] open = segments;
        if (open == null) {
            throw new IOException(layout.file() + ": found a closed image, expected an open one.");
        }
        Interval interval = target.interval();
        try {
            Rows.forEachInPieces(
                    interval,
                    Interval.ofShape(layout.shape()),
                    interval,
                    segmentVoxels,
                    (segment, within, to, length) -> open[(int) segment].get(within, target.voxels(), to, length));
        } catch (InternalError e) {
            // What the virtual machine makes of an access to mapped memory that lost its file.
            throw new ImageFormatException(
                    layout.file(), "a file that was cut short while it was read", "one that stays as it is", e);
        }
    }

    @Override
    public void close() {
        segments = null;
    }
}
