package org.scaledimaging.engine.io.omezarr;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MortonOrder;
import org.scaledimaging.engine.execute.Pass;
import org.scaledimaging.engine.image.ArrayPool;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.resample.BlockMean;
import org.scaledimaging.engine.resample.LabelMode;

/**
 * Writes all levels of a pyramid in one pass over the image: each block of the full resolution is read once, and
 * whoever completes a block of a coarser level writes that too. Blocks are visited in Morton order, so that at any moment
 * only a few blocks per level and thread are incomplete: memory does not grow with the image.
 */
final class PyramidPass implements Pass {
    private final ImageSource image;
    private final PyramidPlan plan;
    private final int first;
    private final List<ZarrArrayWriter> writers;
    private final List<Map<Long, Parent>> incomplete = new ArrayList<>();
    private final ArrayPool arrays;

    /** A block of a coarser level that waits for its parts. */
    private record Parent(Block block, AtomicInteger missing) {}

    /**
     * @param image of the first level that is written
     * @param first that level's number
     * @param writers one per level that is written, the first level's first
     */
    PyramidPass(ImageSource image, PyramidPlan plan, int first, List<ZarrArrayWriter> writers) {
        this.image = image;
        this.plan = plan;
        this.first = first;
        this.writers = writers;
        this.arrays = new ArrayPool(image.metadata().pixelType());
        writers.forEach(writer -> incomplete.add(new ConcurrentHashMap<>()));
    }

    /** The blocks of the first level. */
    @Override
    public Interval grid() {
        return Interval.ofShape(plan.blockGrid(first));
    }

    @Override
    public boolean[] interleaved() {
        return plan.spatial();
    }

    @Override
    public String message() {
        return "writing";
    }

    /** Its tasks share blocks that are incomplete: other processes do {@link PyramidStage}s. */
    @Override
    public Description description() throws ParameterException {
        return Description.required(Optional.empty());
    }

    @Override
    public List<Block> run(long[] index, List<Block> input, Execution execution) throws IOException {
        Interval interval = interval(first, index);
        Object voxels = arrays.take(interval.voxels());
        image.read(interval, voxels);
        complete(first, index, new Block(image.metadata().pixelType(), interval, voxels));
        arrays.give(voxels); // everything made of it is encoded or copied by now
        return List.of();
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
        if (level + 1 == first + writers.size()) {
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
                .get(level + 1 - first)
                .computeIfAbsent(
                        key,
                        missing -> new Parent(
                                Block.allocate(block.pixelType(), interval(level + 1, above)),
                                new AtomicInteger(parts(level, above))));
        parent.block().copyFrom(means); // no two parts overlap
        if (parent.missing().decrementAndGet() == 0) {
            incomplete.get(level + 1 - first).remove(key);
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
        long[] begin = new long[chunk.length];
        long[] end = new long[chunk.length];
        long[] size = new long[chunk.length];
        for (int d = 0; d < chunk.length; d++) {
            begin[d] = interval.min(d) / chunk[d];
            end[d] = (interval.max(d) + chunk[d] - 1) / chunk[d];
            size[d] = chunk[d];
        }
        boolean[] none = new boolean[chunk.length];
        for (var chunks = MortonOrder.over(Interval.between(begin, end), none); chunks.hasNext(); ) {
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
            writers.get(level - first).write(index, padded.voxels());
        }
    }

    @Override
    public String toString() {
        return "pyramid of " + plan.levels().size() + " levels in blocks of " + Arrays.toString(plan.block());
    }
}
