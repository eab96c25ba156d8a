package org.scaledimaging.plugins.n4;

import java.util.Arrays;
import org.scaledimaging.plugins.n4.spline.SplineAxis;

/**
 * The voxels that take part in an estimate, packed row by row.
 *
 * @param shape of the grid they lie on, three axes, slowest first
 * @param rowStart for each row (run along the last axis) of the grid where its voxels begin in the other arrays, and
 *     where the last row's end
 * @param x place along the last axis, ascending in each row
 * @param logarithm of the intensity
 * @param weight in the fit, above 0; null where all are 1
 */
record FitSamples(int[] shape, int[] rowStart, int[] x, float[] logarithm, float[] weight) {

    /**
     * Takes every voxel that shrinking leaves, is in the mask, and has an intensity of at least 0. An intensity of 0 has
     * no logarithm: it counts as 1, as in ITK. Negative intensities, NaN and infinities are left out.
     *
     * @param axes of the volume, slowest first
     * @param voxels the low-resolution volume, row-major
     * @param mask of the same size, false for voxels to leave out; null for none
     * @param weights of the same size, left out where not above 0; null for all 1
     */
    static FitSamples of(SplineAxis[] axes, float[] voxels, boolean[] mask, float[] weights) {
        int[] shape = Arrays.stream(axes).mapToInt(SplineAxis::samples).toArray();
        int[] rowStart = new int[shape[0] * shape[1] + 1];
        Selection selection = new Selection(axes, shape, voxels, mask, weights);
        int count = selection.forEach(rowStart, (number, place, at) -> {});
        int[] x = new int[count];
        float[] logarithm = new float[count];
        float[] weight = weights == null ? null : new float[count];
        selection.forEach(rowStart, (number, place, at) -> {
            x[number] = place;
            logarithm[number] = voxels[at] > 0 ? (float) Math.log(voxels[at]) : 0;
            if (weight != null) {
                weight[number] = weights[at];
            }
        });
        return new FitSamples(shape, rowStart, x, logarithm, weight);
    }

    /** Gets a sample: its number, its place along the last axis and its index in the volume. */
    @FunctionalInterface
    private interface Visitor {
        void sample(int number, int place, int at);
    }

    /** Which voxels take part; gone through twice, so that no more memory is taken than they need. */
    private record Selection(SplineAxis[] axes, int[] shape, float[] voxels, boolean[] mask, float[] weights) {

        /**
         * @param rowStart to be filled in
         * @return how many there are
         */
        int forEach(int[] rowStart, Visitor visitor) {
            int count = 0;
            for (int row = 0; row < rowStart.length - 1; row++) {
                rowStart[row] = count;
                int slice = axes[0].voxel(row / shape[1]);
                int inSlice = axes[1].voxel(row % shape[1]);
                for (int i = 0; i < shape[2]; i++) {
                    int place = axes[2].voxel(i);
                    int at = (slice * axes[1].length() + inSlice) * axes[2].length() + place;
                    if (mask != null && !mask[at] || weights != null && !(weights[at] > 0)) {
                        continue;
                    }
                    if (voxels[at] >= 0 && voxels[at] <= Float.MAX_VALUE) {
                        visitor.sample(count++, i, at);
                    }
                }
            }
            rowStart[rowStart.length - 1] = count;
            return count;
        }
    }

    int count() {
        return x.length;
    }
}
