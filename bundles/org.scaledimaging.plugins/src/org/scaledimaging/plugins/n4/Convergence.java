package org.scaledimaging.plugins.n4;

/**
 * The coefficient of variation of the ratio of the old and the new field over the samples. ITK computes it by a
 * recurrence in float32, one voxel after the other, whose rounding makes several per cent of the result; since the result
 * decides when to stop, it is computed just so. Where there are very many samples the recurrence stalls: there the moments
 * are summed in float64.
 */
final class Convergence {
    /** Up to so many samples the recurrence is used. */
    private static final int RECURRENCE = 1 << 20;

    private double value;

    /** The value last measured. */
    double value() {
        return value;
    }

    /** @param ratios of the old field to the new */
    void measure(float[] ratios) {
        value = ratios.length < 2 ? 0 : ratios.length <= RECURRENCE ? recurrence(ratios) : moments(ratios);
    }

    static double recurrence(float[] ratios) {
        float mean = 0;
        float sum = 0;
        double count = 0;
        for (float ratio : ratios) {
            count++;
            float difference = ratio - mean;
            sum = (float) (sum + difference * difference * (count - 1) / count);
            mean = (float) (mean * (1 - 1 / count) + ratio / (float) count);
        }
        return (float) Math.sqrt((float) (sum / (count - 1))) / mean;
    }

    static double moments(float[] ratios) {
        double sum = 0;
        double squares = 0;
        for (float ratio : ratios) {
            double difference = ratio - 1.0;
            sum += difference;
            squares += difference * difference;
        }
        int count = ratios.length;
        double variance = Math.max(0, squares - sum * sum / count) / (count - 1);
        return Math.sqrt(variance) / (1 + sum / count);
    }
}
