package org.scaledimaging.engine.block;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The ways to evaluate an image between the centres of its voxels. */
public enum Interpolation {
    /** Linear along each axis, between 2 voxels. */
    LINEAR("linear", 2),
    /** By the cubic B-spline through the voxels, 4 along each axis; its coefficients mirror at the image's borders. */
    CUBIC("cubic", 4),
    /** Linear in the logarithms of values, which have to be above 0. */
    LOGARITHMIC("log", 2);

    /** The words of all of them, the default first. */
    public static final List<String> WORDS =
            Arrays.stream(values()).map(Interpolation::word).toList();

    private final String word;
    private final int taps;

    Interpolation(String word, int taps) {
        this.word = word;
        this.taps = taps;
    }

    /** What users call it. */
    public String word() {
        return word;
    }

    /** The one that users call so. */
    public static Optional<Interpolation> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word.equals(word)).findFirst();
    }

    /** How many voxels along an axis a value is made of: 2 or 4. */
    public int taps() {
        return taps;
    }

    /** Which voxel is the first that a value is made of, before borders are looked at. */
    public long first(double position) {
        return (long) Math.floor(position) - (taps / 2 - 1);
    }

    /**
     * What the voxels count, from {@link #first} on.
     *
     * @param fraction how far the position lies behind the voxel before it, 0 to 1
     * @param weights to be filled, as many as there are taps
     */
    public void weights(double fraction, double[] weights) {
        double left = 1 - fraction;
        if (taps == 2) {
            weights[0] = left;
            weights[1] = fraction;
            return;
        }
        weights[0] = left * left * left / 6;
        weights[1] = 2.0 / 3 - fraction * fraction * (2 - fraction) / 2;
        weights[2] = 2.0 / 3 - left * left * (2 - left) / 2;
        weights[3] = fraction * fraction * fraction / 6;
    }
}
