package org.example.plugins;

/** Weighted means of boxes around voxels; boxes end where the image does. */
final class BoxMean {
    private final int[] shape;
    private final int[] radius;

    BoxMean(int[] shape, int[] radius) {
        this.shape = shape;
        this.radius = radius;
    }

    /** @param otherwise the mean of a box without weight */
    double[] means(double[] values, double[] weights, double otherwise) {
        double[] sums = new double[values.length];
        for (int i = 0; i < sums.length; i++) {
            sums[i] = values[i] * weights[i];
        }
        double[] totals = weights.clone();
        int stride = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            sums = along(sums, stride, shape[d], radius[d]);
            totals = along(totals, stride, shape[d], radius[d]);
            stride *= shape[d];
        }
        for (int i = 0; i < sums.length; i++) {
            sums[i] = totals[i] > 0 ? sums[i] / totals[i] : otherwise;
        }
        return sums;
    }

    /** Sums along one axis; added up in the same order at each voxel, so that none depends on where a run began. */
    private static double[] along(double[] values, int stride, int length, int radius) {
        double[] sums = new double[values.length];
        for (int i = 0; i < sums.length; i++) {
            int place = i / stride % length;
            int from = Math.max(0, place - radius);
            int to = Math.min(length - 1, place + radius);
            double sum = 0;
            for (int other = from; other <= to; other++) {
                sum += values[i + (other - place) * stride];
            }
            sums[i] = sum;
        }
        return sums;
    }
}
