package org.scaledimaging.engine.statistics;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.statistics.exact.ExactSums;
import org.scaledimaging.engine.statistics.exact.LongTally;
import org.scaledimaging.engine.statistics.exact.OrderedCounts;

/** All that {@link Statistics} needs, for types of which not every value can be counted. */
final class StatisticsTally implements BlockPass.Tally {
    private static final int[] ONE = {0};

    private final Doubles doubles = new Doubles();
    private final Range range = new Range();
    private final ExactSums sums = new ExactSums(1, true);
    private long count;
    private final OrderedCounts ordered;
    private final boolean ranks;
    private final PixelType type;
    /** Of integers that float64 does not hold. */
    private final LongTally longs;

    /** @param ranks whether percentiles are wanted */
    StatisticsTally(PixelType type, boolean ranks) {
        this.ordered = new OrderedCounts(type.isInteger());
        this.ranks = ranks;
        this.type = type;
        this.longs = new LongTally(type.isSigned());
    }

    @Override
    public void add(Block block) {
        double[] values = doubles.of(block);
        range.add(values, block.size());
        if (block.voxels() instanceof long[] whole) {
            longs.add(whole, block.size());
            count += block.size();
        } else {
            count += sums.addFinite(values, block.size());
        }
        if (ranks) {
            ordered.add(values, block.size());
        }
    }

    void add(StatisticsTally other) {
        range.add(other.range);
        sums.add(other.sums, ONE);
        longs.add(other.longs);
        count += other.count;
        ordered.add(other.ordered);
    }

    Statistics statistics(long voxels, List<Double> percentiles) {
        boolean isLong = longs.count() > 0;
        BigInteger sum = isLong ? ExactSums.ofWhole(longs.sum()) : sums.sum(0);
        BigInteger squares = isLong ? ExactSums.ofWhole(ExactSums.ofWhole(longs.squares())) : sums.squares(0);
        return new Statistics(
                voxels,
                count,
                count == 0 ? Double.NaN : range.minimum(),
                count == 0 ? Double.NaN : range.maximum(),
                ExactSums.mean(sum, count),
                ExactSums.standardDeviation(sum, squares, count),
                BetweenRanks.of(percentiles, count, this::ofRank),
                whole(ExactSums.whole(sum)));
    }

    private Optional<WholeNumbers> whole(BigInteger sum) {
        if (!type.isInteger() || count == 0) {
            return Optional.empty();
        }
        return Optional.of(
                longs.count() > 0
                        ? new WholeNumbers(longs.minimum(), longs.maximum(), sum)
                        : new WholeNumbers(
                                BigInteger.valueOf((long) range.minimum()),
                                BigInteger.valueOf((long) range.maximum()),
                                sum));
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
