package org.scaledimaging.engine.statistics;

import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;

/** All that {@link Statistics} needs, for types of which not every value can be counted. */
final class StatisticsTally implements BlockPass.Tally {
    private static final int[] ONE = {0};

    private final Doubles doubles = new Doubles();
    private final Range range = new Range();
    private final ExactSums sums = new ExactSums(1, true);
    private long count;
    private final OrderedCounts ordered;
    private final boolean ranks;

    /** @param ranks whether percentiles are wanted */
    StatisticsTally(PixelType type, boolean ranks) {
        this.ordered = new OrderedCounts(type.isInteger());
        this.ranks = ranks;
    }

    @Override
    public void add(Block block) {
        double[] values = doubles.of(block);
        range.add(values, block.size());
        count += sums.addFinite(values, block.size());
        if (ranks) {
            ordered.add(values, block.size());
        }
    }

    void add(StatisticsTally other) {
        range.add(other.range);
        sums.add(other.sums, ONE);
        count += other.count;
        ordered.add(other.ordered);
    }

    Statistics statistics(long voxels, List<Double> percentiles) {
        return new Statistics(
                voxels,
                count,
                count == 0 ? Double.NaN : range.minimum(),
                count == 0 ? Double.NaN : range.maximum(),
                ExactSums.mean(sums.sum(0), count),
                ExactSums.standardDeviation(sums.sum(0), sums.squares(0), count),
                BetweenRanks.of(percentiles, count, this::ofRank));
    }

    private double ofRank(long rank) {
        if (rank == 0) {
            return range.minimum();
        } else if (rank == count - 1) {
            return range.maximum();
        }
        return Math.max(range.minimum(), Math.min(range.maximum(), ordered.ofRank(rank)));
    }
}
