package org.scaledimaging.engine.format.raw;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.NativeZstd;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * Voxels in a temporary file of compressed chunks, which gives random access to what came as a stream. Chunks
 * of which parts were read last are kept decoded. The file vanishes on closing; where the system allows it, it has no name even before.
 */
final class TemporaryVoxels implements VoxelStore {
    private static final int CHUNK_EDGE = 64;
    private static final int LEAST_CHUNK_BYTES = 1 << 17;
    /** The stream is cut into chunks in slabs held in memory, of no more bytes than this. */
    private static final long SLAB_BYTES = 64 << 20;

    private static final int COMPRESSION_LEVEL = 1;

    private final FileVoxels layout;
    private final Codec codec =
            NativeZstd.isUsable() ? new Zstd(COMPRESSION_LEVEL, false) : new Zlib(COMPRESSION_LEVEL);
    private final Grid chunks;
    private final FileChannel file;
    /** Where chunk i lies in the file: from {@code ends[i]} to {@code ends[i + 1]}. Grows with the data. */
    private long[] ends = new long[1024];

    private final BoundedCache<Long, VoxelBytes> cache = new BoundedCache<>(MemoryBudget.Share.UNPACKED_CHUNKS.bytes());

    private TemporaryVoxels(FileVoxels layout, FileChannel file) {
        this.layout = layout;
        this.chunks = Grid.of(Interval.ofShape(layout.shape()), chunkShape(layout));
        this.file = file;
    }

    /**
     * Edges of 64 along x, y, z, but no more along the slowest than a slab has room for; a slab is what the stream
     * brings of the image in a row, one chunk thick. Chunks of few bytes are made longer along the fast axes.
     */
    static int[] chunkShape(FileVoxels layout) {
        long[] shape = layout.shape();
        int axes = shape.length;
        int[] chunk = new int[axes];
        Arrays.fill(chunk, 1);
        int slabAxis = slabAxis(layout);
        long step = layout.type().bytes(); // what one step along that axis takes
        for (int d = slabAxis + 1; d < axes; d++) {
            step *= shape[d];
        }
        for (int d = slabAxis; d < axes; d++) {
            long edge = d < axes - 3 ? 1 : CHUNK_EDGE;
            chunk[d] = (int) Math.min(shape[d], d == slabAxis ? Math.min(edge, SLAB_BYTES / step) : edge);
        }
        long bytes =
                Interval.ofShape(Arrays.stream(chunk).asLongStream().toArray()).voxels()
                        * (long) layout.type().bytes();
        for (int d = axes - 1; d >= slabAxis; d--) {
            long most = d == slabAxis ? Math.min(shape[d], SLAB_BYTES / step) : shape[d];
            while (bytes < LEAST_CHUNK_BYTES && chunk[d] < most) {
                bytes /= chunk[d];
                chunk[d] = (int) Math.min(most, 2L * chunk[d]);
                bytes *= chunk[d];
            }
        }
        return chunk;
    }

    /** The slowest axis along which one step is no more than a slab may hold. */
    private static int slabAxis(FileVoxels layout) {
        long step = layout.bytes();
        int axis = -1;
        do {
            axis++;
            step /= layout.shape()[axis];
        } while (step > SLAB_BYTES);
        return axis;
    }

    /** One chunk thick along the slab axis, whole along the axes after it. */
    private static Grid slabs(FileVoxels layout) {
        long[] shape = layout.shape();
        long[] slab = Arrays.stream(chunkShape(layout)).asLongStream().toArray();
        for (int d = slabAxis(layout) + 1; d < shape.length; d++) {
            slab[d] = shape[d];
        }
        return Grid.of(Interval.ofShape(shape), slab);
    }

    /** How many bytes are held in memory at most: a slab while the file is made, and then chunks that were read. */
    static long heldBytes(FileVoxels layout) {
        Grid slabs = slabs(layout);
        double slab = (double) layout.type().bytes();
        for (long length : slabs.cellShape()) {
            slab *= length;
        }
        return (long) Math.max(slab, MemoryBudget.Share.UNPACKED_CHUNKS.bytes());
    }

