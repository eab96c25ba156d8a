package org.scaledimaging.engine.align;

/**
 * Coefficients of the cubic B-spline that goes through an image's voxels, which mirrors at the image's borders. Each is a sum
 * of fixed length over the voxels around it, so that it does not depend on what else is computed; what the sum leaves out is
 * below 10⁻¹¹ of the voxels. Source: Unser, Aldroubi and Eden, B-spline signal processing, 1993.
 */
final class Spline {
    /** How many voxels before and behind its own a coefficient is made of. */
    static final int REACH = 20;

    private static final double[] KERNEL = kernel();

    private Spline() {}

    private static double[] kernel() {
        double pole = Math.sqrt(3) - 2;
        double[] kernel = new double[REACH + 1];
        kernel[0] = -6 * pole / (1 - pole * pole);
        for (int i = 1; i <= REACH; i++) {
            kernel[i] = kernel[i - 1] * pole;
        }
        return kernel;
    }

    /**
     * Coefficients along one axis of an array of {@code outer} × {@code voxels} × {@code inner} values.
     *
     * @param voxels of a part of the axis
     * @param begin where that part begins in the image
     * @param first where coefficients are wanted from
     * @param count how many
     * @param length of the axis in the image; the part reaches {@link #REACH} farther than the coefficients where it can
     * @return {@code outer} × {@code count} × {@code inner}
     */
    static double[] along(
            double[] values, int outer, int voxels, int inner, int begin, int first, int count, int length) {
        double[] result = new double[outer * count * inner];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < count; i++) {
                int to = (o * count + i) * inner;
                for (int tap = -REACH; tap <= REACH; tap++) {
                    int voxel = Taps.mirrored((long) first + i + tap, length) - begin;
                    double weight = KERNEL[Math.abs(tap)];
                    int from = (o * voxels + voxel) * inner;
                    for (int k = 0; k < inner; k++) {
                        result[to + k] += weight * values[from + k];
                    }
                }
            }
        }
        return result;
    }
}
