package org.scaledimaging.engine.format.hdf5.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.cache.BoundedCache;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The index of a dataset's chunks in a B-tree of version 1 (HDF5 file format, III.A.1), of which a bounded number of nodes is
 * in memory: there may be millions of chunks.
 */
final class ChunkTree implements ChunkIndex {
    private static final int SIGNATURE = 0x45455254; // "TREE"
    private static final int CHUNKS = 1;
    private static final int DEEPEST = 32;
    private static final long CACHED_BYTES = 4 << 20;

    private final Hdf5File file;
    private final long root;
    private final Grid chunks;
    private final BoundedCache<Long, Node> nodes = new BoundedCache<>(CACHED_BYTES);

    /**
     * A node.
     *
     * @param offsets of the first voxel of the first chunk of each child, or of each chunk, row-major
     * @param sizes as stored, in bytes
     * @param filters that were left out
     */
    private record Node(int level, long[][] offsets, int[] sizes, int[] filters, long[] children) {}

    ChunkTree(Hdf5File file, long root, Grid chunks) {
        this.file = file;
        this.root = root;
        this.chunks = chunks;
    }

    @Override
    public Optional<Place> place(long[] cell) throws IOException {
        long[] offset = chunks.whole(cell).mins();
        long address = root;
        int level = DEEPEST;
        while (true) {
            Node node = node(address);
            if (node.level() >= level) {
                throw new ImageFormatException(file.path(), "a damaged index of chunks", "nodes of ever lower levels");
            }
            level = node.level();
            int which = last(node.offsets(), offset);
            if (which < 0) {
                return Optional.empty();
            }
            if (level == 0) {
                return Arrays.equals(node.offsets()[which], offset)
                        ? Optional.of(new Place(node.children()[which], node.sizes()[which], node.filters()[which]))
                        : Optional.empty();
            }
            address = node.children()[which];
        }
    }

    /** The last of the offsets, which ascend, that does not lie behind another; −1 where all do. */
    private static int last(long[][] offsets, long[] wanted) {
        int low = 0;
        int high = offsets.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (Arrays.compare(offsets[middle], wanted) <= 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return high;
    }

    private Node node(long address) throws IOException {
        int axes = chunks.cellShape().length;
        return nodes.get(address, 64L * (axes + 10) * Long.BYTES, () -> read(address, axes));
    }

    private Node read(long address, int axes) throws IOException {
        int offsetBytes = file.getSizeOfOffsets();
        int header = 8 + 2 * offsetBytes;
        ByteBuffer start = file.read(address, header, "an index of chunks");
        int entries = Short.toUnsignedInt(start.getShort(6));
        if (start.getInt(0) != SIGNATURE || start.get(4) != CHUNKS) {
            throw new ImageFormatException(file.path(), "a damaged index of chunks", "\"TREE\" before each node of it");
        }
        int keyBytes = 8 + (axes + 1) * Long.BYTES;
        ByteBuffer bytes = file.read(address + header, entries * (keyBytes + offsetBytes), "an index of chunks");
        Node node =
                new Node(start.get(5), new long[entries][axes], new int[entries], new int[entries], new long[entries]);
        for (int i = 0; i < entries; i++) {
            node.sizes()[i] = bytes.getInt();
            node.filters()[i] = bytes.getInt();
            for (int d = 0; d < axes; d++) {
                node.offsets()[i][d] = bytes.getLong();
            }
            bytes.getLong(); // along the bytes of a value
            for (int b = 0; b < offsetBytes; b++) {
                node.children()[i] |= (bytes.get() & 0xffL) << 8 * b;
            }
        }
        return node;
    }
}
