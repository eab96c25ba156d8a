package org.scaledimaging.plugins.n4;

import java.util.Arrays;

/**
 * Sharpens a histogram of log intensities: for each bin, it estimates the value before a Gaussian blurred it (Sled,
 * Zijdenbos and Evans 1998). The histogram is deconvolved by a Wiener filter, and the expectation of the true value
 * given the blurred one is taken. As ITK does it, over the histogram padded with zeros to a power of two.
 *
 * <p>Holds scratch arrays: for one thread.
 */
final class HistogramSharpening {
    /** Where less of the deconvolved histogram is in reach, as a part of the most anywhere, there is only rounding. */
    private static final double NOTHING = 1e-12;

    private final int bins;
    private final double width;
    private final double noise;
    private final int padding;
    private final Fourier fourier;
    private final double[] real;
    private final double[] imaginary;
    private final double[] filter;
    private final double[] filterImaginary;

    /**
     * @param width full width at half maximum of the Gaussian, in units of log intensity
     * @param noise the Wiener filter's constant
     */
    HistogramSharpening(int bins, double width, double noise) {
        this.bins = bins;
        this.width = width;
        this.noise = noise;
        int padded = 2 * (bins == 1 ? 1 : 2 * Integer.highestOneBit(bins - 1));
        this.padding = (padded - bins) / 2;
        this.fourier = new Fourier(padded);
        this.real = new double[padded];
        this.imaginary = new double[padded];
        this.filter = new double[padded];
        this.filterImaginary = new double[padded];
    }

    int bins() {
        return bins;
    }

    /**
     * Fills in the expected value of each bin.
     *
     * @param histogram how many voxels each bin has; may be longer than there are bins
     * @param lowest the log intensity of bin 0
     * @param slope from one bin to the next
     * @param expected of at least {@code bins} values
     */
    void expectation(double[] histogram, double lowest, double slope, double[] expected) {
        int padded = real.length;
        Arrays.fill(real, 0);
        Arrays.fill(imaginary, 0);
        System.arraycopy(histogram, 0, real, padding, bins);
        gaussian(slope);
        // The filter is symmetric, so that its transform is real.
        fourier.forward(filter, filterImaginary);
        fourier.forward(real, imaginary);
        for (int n = 0; n < padded; n++) {
            double wiener = filter[n] / (filter[n] * filter[n] + noise);
            real[n] *= wiener;
            imaginary[n] *= wiener;
        }
        fourier.backward(real, imaginary);
        for (int n = 0; n < padded; n++) {
            double sharp = Math.max(0, real[n]);
            // Both the values' sum and the count are blurred; side by side, as one complex sequence.
            real[n] = (lowest + (n - padding) * slope) * sharp;
            imaginary[n] = sharp;
        }
        fourier.forward(real, imaginary);
        for (int n = 0; n < padded; n++) {
            real[n] *= filter[n];
            imaginary[n] *= filter[n];
        }
        fourier.backward(real, imaginary);
        double most = 0;
        for (int n = 0; n < bins; n++) {
            most = Math.max(most, imaginary[n + padding]);
        }
        for (int n = 0; n < bins; n++) {
            double count = imaginary[n + padding];
            expected[n] = count > NOTHING * most ? real[n + padding] / count : lowest + n * slope;
        }
    }

    private void gaussian(double slope) {
        int padded = filter.length;
        double scaled = width / slope;
        double exponent = 4 * Math.log(2) / (scaled * scaled);
        double scale = 2 * Math.sqrt(Math.log(2) / Math.PI) / scaled;
        for (int n = 0; n <= padded / 2; n++) {
            double value = scale * Math.exp(-exponent * n * n);
            filter[n] = value;
            if (n > 0) {
                filter[padded - n] = value;
            }
        }
        Arrays.fill(filterImaginary, 0);
    }
}
