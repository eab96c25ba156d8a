package org.scaledimaging.plugins.n4;

/** The discrete Fourier transform of a length that is a power of two (Cooley and Tukey 1965), in place. Not normalised. */
final class Fourier {
    private final int size;
    private final int[] reversed;
    private final double[] cosine;
    private final double[] sine;

    Fourier(int size) {
        if (Integer.bitCount(size) != 1 || size < 2) {
            throw new IllegalArgumentException("no power of two: " + size);
        }
        this.size = size;
        this.reversed = new int[size];
        this.cosine = new double[size / 2];
        this.sine = new double[size / 2];
        int shift = Integer.numberOfLeadingZeros(size) + 1;
        for (int i = 0; i < size; i++) {
            reversed[i] = Integer.reverse(i) >>> shift;
        }
        for (int i = 0; i < size / 2; i++) {
            cosine[i] = Math.cos(2 * Math.PI * i / size);
            sine[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    /** Σ x[n]·exp(−2πi·kn/size) for each k. */
    void forward(double[] real, double[] imaginary) {
        permute(real);
        permute(imaginary);
        for (int half = 1, step = size / 2; half < size; half *= 2, step /= 2) {
            for (int start = 0; start < size; start += 2 * half) {
                for (int k = 0; k < half; k++) {
                    int a = start + k;
                    int b = a + half;
                    double c = cosine[k * step];
                    double s = sine[k * step];
                    double re = real[b] * c + imaginary[b] * s;
                    double im = imaginary[b] * c - real[b] * s;
                    real[b] = real[a] - re;
                    imaginary[b] = imaginary[a] - im;
                    real[a] += re;
                    imaginary[a] += im;
                }
            }
        }
    }

    /** Σ x[k]·exp(2πi·kn/size) for each n: {@code size} times the inverse of {@link #forward}. */
    void backward(double[] real, double[] imaginary) {
        forward(imaginary, real); // exchanging the parts before and after conjugates the exponential
    }

    private void permute(double[] values) {
        for (int i = 0; i < size; i++) {
            int j = reversed[i];
            if (i < j) {
                double other = values[j];
                values[j] = values[i];
                values[i] = other;
            }
        }
    }
}
