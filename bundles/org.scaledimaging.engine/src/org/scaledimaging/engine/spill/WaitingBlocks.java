package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.BlockPool;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.MemoryBudget;

/**
 * Blocks that are made of several parts, from the first part to the last: in memory as far as a bound allows, those that
 * come when it is reached in a file. Thread-safe; parts of one block do not overlap.
 */
public final class WaitingBlocks implements Closeable {
    private final PixelType type;
    private final BlockPool blocks;
    private final ScratchFile file;
    private final long slotBytes;
    private final Map<Name, Waiting> waiting = new ConcurrentHashMap<>();
    private final Deque<Long> freeSlots = new ArrayDeque<>();
    private long slots;
    private final MemoryBudget memory;

    /** A block of a level, by its number there. */
    private record Name(int level, long number) {}

    /** @param missing voxels still to come */
    private record Waiting(StoredBlock block, AtomicInteger missing) {}

    /**
     * @param blocks whose arrays are used
     * @param file for what there is no room for in memory
     * @param slotVoxels of the largest block
     * @param memory that blocks may take, each as much as the largest
     */
    public WaitingBlocks(PixelType type, BlockPool blocks, ScratchFile file, long slotVoxels, MemoryBudget memory) {
        this.type = type;
        this.blocks = blocks;
        this.file = file;
        this.slotBytes = slotVoxels * type.bytes();
        this.memory = memory;
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
        block.block().copyFrom(part);
        Interval covered = block.block().interval().intersect(part.interval());
        if (block.missing().addAndGet(-covered.voxels()) > 0) {
            return Optional.empty();
        }
        waiting.remove(name);
        return Optional.of(end(block.block()));
    }

    private synchronized Waiting begin(Interval interval) {
        AtomicInteger missing = new AtomicInteger(interval.voxels());
        if (memory.take(slotBytes)) {
            return new Waiting(new StoredBlock.InMemory(blocks.take(interval)), missing);
        }
        long slot = freeSlots.isEmpty() ? slots++ : freeSlots.pop();
        return new Waiting(new BlockInFile(file, slot * slotBytes, type, interval), missing);
    }

    private Block end(StoredBlock block) throws IOException {
        if (block instanceof BlockInFile stored) {
            Block whole = blocks.take(stored.interval());
            stored.read(whole);
            synchronized (this) {
                freeSlots.push(stored.position() / slotBytes);
            }
            return whole;
        }
        memory.give(slotBytes);
        return block.read();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
