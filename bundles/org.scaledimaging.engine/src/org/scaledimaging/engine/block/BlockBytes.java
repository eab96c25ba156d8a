package org.scaledimaging.engine.block;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Blocks of type float32 or float64 as bytes, to the bit: type, axes, bounds and values of each, big-endian. */
public final class BlockBytes {
    private static final int VALUES_AT_ONCE = 1 << 13;
    private static final int MOST_AXES = 8;

    private BlockBytes() {}

    /** Writes a block: its type, its interval and its voxels. */
    public static void write(DataOutputStream out, Block block) throws IOException {
        Interval interval = block.interval();
        out.writeUTF(block.pixelType().label());
        out.writeInt(interval.axes());
        for (int d = 0; d < interval.axes(); d++) {
            out.writeLong(interval.min(d));
            out.writeLong(interval.max(d));
        }
        if (block.pixelType().isInteger()) {
            throw new IllegalArgumentException("a block of type " + block.pixelType());
        }
        ByteBuffer bytes =
                ByteBuffer.allocate(VALUES_AT_ONCE * block.pixelType().bytes());
        VoxelBytes values = VoxelBytes.of(bytes, block.pixelType());
        for (int done = 0; done < block.size(); done += VALUES_AT_ONCE) {
            int count = Math.min(VALUES_AT_ONCE, block.size() - done);
            values.put(0, block.voxels(), done, count);
            out.write(bytes.array(), 0, count * block.pixelType().bytes());
        }
    }

    /**
     * @param most bytes that the values can take: more are not believed
     * @throws StreamCorruptedException when that is no block
     * @throws java.io.EOFException when it ends early
     */
    public static Block read(DataInputStream in, long most) throws IOException {
        PixelType type = PixelType.ofLabel(in.readUTF()).orElseThrow(BlockBytes::damaged);
        int axes = in.readInt();
        check(axes > 0 && axes <= MOST_AXES && !type.isInteger());
        long[] min = new long[axes];
        long[] max = new long[axes];
        double size = 1;
        for (int d = 0; d < axes; d++) {
            min[d] = in.readLong();
            max[d] = in.readLong();
            check(min[d] >= 0 && max[d] > min[d]); // an empty axis would hide how long others are
            size *= max[d] - min[d];
        }
        check(size * type.bytes() <= most);
        Block block = Block.allocate(type, Interval.between(min, max));
        byte[] bytes = new byte[VALUES_AT_ONCE * type.bytes()];
        VoxelBytes values = VoxelBytes.of(ByteBuffer.wrap(bytes), type);
        for (int done = 0; done < block.size(); done += VALUES_AT_ONCE) {
            int count = Math.min(VALUES_AT_ONCE, block.size() - done);
            in.readFully(bytes, 0, count * type.bytes());
            values.get(0, block.voxels(), done, count);
        }
        return block;
    }

    /** Several blocks in one array. */
    public static byte[] of(List<Block> blocks) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeInt(blocks.size());
            for (Block block : blocks) {
                write(out, block);
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    /** The blocks in an array that {@link #of} gave. */
    public static List<Block> blocks(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int count = in.readInt();
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            blocks.add(read(in, bytes.length));
        }
        return blocks;
    }

    private static void check(boolean holds) throws StreamCorruptedException {
        if (!holds) {
            throw damaged();
        }
    }

    private static StreamCorruptedException damaged() {
        return new StreamCorruptedException("Found no block where one was expected.");
    }
}
