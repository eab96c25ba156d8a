package org.scaledimaging.engine.statistics;

import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;

/** All that {@link Statistics} needs, for types of which not every value can be counted. */
final class StatisticsTally implements BlockPass.Tally {
    private final Doubles doubles = new Doubles();
    private final Range range = new Range();
    private final ExactMoments moments = new ExactMoments();
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
        moments.add(values, block.size());
        if (ranks) {
            ordered.add(values, block.size());
        }
    }

    void add(StatisticsTally other) {
        range.add(other.range);
        moments.add(other.moments);
        ordered.add(other.ordered);
    }

    Statistics statistics(long voxels, List<Double> percentiles) {
        long count = moments.count();
        return new Statistics(
                voxels,
                count,
                count == 0 ? Double.NaN : range.minimum(),
                count == 0 ? Double.NaN : range.maximum(),
                moments.mean(),
                moments.standardDeviation(),
                BetweenRanks.of(percentiles, count, rank -> ofRank(rank, count)));
    }

    private double ofRank(long rank, long count) {
        if (rank == 0) {
            return range.minimum();
        } else if (rank == count - 1) {
            return range.maximum();
        }
        return Math.max(range.minimum(), Math.min(range.maximum(), ordered.ofRank(rank)));
    }
}
