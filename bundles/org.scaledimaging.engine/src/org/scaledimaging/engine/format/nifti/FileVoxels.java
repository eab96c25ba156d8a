package org.scaledimaging.engine.format.nifti;

import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.scaledimaging.engine.block.PixelType;

/**
 * Where a file has its voxels and what they are.
 *
 * @param file the file they are in
 * @param offset of the first one in the file (once decompressed), in bytes
 * @param shape per axis, slowest varying first
 */
record FileVoxels(Path file, long offset, PixelType type, ByteOrder order, long[] shape) {
    private static final long CHUNK_BYTES = 4 << 20;
    private static final long CHUNK_PLANES = 64;

    /** The number of bytes that they take. */
    long bytes() {
        return LongStream.of(shape).reduce(type.bytes(), (product, length) -> product * length);
    }

    /**
     * What to read at once where any interval costs the same: whole rows, then planes, then up to 64 of these, for as
     * long as they stay within 4 MiB. That is contiguous in the file, and small enough for a block per thread.
     */
    int[] contiguousChunk() {
        int[] chunk = new int[shape.length];
        Arrays.fill(chunk, 1);
        long room = CHUNK_BYTES / type.bytes();
        for (int d = shape.length - 1; d >= 0 && d >= shape.length - 3; d--) {
            long most = d == shape.length - 3 ? Math.min(CHUNK_PLANES, room) : room;
            chunk[d] = (int) Math.min(shape[d], most);
            room /= chunk[d];
            if (chunk[d] < shape[d] || room < 2) {
                break;
            }
        }
        return chunk;
    }
}
