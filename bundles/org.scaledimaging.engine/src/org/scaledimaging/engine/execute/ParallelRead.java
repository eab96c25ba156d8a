package org.scaledimaging.engine.execute;

import java.io.IOException;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MortonOrder;
import org.scaledimaging.engine.image.ImageSource;

/** Reads a region of an image into one block, on several threads. */
public final class ParallelRead {
    private ParallelRead() {}

    /**
     * @param region of at most 2^31 − 1 voxels: all of it is held in memory
     * @param unit what one task reads, in voxels per axis
     * @param message told to the progress
     */
    public static Block read(ImageSource image, Interval region, long[] unit, Execution execution, String message)
            throws IOException {
        Block voxels = Block.allocate(image.metadata().pixelType(), region);
        long[] grid = region.shape();
        long tasks = 1;
        boolean[] interleaved = new boolean[grid.length];
        for (int d = 0; d < grid.length; d++) {
            grid[d] = (grid[d] + unit[d] - 1) / unit[d];
            tasks *= grid[d];
            interleaved[d] = grid[d] > 1;
        }
        OrderedTasks.run(MortonOrder.over(Interval.ofShape(grid), interleaved), tasks, execution, message, cell -> {
            long[] min = cell.clone();
            for (int d = 0; d < min.length; d++) {
                min[d] = region.min(d) + min[d] * unit[d];
            }
            voxels.copyFrom(image.read(Interval.at(min, unit).intersect(region)));
        });
        return voxels;
    }
}
