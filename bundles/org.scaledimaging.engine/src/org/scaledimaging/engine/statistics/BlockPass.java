package org.scaledimaging.engine.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.ReadAhead;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.image.ImageSource;

/**
 * One streaming pass over a region of an image, on all threads, each voxel read once. What is counted is collected in
 * tallies, one per thread; which block went into which differs from run to run.
 */
final class BlockPass {
    /** Voxels that are read at once, where chunks are smaller. */
    private static final long SMALLEST = 1 << 18;

    /** What is counted of blocks; used by one thread at a time. */
    interface Tally {
        void add(Block block);
    }

    private BlockPass() {}

    /** @return the tallies, in no particular order; their sum is what counts */
    static <T extends Tally> List<T> run(
            ImageSource image, Interval region, Supplier<T> newTally, Execution execution, String message)
            throws IOException {
        boolean[] interleaved = new boolean[region.axes()];
        for (int d = 0; d < interleaved.length; d++) {
            interleaved[d] = image.metadata().dimensions().get(d).axis().isSpatial();
        }
        ReadingPlan plan = ReadingPlan.of(
                region,
                image.chunkShape(),
                interleaved,
                SMALLEST,
                Double.BYTES, // tallies see values as float64
                ReadingPlan.Memory.ofHeap(execution.threads()));
        execution.tell(Notice.detail("Reading: " + plan + "."));
        Queue<T> idle = new ConcurrentLinkedQueue<>();
        ReadAhead.run(image, plan.pieces(), plan.count(), execution, message, piece -> {
            Block block = image.read(piece);
            T free = idle.poll();
            T tally = free == null ? newTally.get() : free;
            tally.add(block);
            idle.add(tally);
        });
        return new ArrayList<>(idle);
    }
}
