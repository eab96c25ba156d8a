package org.scaledimaging.plugins.n4;

/**
 * The coefficient of variation of the ratio of the old and the new field over the samples, from the change of the log
 * field. ITK computes it by a recurrence in float32, one voxel after the other, whose rounding makes several per cent of
 * the result; since the result decides when to stop, it is computed just so. Where there are very many samples the
 * recurrence stalls and would take the most of the time: there the moments are summed in float64.
 */
final class Convergence {
    /** Up to so many samples the recurrence is used. */
    static final int RECURRENCE = 1 << 20;

    private final double[] sums;
    private final double[] squares;

    /** @param parts in how many parts moments are summed */
    Convergence(int parts) {
        this.sums = new double[parts];
        this.squares = new double[parts];
    }

    /** @param changes old minus new log field */
    static double recurrence(float[] changes) {
        if (changes.length < 2) {
            return 0;
        }
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

    /** Sums up the moments of one part. */
    void add(int part, float[] changes, int from, int to) {
        double sum = 0;
        double square = 0;
        for (int i = from; i < to; i++) {
            double difference = Exponential.minusOne(changes[i]);
            sum += difference;
            square += difference * difference;
        }
        sums[part] = sum;
        squares[part] = square;
    }

    /** From the moments of all parts. */
    double moments(int count) {
        double sum = 0;
        double square = 0;
        for (int part = 0; part < sums.length; part++) {
            sum += sums[part];
            square += squares[part];
        }
        double variance = Math.max(0, square - sum * sum / count) / (count - 1);
        return Math.sqrt(variance) / (1 + sum / count);
    }
}
