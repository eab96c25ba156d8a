package org.scaledimaging.engine.statistics;

import org.scaledimaging.engine.block.Block;

/** The smallest and the largest finite voxel. */
final class Range implements BlockPass.Tally {
    private final Doubles doubles = new Doubles();
    private double minimum = Double.POSITIVE_INFINITY;
    private double maximum = Double.NEGATIVE_INFINITY;

    @Override
    public void add(Block block) {
        add(doubles.of(block), block.size());
    }

    void add(double[] values, int length) {
        double low = minimum;
        double high = maximum;
        for (int i = 0; i < length; i++) {
            double value = values[i];
            if (Math.abs(value) <= Double.MAX_VALUE) { // false for NaN, too
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        minimum = low;
        maximum = high;
    }

    void add(Range other) {
        minimum = Math.min(minimum, other.minimum);
        maximum = Math.max(maximum, other.maximum);
    }

    /** Whether there was no finite voxel. */
    boolean isEmpty() {
        return minimum > maximum;
    }

    /** Never −0: which of two equal zeros came first says nothing. */
    double minimum() {
        return minimum + 0.0;
    }

    double maximum() {
        return maximum + 0.0;
    }
}
