package org.scaledimaging.engine.compress.jpeg2000.sample;

/** The inverse of the transforms of the first three components (annex G), in place, and what makes samples of them. */
public final class ComponentTransform {
    private ComponentTransform() {}

    /** The reversible one. */
    public static void reversible(int[] first, int[] second, int[] third) {
        for (int i = 0; i < first.length; i++) {
            int green = first[i] - (second[i] + third[i] >> 2);
            first[i] = third[i] + green;
            third[i] = second[i] + green;
            second[i] = green;
        }
    }

    /** The irreversible one: luminance and differences to red, green and blue. */
    public static void irreversible(float[] first, float[] second, float[] third) {
        for (int i = 0; i < first.length; i++) {
            float luminance = first[i];
            float ofBlue = second[i];
            float ofRed = third[i];
            first[i] = luminance + 1.402f * ofRed;
            second[i] = luminance - 0.34413f * ofBlue - 0.71414f * ofRed;
            third[i] = luminance + 1.772f * ofBlue;
        }
    }

    /** Samples of so many bits: shifted to begin at 0 unless they are signed, and cut off where they are beyond. */
    public static void toSamples(int[] values, int bits, boolean signed) {
        int half = 1 << bits - 1;
        int shift = signed ? 0 : half;
        for (int i = 0; i < values.length; i++) {
            // Before the shift, for the sum could be larger than an int.
            values[i] = Math.max(-half, Math.min(half - 1, values[i])) + shift;
        }
    }

    /** The same of fractions, rounded to the nearest, halves to the even one. */
    public static int[] toSamples(float[] values, int bits, boolean signed) {
        int[] samples = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            samples[i] = (int) Math.rint(values[i]);
        }
        toSamples(samples, bits, signed);
        return samples;
    }
}
