package org.scaledimaging.engine.block;

import java.lang.reflect.Array;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Blocks of one pixel type whose arrays are used again and again, by any number of threads at once, so that they need
 * not be cleared and collected. It holds as many arrays as were in use at the same time.
 */
public final class BlockPool {
    private final PixelType type;
    private final Queue<Object> free = new ConcurrentLinkedQueue<>();

    /** A pool of blocks of one pixel type, empty at first. */
    public BlockPool(PixelType type) {
        this.type = type;
    }

    /** A block whose values are undefined; its array may be longer than the interval has voxels. */
    public Block take(Interval interval) {
        Object array = free.poll();
        return array != null && Array.getLength(array) >= interval.voxels()
                ? new Block(type, interval, array)
                : Block.allocate(type, interval);
    }

    /** Gives back a block whose array nobody uses any more. */
    public void give(Block block) {
        free.add(block.voxels());
    }
}
