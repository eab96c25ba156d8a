package org.scaledimaging.engine.statistics;

import java.util.Arrays;

/**
 * The thresholds that make the variance between classes largest, for two classes and for more: N. Otsu, "A threshold
 * selection method from gray-level histograms", IEEE Transactions on Systems, Man, and Cybernetics 9 (1979). Of splits
 * that are equally good it takes the one with the lowest thresholds.
 */
public final class Otsu {
    /** Sums over the bins before each: of counts, and of counts times the distance to the mean. */
    private final double[] weights;

    private final double[] sums;
    private final int bins;

    /** For classes from each bin to the last, as many as were worked out so far: how good the best split is. */
    private double[] best;

    private Otsu(double[] centres, double[] counts) {
        this.bins = centres.length;
        double total = 0;
        double mean = 0;
        for (int i = 0; i < bins; i++) {
            total += counts[i];
            mean += counts[i] * (centres[i] - centres[0]);
        }
        mean = centres[0] + mean / total;
        this.weights = new double[bins + 1];
        this.sums = new double[bins + 1];
        for (int i = 0; i < bins; i++) {
            weights[i + 1] = weights[i] + counts[i];
            sums[i + 1] = sums[i] + counts[i] * (centres[i] - mean);
        }
    }

    /**
     * Of a histogram that is not empty.
     *
     * @param classes two or more
     * @return one fewer than classes, ascending; values above a threshold belong to the class above it. Each is the
     *     centre of the last bin of the class below. Where fewer bins than classes hold anything, each such bin is a
     *     class, and the thresholds left over are infinite
     */
    public static double[] thresholds(Histogram histogram, int classes) {
        int[] filled = new int[histogram.bins()];
        int count = 0;
        for (int i = 0; i < filled.length; i++) {
            if (histogram.counts().get(i) > 0) {
                filled[count++] = i;
            }
        }
        double[] centres = new double[count];
        double[] counts = new double[count];
        for (int i = 0; i < count; i++) {
            centres[i] = histogram.centre(filled[i]);
            counts[i] = histogram.counts().get(filled[i]);
        }
        double[] thresholds = new double[classes - 1];
        Arrays.fill(thresholds, Double.POSITIVE_INFINITY);
        if (count <= classes) {
            System.arraycopy(centres, 0, thresholds, 0, Math.max(0, count - 1));
            return thresholds;
        }
        int[] ends = new Otsu(scaled(centres), counts).split(classes);
        for (int i = 0; i < ends.length; i++) {
            thresholds[i] = centres[ends[i]];
        }
        return thresholds;
    }

    /** Ascending values brought to at most 1 by a power of two, which is exact, so that squares can be taken. */
    private static double[] scaled(double[] values) {
        double largest = Math.max(Math.abs(values[0]), Math.abs(values[values.length - 1]));
        int exponent = Math.getExponent(largest) + 1;
        return Arrays.stream(values).map(value -> Math.scalb(value, -exponent)).toArray();
    }

    /**
     * The last bin of each class but the last, found by dynamic programming: the best of k classes from a bin onward is a
     * first class and the best of k − 1 classes after it. Where the first class ends moves on with where it begins, which
     * leaves n·log n steps per class for n bins (divide and conquer).
     */
    private int[] split(int classes) {
        best = new double[bins];
        for (int i = 0; i < bins; i++) {
            best[i] = quality(i, bins - 1);
        }
        char[][] ends = new char[classes][]; // fewer than 65537 bins
        for (int more = 2; more <= classes; more++) {
            ends[more - 1] = new char[bins];
            double[] better = new double[bins];
            // `more` classes need a bin each; for the whole only the first bin matters
            int last = more == classes ? 0 : bins - more;
            solve(0, last, 0, bins - more, more, better, ends[more - 1]);
            best = better;
        }
        int[] result = new int[classes - 1];
        int from = 0;
        for (int i = 0; i < result.length; i++) {
            result[i] = ends[classes - 1 - i][from];
            from = result[i] + 1;
        }
        return result;
    }

    /**
     * Works out the best first class for each bin it can begin with.
     *
     * @param low first bin to begin with
     * @param high last bin to begin with
     * @param earliest first bin that a class beginning between these can best end with
     * @param latest last such bin
     */
    private void solve(int low, int high, int earliest, int latest, int classes, double[] better, char[] ends) {
        if (low > high) {
            return;
        }
        int middle = (low + high) >>> 1;
        int end = -1;
        double found = Double.NEGATIVE_INFINITY;
        for (int i = Math.max(middle, earliest); i <= latest; i++) {
            double quality = quality(middle, i) + best[i + 1];
            if (quality > found) {
                found = quality;
                end = i;
            }
        }
        better[middle] = found;
        ends[middle] = (char) end;
        solve(low, middle - 1, earliest, end, classes, better, ends);
        solve(middle + 1, high, end, latest, classes, better, ends);
    }

    /** What a class of bins adds to the variance between classes, times the number of voxels. */
    private double quality(int first, int last) {
        double sum = sums[last + 1] - sums[first];
        return sum * sum / (weights[last + 1] - weights[first]);
    }
}
