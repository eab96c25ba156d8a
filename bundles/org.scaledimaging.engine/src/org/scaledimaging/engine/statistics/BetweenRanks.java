package org.scaledimaging.engine.statistics;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/** Percentiles by linear interpolation between the two nearest ranks. */
final class BetweenRanks {
    private BetweenRanks() {}

    /** @param ofRank the voxel of a rank, counted from 0 at the smallest */
    static List<Double> of(List<Double> percentiles, long count, LongToDoubleFunction ofRank) {
        List<Double> values = new ArrayList<>();
        for (double percentile : percentiles) {
            values.add(count == 0 ? Double.NaN : between((count - 1) * (percentile / 100), count, ofRank));
        }
        return values;
    }

    private static double between(double rank, long count, LongToDoubleFunction ofRank) {
        long low = Math.min(count - 1, (long) rank);
        double weight = rank - low;
        double a = ofRank.applyAsDouble(low);
        double b = ofRank.applyAsDouble(Math.min(count - 1, low + 1));
        // From the nearer end, so that both ends are hit exactly.
        return weight < 0.5 ? a + (b - a) * weight : b - (b - a) * (1 - weight);
    }
}
