package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.OpenedFiles;
import org.scaledimaging.engine.web.WebFiles;

/**
 * The type and the place of the voxels in a file.
 *
 * @param file the file they are in
 * @param unpacking how they are compressed
 * @param start where the compressed data begin in the file, in bytes; 0 where there are none
 * @param offset of the first one in the file (once decompressed), in bytes
 * @param shape per axis, slowest varying first
 */
public record FileVoxels(
        Path file, Unpacking unpacking, long start, long offset, PixelType type, ByteOrder order, long[] shape) {
    private static final int SEGMENT_BYTES = 1 << 30;

    private static final long CHUNK_BYTES = 4 << 20;
    private static final long CHUNK_PLANES = 64;

    /** The number of bytes that they take. */
    public long bytes() {
        return LongStream.of(shape).reduce(type.bytes(), (product, length) -> product * length);
    }

    /** What the file holds, not compressed, and as bytes where it is text. */
    InputStream open() throws IOException {
        InputStream content = unpacking.open(file, start);
        return unpacking == Unpacking.TEXT ? new TextNumbers(this, content) : content;
    }

    /** The voxels: mapped into memory, decompressed at the first read, or read in ranges from a server. */
    public VoxelStore store(UnpackOptions options, OpenedFiles opened) throws IOException {
        return store(options, opened, SEGMENT_BYTES);
    }

    /**
     * The same.
     *
     * @param segmentBytes how much one buffer maps, a multiple of 8
     * @throws ImageFormatException when the file is too short
     */
    public VoxelStore store(UnpackOptions options, OpenedFiles opened, int segmentBytes) throws IOException {
        if (unpacking == Unpacking.NONE && WebFiles.has(file)) {
            return RangedVoxels.of(this);
        } else if (unpacking == Unpacking.NONE) {
            return SegmentedVoxels.map(this, segmentBytes);
        }
        long size = Files.size(file);
        if (bytes() / unpacking.most() > size) {
            throw new ImageFormatException(
                    file, size + " bytes of compressed data", bytes() + " bytes of voxels, as its header says");
        }
        return new CompressedVoxels(this, options, opened);
    }

    /** @throws ImageFormatException when the file, of that many bytes, is shorter than its voxels */
    void checkWithin(long size) throws ImageFormatException {
        long end = offset + bytes();
        if (size < end || end < offset) { // the sum may be no 64-bit number
            String needed = end < offset ? "voxels from byte " + offset + " on" : end + " bytes";
            throw new ImageFormatException(file, size + " bytes", needed + ", as its header says");
        }
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
