package org.scaledimaging.plugins.n4;

/**
 * The threshold that best splits intensities in two (Otsu 1979), from a histogram of 200 bins, as ITK's
 * OtsuThresholdImageFilter finds it and ANTs uses it to make a mask.
 */
final class OtsuThreshold {
    private static final int BINS = 200;

    /** ITK widens the histogram by this part of a bin, so that the largest value falls into it. */
    private static final double MARGIN = 0.01;

    private OtsuThreshold() {}

    /**
     * Voxels above it are inside.
     *
     * @return the upper end of a bin; positive infinity where all finite voxels are the same, or there are none
     */
    static double of(float[] voxels) {
        float low = Float.POSITIVE_INFINITY;
        float high = Float.NEGATIVE_INFINITY;
        for (float voxel : voxels) {
            if (Float.isFinite(voxel)) {
                low = Math.min(low, voxel);
                high = Math.max(high, voxel);
            }
        }
        double range = (double) high - low;
        if (!(range > 0)) {
            return Double.POSITIVE_INFINITY;
        }
        double width = (range + range / BINS * MARGIN) / BINS;
        long[] histogram = new long[BINS];
        for (float voxel : voxels) {
            if (Float.isFinite(voxel)) {
                histogram[Math.min(BINS - 1, (int) ((voxel - (double) low) / width))]++;
            }
        }
        return low + (best(histogram) + 1) * width;
    }

    /** The last bin of the lower class at which the variance between the classes is largest; the first such. */
    private static int best(long[] histogram) {
        double total = 0;
        double count = 0;
        for (int bin = 0; bin < BINS; bin++) {
            total += (bin + 0.5) * histogram[bin];
            count += histogram[bin];
        }
        int best = 0;
        double largest = -1;
        double below = 0;
        double sumBelow = 0;
        for (int bin = 0; bin < BINS - 1; bin++) {
            below += histogram[bin];
            sumBelow += (bin + 0.5) * histogram[bin];
            double above = count - below;
            if (below > 0 && above > 0) {
                double difference = sumBelow / below - (total - sumBelow) / above;
                double variance = below * above * difference * difference;
                if (variance > largest) {
                    largest = variance;
                    best = bin;
                }
            }
        }
        return best;
    }
}
