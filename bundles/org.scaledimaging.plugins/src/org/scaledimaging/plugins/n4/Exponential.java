package org.scaledimaging.plugins.n4;

/** The exponential function where most arguments are small: as a polynomial, which compilers vectorise. */
final class Exponential {
    /** Up to here 11 terms of the series are exact to float64's precision. */
    private static final double SMALL = 0.125;

    /** Up to here the argument is made small by halving it three times. */
    private static final double MEDIUM = 8 * SMALL;

    /** What float32 can hold, with room to spare. */
    private static final double LARGEST = 80;

    private Exponential() {}

    /** Replaces the first values x by exp(x) − 1. */
    static void minusOne(double[] values, int count) {
        int small = 0;
        for (int i = 0; i < count; i++) {
            small += Math.abs(values[i]) <= SMALL ? 1 : 0;
        }
        if (small == count) {
            for (int i = 0; i < count; i++) {
                values[i] = series(values[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                double x = values[i];
                values[i] = Math.abs(x) <= SMALL ? series(x) : Math.expm1(x);
            }
        }
    }

    /**
     * Replaces values by their exponentials, never 0 nor infinite in float32: arguments are limited to ±80.
     *
     * @param bound no value is larger than this, nor smaller than its negative
     */
    static void apply(double[] values, int count, double bound) {
        if (bound <= MEDIUM) {
            for (int i = 0; i < count; i++) {
                values[i] = medium(values[i]);
            }
        } else {
            for (int i = 0; i < count; i++) {
                double x = values[i];
                // The same value whatever the bound: it depends on the region that is asked for.
                values[i] = Math.abs(x) <= MEDIUM ? medium(x) : Math.exp(Math.max(-LARGEST, Math.min(LARGEST, x)));
            }
        }
    }

    private static double medium(double x) {
        double t = series(x * 0.125);
        t *= t + 2; // exp(2x) − 1 from exp(x) − 1
        t *= t + 2;
        t *= t + 2;
        return 1 + t;
    }

    private static double series(double x) {
        double high = 1.0 / 5040 + x * (1.0 / 40320 + x * (1.0 / 362880 + x * (1.0 / 3628800 + x * (1.0 / 39916800))));
        double low = 0.5 + x * (1.0 / 6 + x * (1.0 / 24 + x * (1.0 / 120 + x * (1.0 / 720 + x * high))));
        return x + x * x * low;
    }
}
