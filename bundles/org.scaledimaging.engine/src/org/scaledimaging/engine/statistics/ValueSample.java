package org.scaledimaging.engine.statistics;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;

/**
 * The finite values of a channel, over all its time points, in ascending order: of all its voxels, or where these are many
 * of blocks that are spread evenly over it. Which blocks depends on the image's shape and chunks alone.
 */
public final class ValueSample {
    /** How many blocks a sample is spread over, at least, where the image has so many. */
    private static final int BLOCKS = 64;

    /** Multiples of it, modulo 1, are spread evenly however many are taken (Weyl 1916). */
    private static final double GOLDEN = 0.6180339887498949;

    private final double[] ascending;

    private ValueSample(double[] ascending) {
        this.ascending = ascending;
    }

    /**
     * Reads as many values as are wanted, and by and large no more chunks than that takes.
     *
     * @param channel from 0; without effect where the image has no channels
     * @param most how many voxels to read, at most
     * @throws java.util.concurrent.CancellationException when the progress says so
     */
    public static ValueSample of(ImageSource image, long channel, int most, Execution execution) throws IOException {
        Interval region = channel(image, channel);
        long[] unit = unit(image, region, most);
        List<Interval> blocks = blocks(region, unit, most);
        double[][] values = new double[blocks.size()][];
        Execution quiet = execution.withProgress(execution.progress().untold());
        OrderedTasks.run(
                IntStream.range(0, values.length).iterator(),
                values.length,
                quiet,
                "sampling",
                number -> values[number] = finite(image.read(blocks.get(number))));
        return new ValueSample(
                Arrays.stream(values).flatMapToDouble(Arrays::stream).sorted().toArray());
    }

    private static double[] finite(Block block) {
        double[] read = (double[]) block.convert(PixelType.FLOAT64).voxels();
        return Arrays.stream(read, 0, block.size()).filter(Double::isFinite).toArray();
    }

    private static Interval channel(ImageSource image, long channel) {
        Interval all = image.metadata().interval();
        int axis = image.metadata().indexOf(Axis.C);
        long[] min = all.mins();
        long[] max = all.maxs();
        if (axis >= 0) {
            min[axis] = channel;
            max[axis] = channel + 1;
        }
        return Interval.between(min, max);
    }

    /** What is read at once: a chunk, or the first part of one. */
    private static long[] unit(ImageSource image, Interval region, int most) {
        int[] chunk = image.chunkShape();
        long[] unit = new long[chunk.length];
        double voxels = 1;
        double all = 1;
        for (int d = 0; d < unit.length; d++) {
            unit[d] = Math.min(chunk[d], region.length(d));
            voxels *= unit[d];
            all *= region.length(d);
        }
        double largest = all <= most ? most : most / (double) BLOCKS;
        while (voxels > largest) {
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

    private static List<Interval> blocks(Interval region, long[] unit, int most) {
        Grid grid = Grid.of(region, unit);
        long total = grid.count();
        double voxels = 1;
        double all = 1;
        for (int d = 0; d < unit.length; d++) {
            voxels *= unit[d];
            all *= region.length(d);
        }
        List<Interval> blocks = new ArrayList<>();
        if (all <= most) {
            grid.inOrder().forEach(cell -> blocks.add(grid.interval(cell)));
            return blocks;
        }
        int wanted = (int) Math.min(total, (long) (most / voxels));
        int places = (int) Math.min(total, Integer.MAX_VALUE);
        BitSet taken = new BitSet();
        for (int i = 0; i < wanted; i++) {
            double at = (i + 0.5) * GOLDEN;
            int place = (int) ((at - Math.floor(at)) * places);
            if (!taken.get(place)) {
                taken.set(place);
                blocks.add(grid.interval(grid.cell((long) ((double) place / places * total))));
            }
        }
        return blocks;
    }

    /** Whether no voxel is finite. */
    public boolean isEmpty() {
        return ascending.length == 0;
    }

    /** NaN where there are no values. */
    public double minimum() {
        return percentile(0);
    }

    /** NaN where there are no values. */
    public double maximum() {
        return percentile(100);
    }

    /** Between two values by linear interpolation; NaN where there are no values. */
    public double percentile(double percent) {
        return BetweenRanks.of(List.of(percent), ascending.length, rank -> ascending[(int) rank])
                .get(0);
    }

    /** The values, ascending. */
    public double[] values() {
        return ascending.clone();
    }
}
