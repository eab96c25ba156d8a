package org.scaledimaging.engine.align;

import org.scaledimaging.engine.block.Interpolation;

/**
 * Weights of the voxels along an axis that some places are made of: for place i, voxels {@code index[taps · i …]} with
 * {@code weight[taps · i …]}. They depend on the places alone, so that a value is the same whatever else is asked for
 * with it.
 *
 * @param taps voxels per place
 */
record Taps(int taps, int[] index, double[] weight) {
    /** How far beyond a voxel's border, in voxels, a place still counts as in it: affines are rounded. */
    private static final double BORDER = 1e-3;

    /**
     * @param axis how the places' axis runs along the image's
     * @param from the first place
     * @param count how many places there are
     * @param length of the image's axis
     * @param fades whether the image is 0 beyond its borders; else it goes on as at the border
     */
    static Taps of(Interpolation interpolation, ParallelAxis axis, long from, int count, int length, boolean fades) {
        Taps all = new Taps(
                interpolation.taps(), new int[interpolation.taps() * count], new double[interpolation.taps() * count]);
        double[] weights = new double[interpolation.taps()];
        for (int i = 0; i < count; i++) {
            all.set(interpolation, i, axis.position(from + i), length, axis.reversed(), fades, weights);
        }
        return all;
    }

    /** Sets those of one place. */
    void set(
            Interpolation interpolation,
            int place,
            double position,
            int length,
            boolean reversed,
            boolean fades,
            double[] weights) {
        boolean beyond = fades && (position < -0.5 - BORDER || position > length - 0.5 + BORDER);
        double within = Math.max(0, Math.min(length - 1, position));
        long first = interpolation.first(within);
        interpolation.weights(within - Math.floor(within), weights);
        for (int t = 0; t < taps; t++) {
            int voxel = mirrored(first + t, length);
            index[taps * place + t] = reversed ? length - 1 - voxel : voxel;
            weight[taps * place + t] = beyond ? 0 : weights[t];
        }
    }

    /** A voxel of the image that stands for one beyond its border: the image goes on as in a mirror at its last voxel. */
    static int mirrored(long voxel, int length) {
        if (length == 1) {
            return 0;
        }
        long period = 2L * (length - 1);
        long within = Math.floorMod(voxel, period);
        return (int) Math.min(within, period - within);
    }

    /** The first voxel of all. */
    int least() {
        int least = Integer.MAX_VALUE;
        for (int voxel : index) {
            least = Math.min(least, voxel);
        }
        return least;
    }

    /** The last voxel of all. */
    int most() {
        int most = 0;
        for (int voxel : index) {
            most = Math.max(most, voxel);
        }
        return most;
    }
}
