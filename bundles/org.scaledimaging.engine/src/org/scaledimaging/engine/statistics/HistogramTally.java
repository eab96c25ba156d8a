package org.scaledimaging.engine.statistics;

import org.scaledimaging.engine.block.Block;

/** Voxels per bin of given edges; voxels that are not finite are left out. */
final class HistogramTally implements BlockPass.Tally {
    private final Doubles doubles = new Doubles();
    private final double minimum;
    private final double maximum;
    private final long[] counts;

    HistogramTally(double minimum, double maximum, int bins) {
        this.minimum = minimum;
        this.maximum = maximum;
        this.counts = new long[bins];
    }

    @Override
    public void add(Block block) {
        double[] values = doubles.of(block);
        int size = block.size();
        for (int i = 0; i < size; i++) {
            if (Math.abs(values[i]) <= Double.MAX_VALUE) { // false for NaN, too
                counts[binOf(values[i])]++;
            }
        }
    }

    /** Adds a finite value that occurs so many times. */
    void add(double value, long times) {
        counts[binOf(value)] += times;
    }

    void add(HistogramTally other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
    }

    /** The bin by division, put right where rounding took it across an edge. */
    private int binOf(double value) {
        int bins = counts.length;
        int bin = (int) (Histogram.halfRange(minimum, value) / Histogram.halfRange(minimum, maximum) * bins);
        bin = Math.max(0, Math.min(bins - 1, bin));
        if (bin > 0 && value < Histogram.edge(minimum, maximum, bins, bin)) {
            return bin - 1;
        }
        return bin < bins - 1 && value >= Histogram.edge(minimum, maximum, bins, bin + 1) ? bin + 1 : bin;
    }

    Histogram histogram() {
        return Histogram.of(minimum, maximum, counts);
    }
}
