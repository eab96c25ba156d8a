package org.scaledimaging.plugins.n4;

import java.util.Arrays;
import org.scaledimaging.plugins.n4.spline.SplineTaps;

/**
 * Sums over samples for each control point: Σ value · product of the weights that the sample has along the three axes.
 * Since samples lie on a grid, this is three one-dimensional contractions, one axis after the other, and not 64 products
 * a sample. Sums are float64 and always of the same order, whoever computes them.
 *
 * <p>First {@link #slice} for every place along axis 0, then {@link #slab} for every control point along it; calls of
 * either are independent of each other.
 */
final class Projection {
    /** Gives a row of samples its values. */
    @FunctionalInterface
    interface RowValues {
        /**
         * @param from the first sample of the row
         * @param to one past the last
         * @param row to be set at the samples' places along axis 2
         */
        void fill(int from, int to, double[] row);
    }

    private final FitSamples samples;
    private final SplineTaps[] taps;
    private final int rows;
    private final int rowLength;
    private final int[] lattice;
    /** For each place along axis 0, the sums over axis 1: control points along axis 1 by places along axis 2. */
    private final double[][] slices;

    /** @param taps weights at the samples, per axis */
    Projection(FitSamples samples, SplineTaps[] taps, int[] lattice) {
        this.samples = samples;
        this.taps = taps;
        this.rows = samples.shape()[1];
        this.rowLength = samples.shape()[2];
        this.lattice = lattice;
        this.slices = new double[samples.shape()[0]][lattice[1] * rowLength];
    }

    /** The contraction along axis 1: 4 multiply-adds for each place between the first and last sample of a row. */
    void slice(int slice, RowValues values, double[] row) {
        double[] sums = slices[slice];
        Arrays.fill(sums, 0);
        int[] starts = samples.rowStart();
        for (int r = 0; r < rows; r++) {
            int from = starts[slice * rows + r];
            int to = starts[slice * rows + r + 1];
            if (from < to) {
                int first = samples.x()[from];
                int last = samples.x()[to - 1] + 1;
                Arrays.fill(row, first, last, 0);
                values.fill(from, to, row);
                taps[1].spread(r, row, sums, rowLength, first, last);
            }
        }
    }

    /**
     * The contractions along axes 0 and 2, for the control points that are at one place along axis 0.
     *
     * @param plane scratch, of {@link #planeSize} values
     * @param sums of the lattice's size, filled in for those control points
     */
    void slab(int slab, double[] plane, double[] sums) {
        SplineTaps along = taps[0];
        Arrays.fill(plane, 0);
        for (int slice = 0; slice < along.positions(); slice++) {
            int tap = slab - along.first()[slice];
            if (tap >= 0 && tap < along.count()) {
                add(slices[slice], along.weights()[along.count() * slice + tap], plane);
            }
        }
        int width = lattice[2];
        int start = slab * lattice[1] * width;
        Arrays.fill(sums, start, start + lattice[1] * width, 0);
        SplineTaps across = taps[2];
        for (int c = 0; c < lattice[1]; c++) {
            int to = start + c * width;
            for (int x = 0; x < rowLength; x++) {
                double value = plane[c * rowLength + x];
                for (int k = 0; k < across.count(); k++) {
                    sums[to + across.first()[x] + k] += across.weights()[across.count() * x + k] * value;
                }
            }
        }
    }

    int planeSize() {
        return lattice[1] * rowLength;
    }

    private static void add(double[] source, double weight, double[] target) {
        for (int i = 0; i < target.length; i++) {
            target[i] += weight * source[i];
        }
    }
}
