package org.scaledimaging.engine.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MortonOrder;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;

/**
 * One streaming pass over a region of an image, on all threads, each voxel read once. What is counted is collected in
 * tallies, one per thread; which block went into which differs from run to run.
 */
final class BlockPass {
    /** What is read at once, in voxels, where chunks allow it. */
    private static final long SMALLEST = 1 << 18;

    private static final long LARGEST = 1 << 21;

    /** What is counted of blocks; used by one thread at a time. */
    interface Tally {
        void add(Block block);
    }

    private BlockPass() {}

    /** @return the tallies, in no particular order; their sum is what counts */
    static <T extends Tally> List<T> run(
            ImageSource image, Interval region, Supplier<T> newTally, Execution execution, String message)
            throws IOException {
        long[] unit = unit(image.chunkShape(), region);
        long[] min = region.mins();
        long[] max = region.maxs();
        boolean[] interleaved = new boolean[unit.length];
        long tasks = 1;
        for (int d = 0; d < unit.length; d++) {
            min[d] /= unit[d];
            max[d] = (max[d] + unit[d] - 1) / unit[d];
            tasks *= max[d] - min[d];
            interleaved[d] = image.metadata().dimensions().get(d).axis().isSpatial();
        }
        Queue<T> idle = new ConcurrentLinkedQueue<>();
        OrderedTasks.run(MortonOrder.over(Interval.between(min, max), interleaved), tasks, execution, message, cell -> {
            long[] corner = cell.clone();
            for (int d = 0; d < corner.length; d++) {
                corner[d] *= unit[d];
            }
            Block block = image.read(Interval.at(corner, unit).intersect(region));
            T free = idle.poll();
            T tally = free == null ? newTally.get() : free;
            tally.add(block);
            idle.add(tally);
        });
        return new ArrayList<>(idle);
    }

    /** Chunks, several together where they are small, cut where they are too big to hold one per thread. */
    private static long[] unit(int[] chunk, Interval region) {
        long[] unit = new long[chunk.length];
        long voxels = 1;
        for (int d = 0; d < unit.length; d++) {
            unit[d] = Math.min(chunk[d], region.max(d));
            voxels *= unit[d];
        }
        for (int d = unit.length - 1; d >= 0 && voxels < SMALLEST; d--) {
            long chunks = (region.max(d) + unit[d] - 1) / unit[d];
            long wanted = Math.min(chunks, (SMALLEST + voxels - 1) / voxels);
            unit[d] *= wanted;
            voxels *= wanted;
        }
        while (voxels > LARGEST) {
            int longest = 0;
            for (int d = 1; d < unit.length; d++) {
                longest = unit[d] > unit[longest] ? d : longest;
            }
            voxels /= unit[longest];
            unit[longest] = (unit[longest] + 1) / 2;
            voxels *= unit[longest];
        }
        return unit;
    }
}
