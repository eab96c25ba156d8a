package org.scaledimaging.engine.statistics;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.statistics.exact.ExactSums;

/** Counts how often each value occurs, for integers of 8 or 16 bits: everything else follows from that. */
final class ValueCounts implements BlockPass.Tally {
    private final PixelType type;
    /** By the value's bits. */
    private final long[] counts;

    ValueCounts(PixelType type) {
        this.type = type;
        this.counts = new long[1 << 8 * type.bytes()];
    }

    static boolean serve(PixelType type) {
        return type.isInteger() && type.bytes() <= 2;
    }

    @Override
    public void add(Block block) {
        int size = block.size();
        if (block.voxels() instanceof byte[] values) {
            for (int i = 0; i < size; i++) {
                counts[values[i] & 0xff]++;
            }
        } else {
            short[] values = (short[]) block.voxels();
            for (int i = 0; i < size; i++) {
                counts[values[i] & 0xffff]++;
            }
        }
    }

    void add(ValueCounts other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** The smallest value of the type. */
    int lowest() {
        return type.isSigned() ? -counts.length / 2 : 0;
    }

    /** How often each value occurs, in the order of values, from {@link #lowest()}. */
    long[] inOrder() {
        long[] ordered = new long[counts.length];
        for (int i = 0; i < counts.length; i++) {
            ordered[i] = counts[lowest() + i & counts.length - 1];
        }
        return ordered;
    }

    /** Statistics of all that was counted, if anything was. */
    Statistics statistics(List<Double> percentiles) {
        long[] ordered = inOrder();
        int lowest = lowest();
        ExactSums sums = new ExactSums(1, true);
        long voxels = 0;
        int first = -1;
        int last = -1;
        for (int i = 0; i < ordered.length; i++) {
            if (ordered[i] > 0) {
                first = first < 0 ? i : first;
                last = i;
                voxels += ordered[i];
                sums.addWhole(0, lowest + i, ordered[i]);
            }
        }
        long total = voxels;
        return new Statistics(
                total,
                total,
                lowest + first,
                lowest + last,
                ExactSums.mean(sums.sum(0), total),
                ExactSums.standardDeviation(sums.sum(0), sums.squares(0), total),
                BetweenRanks.of(percentiles, total, rank -> {
                    int value = 0;
                    for (long before = ordered[0]; before <= rank; before += ordered[value]) {
                        value++;
                    }
                    return lowest + value;
                }),
                total == 0
                        ? Optional.empty()
                        : Optional.of(new WholeNumbers(
                                BigInteger.valueOf(lowest + first),
                                BigInteger.valueOf(lowest + last),
                                ExactSums.whole(sums.sum(0)))));
    }
}
