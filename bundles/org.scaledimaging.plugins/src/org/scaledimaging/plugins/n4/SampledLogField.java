package org.scaledimaging.plugins.n4;

import java.util.Arrays;

/**
 * The log field at the samples, in float32 as in ITK, and what it leaves of their log intensities. The samples fall into
 * parts for threads to work on, always the same ones whatever the number of threads, of whole slices along axis 0.
 */
final class SampledLogField {
    private static final int MOST_PARTS = 32;

    private final FitSamples samples;
    private final int[] firstSlice;
    private final float[] field;
    private final float[] ratios;
    private final float[] lowest;
    private final float[] highest;

    /** A log field of 0. */
    SampledLogField(FitSamples samples) {
        this.samples = samples;
        int slices = samples.shape()[0];
        int parts = Math.min(MOST_PARTS, slices);
        this.firstSlice = new int[parts + 1];
        Arrays.setAll(firstSlice, part -> (int) ((long) slices * part / parts));
        this.field = new float[samples.count()];
        this.ratios = new float[samples.count()];
        this.lowest = new float[parts];
        this.highest = new float[parts];
        for (int part = 0; part < parts; part++) {
            begin(part);
            widen(part, firstSample(part), firstSample(part + 1));
        }
    }

    FitSamples samples() {
        return samples;
    }

    int parts() {
        return lowest.length;
    }

    /** The first slice of a part; the number of slices for the part after the last. */
    int firstSlice(int part) {
        return firstSlice[part];
    }

    /** The first sample of a part; the number of samples for the part after the last. */
    int firstSample(int part) {
        return samples.rowStart()[firstSlice[part] * samples.shape()[1]];
    }

    /** A sample's log intensity less the log field. */
    float corrected(int sample) {
        return samples.logarithm()[sample] - field[sample];
    }

    /** The field before the last {@link #set} over the one after it, at each sample. */
    float[] ratios() {
        return ratios;
    }

    /** Forgets the range of a part: all of its rows are about to be set. */
    void begin(int part) {
        lowest[part] = Float.POSITIVE_INFINITY;
        highest[part] = Float.NEGATIVE_INFINITY;
    }

    /**
     * Sets the log field at the samples of one row of a part.
     *
     * @param changes scratch, as long as a row
     */
    void set(int part, int from, int to, double[] row, double[] changes) {
        int[] x = samples.x();
        for (int i = from; i < to; i++) {
            float value = (float) row[x[i]];
            changes[i - from] = field[i] - value;
            field[i] = value;
        }
        widen(part, from, to);
        Exponential.minusOne(changes, to - from); // of a row at once, which compilers vectorise
        for (int i = from; i < to; i++) {
            ratios[i] = (float) (1 + changes[i - from]);
        }
    }

    /** Takes samples into the range of a part's corrected log intensities, while they are in the cache. */
    private void widen(int part, int from, int to) {
        float low = lowest[part];
        float high = highest[part];
        for (int i = from; i < to; i++) {
            float value = corrected(i); // never NaN, for which Math.min and max look
            if (value < low) {
                low = value;
            }
            if (value > high) {
                high = value;
            }
        }
        lowest[part] = low;
        highest[part] = high;
    }

    float lowest() {
        float low = lowest[0];
        for (float value : lowest) {
            low = Math.min(low, value);
        }
        return low;
    }

    float highest() {
        float high = highest[0];
        for (float value : highest) {
            high = Math.max(high, value);
        }
        return high;
    }
}
