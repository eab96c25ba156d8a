package org.scaledimaging.plugins.n4.spline;

/**
 * A spline's values on a grid, from its control points: three one-dimensional contractions, of which the two that have
 * most to do run over contiguous rows. A value depends on its position and the control points alone.
 *
 * <p>First {@link #slab} for every control point along axis 0 that has a say, then {@link #slice}; then rows.
 */
public final class Expansion {
    private final SplineTaps[] taps;
    private final int width;
    private final int across;
    private final int rowLength;
    private final double[] expanded;

    /**
     * @param taps weights at the grid's places, per axis
     * @param lattice control points per axis
     */
    public Expansion(SplineTaps[] taps, int[] lattice) {
        this.taps = taps;
        this.width = lattice[2];
        this.across = lattice[1];
        this.rowLength = taps[2].positions();
        this.expanded = new double[Math.multiplyExact(lattice[0] * across, rowLength)];
    }

    /** The contraction along axis 2, of the control points that are at one place along axis 0. */
    public void slab(int slab, double[] controlPoints) {
        SplineTaps along = taps[2];
        for (int c = 0; c < across; c++) {
            int from = (slab * across + c) * width;
            int to = (slab * across + c) * rowLength;
            for (int x = 0; x < rowLength; x++) {
                double sum = 0;
                for (int k = 0; k < along.count(); k++) {
                    sum += along.weights()[along.count() * x + k] * controlPoints[from + along.first()[x] + k];
                }
                expanded[to + x] = sum;
            }
        }
    }

    /**
     * The contraction along axis 0.
     *
     * @param plane of {@link #planeSize} values, filled in for {@link #row}
     */
    public void slice(int slice, double[] plane) {
        taps[0].combine(slice, expanded, planeSize(), plane, 0, planeSize());
    }

    /** How many values {@link #slice} fills in. */
    public int planeSize() {
        return across * rowLength;
    }

    /**
     * The contraction along axis 1: the spline's values in a row.
     *
     * @param plane of the row's slice
     * @param from the first place along axis 2 that is wanted
     * @param to one past the last
     */
    public void row(int row, double[] plane, double[] values, int from, int to) {
        taps[1].combine(row, plane, rowLength, values, from, to);
    }
}