    /** Makes a temporary file of what the input brings. */
    static TemporaryVoxels fill(FileVoxels layout, CompressedVoxels.VoxelInput input, UnpackOptions options)
            throws IOException {
        Path path = TemporaryFolder.createFile(options.temporaryFolder(), ".voxels");
        TemporaryVoxels result;
        try {
            result = new TemporaryVoxels(
                    layout,
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            Files.deleteIfExists(path);
            throw e;
        }
        try {
            result.fill(input);
        } catch (IOException | RuntimeException | Error e) {
            result.close();
            throw e;
        }
        return result;
    }

    /** Makes the bytes of a chunk. */
    private interface Encoding {
        ByteBuffer encode(byte[] chunk, int length);
    }

    private void fill(CompressedVoxels.VoxelInput input) throws IOException {
        if (codec instanceof Zstd zstd) {
            try (Zstd.Encoder encoder = zstd.new Encoder()) {
                fill(input, encoder::encode);
            }
        } else {
            fill(input, (chunk, length) -> codec.encode(ByteBuffer.wrap(chunk, 0, length)));
        }
    }

    private void fill(CompressedVoxels.VoxelInput input, Encoding encoding) throws IOException {
        Grid slabs = slabs(layout);
        int width = layout.type().bytes();
        byte[] slab = {};
        byte[] chunk = new byte[Interval.ofShape(chunks.cellShape()).voxels() * width];
        int count = 0;
        long done = 0;
        for (long[] cell : slabs.inOrder()) {
            Interval covered = slabs.interval(cell);
            int bytes = covered.voxels() * width;
            slab = slab.length < bytes ? new byte[bytes] : slab;
            int read = input.read(slab, bytes);
            done += read;
            if (read < bytes) {
                throw CompressedVoxels.tooShort(layout, done);
            }
            // A slab is one chunk thick, so the chunks in it come in the order of the whole grid.
            for (long[] index : chunks.touching(covered).positions()) {
                Interval part = chunks.interval(index);
                byte[] from = slab;
                Rows.forEach(
                        part,
                        covered,
                        part,
                        (a, b, length) -> System.arraycopy(from, (int) a * width, chunk, b * width, length * width));
                int chunkBytes = part.voxels() * width;
                append(count++, encoding.encode(chunk, chunkBytes));
            }
        }
    }

    private void append(int number, ByteBuffer bytes) throws IOException {
        if (number + 2 > ends.length) {
            ends = Arrays.copyOf(ends, 2 * ends.length);
        }
        long position = ends[number];
        while (bytes.hasRemaining()) {
            position += file.write(bytes, position);
        }
        ends[number + 1] = position;
    }

    @Override
    public int[] chunkShape() {
        return chunkShape(layout);
    }

    @Override
    public void read(Block target) throws IOException {
        Interval interval = target.interval();
        Object voxels = target.voxels();
        for (long[] index : chunks.touching(interval).positions()) {
            Interval covered = chunks.interval(index);
            long number = chunks.number(index);
            long bytes = covered.voxels() * (long) layout.type().bytes();
            VoxelBytes chunk = interval.contains(covered)
                    ? decode(number, covered) // all of it: it will hardly be wanted again
                    : cache.get(number, bytes, () -> decode(number, covered));
            Rows.forEach(
                    covered.intersect(interval),
                    covered,
                    interval,
                    (from, to, length) -> chunk.get((int) from, voxels, to, length));
        }
    }

    private VoxelBytes decode(long number, Interval covered) throws IOException {
        int index = (int) number;
        ByteBuffer compressed = ByteBuffer.allocate((int) (ends[index + 1] - ends[index]));
        while (compressed.hasRemaining()) {
            if (file.read(compressed, ends[index] + compressed.position()) < 0) {
                throw new ImageFormatException(
                        layout.file(), "a temporary file that was cut short", "one that stays as it is");
            }
        }
        byte[] decoded = new byte[covered.voxels() * layout.type().bytes()];
        try {
            codec.decode(compressed.flip(), decoded);
        } catch (CorruptDataException e) {
            throw new ImageFormatException(
                    layout.file(), "a temporary file that was changed", "one that stays as it is", e);
        }
        return VoxelBytes.of(ByteBuffer.wrap(decoded).order(layout.order()), layout.type());
    }

    @Override
    public void close() throws IOException {
        file.close();
        cache.clear();
    }
}
