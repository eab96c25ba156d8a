package org.scaledimaging.engine.report;

import java.math.BigInteger;
import org.scaledimaging.engine.statistics.exact.ExactSums;

/** Values in groups, of which only later is known which belong to the mask: sums, sums of squares and counts of each. */
final class GroupTally {
    private final boolean whole;
    private ExactSums sums;
    private Counts[] counts;

    /** @param whole whether all values are whole numbers */
    GroupTally(int groups, boolean whole) {
        this.whole = whole;
        this.sums = new ExactSums(groups, true);
        this.counts = new Counts[groups];
    }

    /** Makes sure that so many values do not overflow. */
    void prepare(long more) {
        sums.prepare(more);
    }

    /** Adds a finite value; {@link #prepare} has counted it. */
    void add(int group, double value) {
        sums.add(group, value);
        if (counts[group] == null) {
            counts[group] = new Counts(whole);
        }
        counts[group].addAny(value);
    }

    void add(GroupTally other, int[] groups) {
        sums.add(other.sums, groups);
        for (int group = 0; group < groups.length; group++) {
            if (other.counts[group] != null) {
                int into = groups[group];
                if (counts[into] == null) {
                    counts[into] = new Counts(whole);
                }
                counts[into].add(other.counts[group]);
            }
        }
    }

    /** Joins groups: each goes into the one of its number. */
    void regroup(int[] groups) {
        GroupTally joined = new GroupTally(counts.length, whole);
        joined.add(this, groups);
        sums = joined.sums;
        counts = joined.counts;
    }

    /** The figures of a group and all above it; entropy on the given bins, which cover all values. */
    Figures.InMask from(int first, Bins bins) {
        BigInteger sum = BigInteger.ZERO;
        BigInteger square = BigInteger.ZERO;
        long total = 0;
        long[] shares = new long[bins.count()];
        for (int group = first; group < counts.length; group++) {
            if (counts[group] != null) {
                sum = sum.add(sums.sum(group));
                square = square.add(sums.squares(group));
                total += counts[group].total();
                long[] own = counts[group].in(bins);
                for (int bin = 0; bin < own.length; bin++) {
                    shares[bin] += own[bin];
                }
            }
        }
        double mean = ExactSums.mean(sum, total);
        double deviation = ExactSums.standardDeviation(sum, square, total);
        return new Figures.InMask(total, mean, deviation / mean, entropy(shares, total));
    }

    private static double entropy(long[] shares, long total) {
        double entropy = total == 0 ? Double.NaN : 0;
        for (long count : shares) {
            if (count > 0) {
                double share = count / (double) total;
                entropy -= share * Math.log(share) / Math.log(2);
            }
        }
        return entropy;
    }
}
