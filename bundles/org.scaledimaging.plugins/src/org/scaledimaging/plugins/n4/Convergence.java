package org.scaledimaging.plugins.n4;

/**
 * The coefficient of variation of the ratio of the old and the new field over the samples, from the change of the log
 * field. ITK computes it by a recurrence in float32, one voxel after the other, whose rounding makes several per cent of
 * the result; since the result decides when to stop, it is computed just so. Where there are very many samples the
 * recurrence stalls: there the moments are summed in float64.
 */
final class Convergence {
    /** Up to so many samples the recurrence is used. */
    private static final int RECURRENCE = 1 << 20;

    private double value;

    /** The value last measured. */
    double value() {
        return value;
    }

    /** @param changes old minus new log field */
    void measure(float[] changes) {
        value = changes.length < 2 ? 0 : changes.length <= RECURRENCE ? recurrence(changes) : moments(changes);
    }

    static double recurrence(float[] changes) {
        float mean = 0;
        float sum = 0;
        double count = 0;
        for (float change : changes) {
            float ratio = (float) (1 + Exponential.minusOne(change));
            count++;
            float difference = ratio - mean;
            sum = (float) (sum + difference * difference * (count - 1) / count);
            mean = (float) (mean * (1 - 1 / count) + ratio / (float) count);
        }
        return (float) Math.sqrt((float) (sum / (count - 1))) / mean;
    }

    static double moments(float[] changes) {
        double sum = 0;
        double squares = 0;
        for (float change : changes) {
            double difference = Exponential.minusOne(change);
            sum += difference;
            squares += difference * difference;
        }
        int count = changes.length;
        double variance = Math.max(0, squares - sum * sum / count) / (count - 1);
        return Math.sqrt(variance) / (1 + sum / count);
    }
}
