package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.scaledimaging.engine.block.ArrayPool;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.Rows;
import org.scaledimaging.engine.block.VoxelBytes;

/**
 * Blocks that are made of several parts, from the first part to the last: in memory as far as a bound allows, those that
 * come when it is reached in a file. Thread-safe; parts of one block do not overlap.
 */
public final class WaitingBlocks implements Closeable {
    private static final int BYTES_AT_ONCE = 1 << 16;

    private final PixelType type;
    private final ArrayPool arrays;
    private final ScratchFile file;
    private final long slotBytes;
    private final Map<Name, Waiting> waiting = new ConcurrentHashMap<>();
    private final Deque<Long> freeSlots = new ArrayDeque<>();
    private long slots;
    private long room;

    /** A block of a level, by its number there. */
    private record Name(int level, long number) {}

    /**
     * @param block where it is in memory; nothing for one in the file
     * @param position where it is in the file, in bytes
     * @param missing voxels still to come
     */
    private record Waiting(Interval interval, Optional<Block> block, long position, AtomicInteger missing) {}

    /**
     * @param arrays that blocks are made of
     * @param file for what there is no room for in memory
     * @param slotVoxels of the largest block
     * @param bytes that blocks may take in memory
     */
    public WaitingBlocks(PixelType type, ArrayPool arrays, ScratchFile file, long slotVoxels, long bytes) {
        this.type = type;
        this.arrays = arrays;
        this.file = file;
        this.slotBytes = slotVoxels * type.bytes();
        this.room = bytes;
    }

    /**
     * Takes a part of a block; of the part, what the block covers.
     *
     * @param interval the block's, asked for with its first part
     * @return the block, now the caller's, where that was the last of it
     */
    public Optional<Block> add(int level, long number, Supplier<Interval> interval, Block part) throws IOException {
        Name name = new Name(level, number);
        Waiting block = waiting.computeIfAbsent(name, missing -> begin(interval.get()));
        Interval covered = block.interval().intersect(part.interval());
        if (block.block().isPresent()) {
            block.block().get().copyFrom(part);
        } else {
            put(block, part, covered);
        }
        if (block.missing().addAndGet(-covered.voxels()) > 0) {
            return Optional.empty();
        }
        waiting.remove(name);
        return Optional.of(end(block));
    }

    private synchronized Waiting begin(Interval interval) {
        AtomicInteger missing = new AtomicInteger(interval.voxels());
        if (room >= slotBytes) {
            room -= slotBytes;
            Block block = new Block(type, interval, arrays.take(interval.voxels()));
            return new Waiting(interval, Optional.of(block), 0, missing);
        }
        long slot = freeSlots.isEmpty() ? slots++ : freeSlots.pop();
        return new Waiting(interval, Optional.empty(), slot * slotBytes, missing);
    }

    private Block end(Waiting block) throws IOException {
        if (block.block().isPresent()) {
            synchronized (this) {
                room += slotBytes;
            }
            return block.block().get();
        }
        Block whole =
                new Block(type, block.interval(), arrays.take(block.interval().voxels()));
        copy(whole.size(), (from, length, bytes, view) -> {
            file.read(bytes, block.position() + (long) from * type.bytes());
            view.get(0, whole.voxels(), from, length);
        });
        synchronized (this) {
            freeSlots.push(block.position() / slotBytes);
        }
        return whole;
    }

    private void put(Waiting block, Block part, Interval covered) throws IOException {
        Block piece = part;
        if (!covered.equals(part.interval())) {
            piece = Block.allocate(type, covered);
            piece.copyFrom(part);
        }
        Object voxels = piece.voxels();
        Interval inBlock = covered.translate(negative(block.interval().mins()));
        Rows.forEach(
                inBlock,
                Interval.ofShape(block.interval().shape()),
                inBlock,
                (inFile, inArray, length) -> copy(length, (from, count, bytes, view) -> {
                    view.put(0, voxels, inArray + from, count);
                    file.write(bytes, block.position() + (inFile + from) * type.bytes());
                }));
    }

    /** Moves some voxels of a run. */
    @FunctionalInterface
    private interface Move {
        void move(int from, int length, ByteBuffer bytes, VoxelBytes view) throws IOException;
    }

    /** Moves voxels through a small buffer. */
    private void copy(int length, Move move) throws IOException {
        int most = Math.min(length, BYTES_AT_ONCE / type.bytes());
        ByteBuffer bytes = ByteBuffer.allocate(most * type.bytes()).order(ByteOrder.nativeOrder());
        VoxelBytes view = VoxelBytes.of(bytes, type);
        for (int done = 0; done < length; done += most) {
            int count = Math.min(most, length - done);
            bytes.position(0).limit(count * type.bytes());
            move.move(done, count, bytes, view);
        }
    }

    private static long[] negative(long[] offset) {
        for (int d = 0; d < offset.length; d++) {
            offset[d] = -offset[d];
        }
        return offset;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
