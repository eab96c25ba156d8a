package org.scaledimaging.engine.spill;

import java.io.Closeable;
import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.MemoryBudget;

/**
 * Stores the low-resolution images and fields of one step: in memory as long as there is room, then in a temporary
 * file. No value depends on which. Thread-safe.
 */
public final class BlockStore implements Closeable {
    private final MemoryBudget memory;
    private long held;
    private ScratchFile file;

    /** @param memory which this shares with others */
    public BlockStore(MemoryBudget memory) {
        this.memory = memory;
    }

    /** Whether there was room in memory for so many bytes, which is then taken until this is closed. */
    public synchronized boolean holds(long bytes) {
        boolean holds = memory.take(bytes);
        held += holds ? bytes : 0;
        return holds;
    }

    /** Keeps a block: this very one, which is then not to be changed, or a copy in the file. */
    public StoredBlock put(Block block) throws IOException {
        return holds(bytes(block)) ? new StoredBlock.InMemory(block) : putInFile(block);
    }

    /** Keeps a copy of a block in the file, whatever room there is in memory. */
    public StoredBlock putInFile(Block block) throws IOException {
        StoredBlock part = allocateInFile(block.pixelType(), block.interval());
        part.copyFrom(block);
        return part;
    }

    /** A block to be filled part by part. */
    public StoredBlock allocate(PixelType type, Interval interval) throws IOException {
        return holds((long) interval.voxels() * type.bytes())
                ? new StoredBlock.InMemory(Block.allocate(type, interval))
                : allocateInFile(type, interval);
    }

    private synchronized StoredBlock allocateInFile(PixelType type, Interval interval) throws IOException {
        if (file == null) {
            file = ScratchFile.temporary();
        }
        return file.allocate(type, interval);
    }

    /** How many bytes the voxels of a block take. */
    public static long bytes(Block block) {
        return (long) block.size() * block.pixelType().bytes();
    }

    @Override
    public synchronized void close() throws IOException {
        memory.give(held);
        held = 0;
        if (file != null) {
            file.close();
        }
    }
}
