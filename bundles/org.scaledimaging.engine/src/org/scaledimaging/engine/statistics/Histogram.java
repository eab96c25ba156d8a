package org.scaledimaging.engine.statistics;

import java.util.List;

/**
 * The number of voxels in each of some bins of the same width. A bin includes its lower edge; the last one includes its
 * upper edge, too.
 *
 * @param minimum lower edge of the first bin
 * @param maximum upper edge of the last bin; NaN, as is the minimum, where no voxel is finite
 * @param counts voxels per bin; empty where no voxel is finite
 */
public record Histogram(double minimum, double maximum, List<Long> counts) {

    public Histogram {
        counts = List.copyOf(counts);
    }

    static Histogram of(double minimum, double maximum, long[] counts) {
        return new Histogram(
                minimum, maximum, java.util.Arrays.stream(counts).boxed().toList());
    }

    /** How many bins there are. */
    public int bins() {
        return counts.size();
    }

    /** The lower edge of a bin; of {@link #bins()}, the upper edge of the last. */
    public double edge(int bin) {
        return edge(minimum, maximum, bins(), bin);
    }

    /** The middle of a bin: for bins of width 1 around whole numbers, that number. */
    public double centre(int bin) {
        return edge(bin) / 2 + edge(bin + 1) / 2;
    }

    /** Computed at half the size, which is exact: the range of float64 values can be more than the largest of them. */
    static double edge(double minimum, double maximum, int bins, int bin) {
        return bin == bins ? maximum : 2 * (minimum / 2 + bin * (halfRange(minimum, maximum) / bins));
    }

    static double halfRange(double minimum, double maximum) {
        return maximum / 2 - minimum / 2;
    }
}
