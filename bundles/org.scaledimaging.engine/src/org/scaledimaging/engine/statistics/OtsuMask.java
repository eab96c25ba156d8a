package org.scaledimaging.engine.statistics;

/**
 * The threshold above which a mask begins: the one that best splits intensities in two (Otsu 1979), from a histogram of
 * 200 bins, to the bit as ITK's OtsuThresholdImageFilter finds it and ANTs uses it to make a mask; and the same for the
 * logarithms of intensities. {@link Otsu} splits any histogram into two or more classes, at the centres of bins.
 */
public final class OtsuMask {
    private static final int BINS = 200;

    /** ITK widens the histogram by this part of a bin, so that the largest value falls into it. */
    private static final double MARGIN = 0.01;

    /** What is dimmer than this part of the bright voxels is all the same: dark. */
    private static final double DARK = 0.02;

    /** One in so many voxels above 0 may be brighter than what counts as bright: hot pixels. */
    private static final int BRIGHTER = 1000;

    private OtsuMask() {}

    /**
     * The threshold that best splits the logarithms of intensities. A bias multiplies intensities, and so spreads bright
     * ones over a wider range than dim ones; their logarithms it spreads alike. Hence what is bright where the field is
     * low stays inside, however dark the background is.
     *
     * @return an intensity; voxels above it are inside. Positive infinity where all finite voxels are the same after what
     *     is dark has been made so, or none is above 0
     */
    public static double thresholdOfLogarithms(float[] voxels) {
        double dark = bright(voxels) * DARK;
        float[] logarithms = new float[voxels.length];
        for (int i = 0; i < voxels.length; i++) {
            logarithms[i] = Float.isFinite(voxels[i]) ? (float) Math.log(Math.max(dark, voxels[i])) : Float.NaN;
        }
        return Math.exp(threshold(logarithms));
    }

    /** An intensity, to half a percent, that one in a thousand of the voxels above 0 is not below; 0 where there is none. */
    private static double bright(float[] voxels) {
        int[] counts = new int[1 << 15]; // by exponent and seven more bits
        int positive = 0;
        for (float voxel : voxels) {
            if (voxel > 0 && voxel <= Float.MAX_VALUE) {
                counts[Float.floatToIntBits(voxel) >>> 16]++;
                positive++;
            }
        }
        int bin = counts.length;
        for (int above = 0; bin > 0 && above <= positive / BRIGHTER; above += counts[bin]) {
            bin--;
        }
        return Float.intBitsToFloat(bin << 16);
    }

    /**
     * Voxels above it are inside.
     *
     * @return the upper end of a bin; positive infinity where all finite voxels are the same, or there are none
     */
    public static double threshold(float[] voxels) {
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
