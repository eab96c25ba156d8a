package org.scaledimaging.engine.io.omezarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MortonOrder;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.ArrayPool;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.resample.BlockMean;
import org.scaledimaging.engine.resample.LabelMode;

/**
 * Writes all levels of a pyramid in one pass over the image: each block of the full resolution is read once, and
 * whoever completes a block of a coarser level writes that too. Blocks are visited in Morton order, so that at any moment
 * only a few blocks per level and thread are incomplete: memory does not grow with the image.
 */
final class PyramidPass {
    private final ImageSource image;
    private final PyramidPlan plan;
    private final List<ZarrArrayWriter> writers;
    private final List<Map<Long, Parent>> incomplete = new ArrayList<>();
    private final ArrayPool arrays;

    /** A block of a coarser level that waits for its parts. */
    private record Parent(Block block, AtomicInteger missing) {}

    private PyramidPass(ImageSource image, PyramidPlan plan, List<ZarrArrayWriter> writers) {
        this.image = image;
        this.plan = plan;
        this.writers = writers;
        this.arrays = new ArrayPool(image.metadata().pixelType());
        plan.levels().forEach(level -> incomplete.add(new ConcurrentHashMap<>()));
    }

    /** @param writers one per level of the plan */
    static void run(ImageSource image, PyramidPlan plan, List<ZarrArrayWriter> writers, Execution execution)
            throws IOException {
        PyramidPass pass = new PyramidPass(image, plan, writers);
        long[] grid = plan.blockGrid(0);
        boolean[] spatial = new boolean[grid.length];
        long count = 1;
        for (int d = 0; d < grid.length; d++) {
            Dimension dimension = image.metadata().dimensions().get(d);
            spatial[d] = dimension.axis().isSpatial();
            count *= grid[d];
        }
        OrderedTasks.run(
                MortonOrder.over(Interval.ofShape(grid), spatial), count, execution, "writing", pass::fullResolution);
    }

    private void fullResolution(long[] index) throws IOException {
        Interval interval = interval(0, index);
        Object voxels = arrays.take(interval.voxels());
        image.read(interval, voxels);
        complete(0, index, new Block(image.metadata().pixelType(), interval, voxels));
        arrays.give(voxels); // everything made of it is encoded or copied by now
    }

    private Interval interval(int level, long[] index) {
        long[] min = index.clone();
        long[] size = new long[min.length];
        for (int d = 0; d < min.length; d++) {
            min[d] *= plan.block()[d];
            size[d] = plan.block()[d];
        }
        return Interval.at(min, size).intersect(plan.levels().get(level).interval());
    }

    /**
     * Writes a block of a level and hands its means (of labels, the most frequent) to the level above, for as long as that
     * completes blocks there.
     */
    private void complete(int level, long[] index, Block block) throws IOException {
        write(level, block);
        if (level + 1 == plan.levels().size()) {
            return;
        }
        int[] factors = plan.factors().get(level);
        Block means = image.metadata().labels()
                ? LabelMode.downsample(block, factors)
                : BlockMean.downsample(block, factors, block.pixelType());
        long[] above = index.clone();
        for (int d = 0; d < above.length; d++) {
            above[d] /= factors[d];
        }
        long key = key(level + 1, above);
        Parent parent = incomplete
                .get(level + 1)
                .computeIfAbsent(
                        key,
                        missing -> new Parent(
                                Block.allocate(block.pixelType(), interval(level + 1, above)),
                                new AtomicInteger(parts(level, above))));
        parent.block().copyFrom(means); // no two parts overlap
        if (parent.missing().decrementAndGet() == 0) {
            incomplete.get(level + 1).remove(key);
            complete(level + 1, above, parent.block());
        }
    }

    /** How many blocks of a level make up one of the level above. */
    private int parts(int level, long[] above) {
        long[] grid = plan.blockGrid(level);
        int parts = 1;
        for (int d = 0; d < above.length; d++) {
            long factor = plan.factors().get(level)[d];
            parts *= (int) (Math.min(grid[d], (above[d] + 1) * factor) - above[d] * factor);
        }
        return parts;
    }

    private long key(int level, long[] index) {
        long[] grid = plan.blockGrid(level);
        long key = 0;
        for (int d = 0; d < index.length; d++) {
            key = key * grid[d] + index[d];
        }
        return key;
    }

    /** Writes a block as the chunks it is made of. */
    private void write(int level, Block block) throws IOException {
        int[] chunk = plan.chunk();
        Interval interval = block.interval();
        long[] first = new long[chunk.length];
        long[] end = new long[chunk.length];
        long[] size = new long[chunk.length];
        for (int d = 0; d < chunk.length; d++) {
            first[d] = interval.min(d) / chunk[d];
            end[d] = (interval.max(d) + chunk[d] - 1) / chunk[d];
            size[d] = chunk[d];
        }
        boolean[] none = new boolean[chunk.length];
        for (var chunks = MortonOrder.over(Interval.between(first, end), none); chunks.hasNext(); ) {
            long[] index = chunks.next();
            long[] min = index.clone();
            for (int d = 0; d < min.length; d++) {
                min[d] *= chunk[d];
            }
            Interval whole = Interval.at(min, size);
            Block padded = block;
            if (!whole.equals(interval)) {
                padded = Block.allocate(block.pixelType(), whole); // beyond the image: 0, the fill value
                padded.copyFrom(block);
            }
            writers.get(level).write(index, padded.voxels());
        }
    }

    @Override
    public String toString() {
        return "pyramid of " + plan.levels().size() + " levels in blocks of " + Arrays.toString(plan.block());
    }
}
