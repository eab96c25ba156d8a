package org.scaledimaging.engine.execute;

import java.io.IOException;
import java.util.Iterator;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
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
        Grid grid = Grid.of(region, unit);
        boolean[] interleaved = new boolean[unit.length];
        for (int d = 0; d < interleaved.length; d++) {
            interleaved[d] = grid.indices().length(d) > 1;
        }
        Iterator<long[]> cells = grid.inMortonOrder(interleaved);
        Iterator<Interval> intervals = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cells.hasNext();
            }

            @Override
            public Interval next() {
                return grid.interval(cells.next());
            }
        };
        ReadAhead.run(
                image, intervals, grid.count(), execution, message, interval -> voxels.copyFrom(image.read(interval)));
        return voxels;
    }
}
