package org.scaledimaging.plugins.n4;

import java.util.Arrays;

/**
 * The part of a log intensity that sharpening takes away: linear between the bins of the histogram that it comes from.
 *
 * <p>ITK finds a voxel's bin in float32. Rounding puts the highest voxel beyond the last bin at some iterations and not at
 * others, and there it does not count, which can be seen in the field. Here it counts with the probability that it has
 * there.
 */
final class Residual {
    /** What float32 does not tell from the last bin. */
    private static final double AT_THE_TOP = 1e-5;

    private final HistogramSharpening sharpening;
    private final double[] values;
    private final double[] steps;
    private final double top;
    private double lowest;
    private double width;
    private double perBin;
    private double weightAtTop;

    Residual(HistogramSharpening sharpening) {
        this.sharpening = sharpening;
        this.values = new double[sharpening.bins() + 1];
        this.steps = new double[sharpening.bins() + 1];
        this.top = sharpening.bins() - 1 - AT_THE_TOP;
    }

    /** An empty histogram for {@link #count}: a bin more than counts, so that there is one above the last. */
    double[] histogram() {
        return new double[sharpening.bins() + 1];
    }

    /** Lays the bins over the log intensities' range. */
    void span(float lowestValue, float highestValue) {
        lowest = lowestValue;
        float last = sharpening.bins() - 1;
        float rounded = (highestValue - lowestValue) / last;
        width = rounded;
        perBin = isSpread() ? 1 / width : 0;
        // The width is rounded by up to half a unit in its last place; too small, it leads beyond the last bin
        // where the quotient is not rounded back to it.
        weightAtTop = 1 - Math.max(0, 0.5 - 0.5 * Math.ulp(last) / last * (width / Math.ulp(rounded)));
    }

    /** Whether there is more than one log intensity: otherwise nothing is taken away. */
    private boolean isSpread() {
        return width >= Float.MIN_NORMAL;
    }

    /** Counts a voxel in the two bins nearest to it, more in the nearer: a triangular Parzen window. */
    void count(float logarithm, double[] histogram) {
        double place = (logarithm - lowest) * perBin;
        if (place >= top) {
            histogram[histogram.length - 2] += weightAtTop;
            return;
        }
        int bin = (int) place;
        double upper = place - bin;
        histogram[bin] += 1 - upper;
        histogram[bin + 1] += upper;
    }

    /** Takes over a histogram of the range last given. */
    void sharpen(double[] histogram) {
        if (!isSpread()) {
            Arrays.fill(values, 0);
            Arrays.fill(steps, 0);
            return;
        }
        int bins = sharpening.bins();
        sharpening.expectation(histogram, lowest, width, values);
        for (int bin = 0; bin < bins; bin++) {
            values[bin] = lowest + bin * width - values[bin];
        }
        values[bins] = values[bins - 1];
        for (int bin = 0; bin < bins; bin++) {
            steps[bin] = values[bin + 1] - values[bin];
        }
    }

    double at(float logarithm) {
        double place = (logarithm - lowest) * perBin;
        int bin = (int) place;
        return values[bin] + steps[bin] * (place - bin);
    }
}
