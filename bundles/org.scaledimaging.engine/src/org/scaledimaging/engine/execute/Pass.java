package org.scaledimaging.engine.execute;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.message.ParameterException;

/**
 * Work on an image that falls into independent tasks, one per cell of a grid. Whoever opens the same image can do any of
 * them, any number of times, in any order, with the same result to the bit. Thread-safe.
 */
public interface Pass {

    /** The cells, one task each. */
    Interval grid();

    /** Per axis of the grid, whether it takes part in Morton order, in which tasks are best started. */
    boolean[] interleaved();

    /** What is being done, for people; short. */
    String message();

    /** What a task needs that only this process has: float32 or float64 blocks, not to be changed. */
    default List<Block> input(long[] cell) throws IOException {
        return List.of();
    }

    /** Whether tasks read an image that is on a server, so that it pays to announce them. */
    default boolean isRemote() {
        return false;
    }

    /** Announces to the image that is read what a task is going to read of it; by default nothing. */
    default void announce(long[] cell, Ahead ahead) {}

    /**
     * Does one task.
     *
     * @param input as {@link #input} gave it
     * @param execution how the task itself is carried out
     * @return float32 or float64 blocks; empty when all has been done
     */
    List<Block> run(long[] cell, List<Block> input, Execution execution) throws IOException, ParameterException;

    /**
     * What another process needs to do the same tasks.
     *
     * @throws ParameterException when no other process can open the image
     */
    Description description() throws ParameterException;

    /** The cells of the grid, in the order in which tasks are started. */
    default Iterator<long[]> cells() {
        return MortonOrder.over(grid(), interleaved());
    }

    /** How many cells there are. */
    default long count() {
        long count = 1;
        for (long length : grid().shape()) {
            count *= length;
        }
        return count;
    }
}
