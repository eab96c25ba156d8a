package org.scaledimaging.plugins.n4;

import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.Expansion;
import org.scaledimaging.plugins.n4.spline.SplineAxis;
import org.scaledimaging.plugins.n4.spline.SplineTaps;

/**
 * One fitting level: the scattered-data approximation by a cubic B-spline of Lee, Wolberg and Shin (1997), and the
 * spline's values at the samples. The sums of weights that the approximation divides by depend on the mask alone and are
 * computed once.
 */
final class Fit {
    /** ITK's bound for a sum of weights that is nothing: a tenth of float32's relative precision. */
    private static final double NO_WEIGHT = 0.1 * 0x1p-23;

    private final SampledLogField state;
    private final FitSamples samples;
    private final Team team;
    private final double[] field;
    private final Projection projection;
    private final Expansion expansion;
    private final double[] weights;
    private final double[] sums;
    private final double[][] planes;
    private final double[][] rows;
    private final double[][] changes;
    private final int slabs;

    /**
     * @param axes at this level
     * @param field to add fits to
     */
    Fit(SplineAxis[] axes, ControlPoints field, SampledLogField state, Team team) {
        this.state = state;
        this.samples = state.samples();
        this.team = team;
        this.field = field.values();
        int[] lattice = field.shape();
        this.slabs = lattice[0];
        SplineTaps[] taps = new SplineTaps[3];
        SplineTaps[] squares = new SplineTaps[3];
        SplineTaps[] cubes = new SplineTaps[3];
        for (int d = 0; d < 3; d++) {
            taps[d] = axes[d].sampleTaps();
            squares[d] = taps[d].squared();
            cubes[d] = taps[d].cubedOverSumOfSquares();
        }
        this.projection = new Projection(samples, cubes, lattice);
        this.expansion = new Expansion(taps, lattice);
        this.planes = new double[team.members()][projection.planeSize()];
        this.rows = new double[team.members()][samples.shape()[2]];
        this.changes = new double[team.members()][samples.shape()[2]];
        this.sums = new double[this.field.length];
        this.weights = new double[this.field.length];
        Projection denominators = new Projection(samples, squares, lattice);
        project(denominators, this::weights);
        team.run(slabs, (slab, member) -> denominators.slab(slab, planes[member], weights));
    }

    /** Sums up the residual for the fit; changes neither the field nor anything that is known of it. */
    void project(Residual residual) {
        project(projection, (from, to, row) -> residuals(residual, from, to, row));
    }

    /** Adds the fit to the residual last projected to the field, and evaluates the new field at the samples. */
    void add() {
        team.run(slabs, this::update);
        team.run(state.parts(), this::evaluate);
    }

    private void project(Projection target, Projection.RowValues values) {
        team.run(state.parts(), (part, member) -> {
            for (int slice = state.firstSlice(part); slice < state.firstSlice(part + 1); slice++) {
                target.slice(slice, values, rows[member]);
            }
        });
    }

    private void weights(int from, int to, double[] row) {
        for (int i = from; i < to; i++) {
            row[samples.x()[i]] = samples.weight() == null ? 1 : samples.weight()[i];
        }
    }

    private void residuals(Residual residual, int from, int to, double[] row) {
        int[] x = samples.x();
        for (int i = from; i < to; i++) {
            row[x[i]] = residual.at(state.corrected(i));
        }
        if (samples.weight() != null) {
            for (int i = from; i < to; i++) {
                row[x[i]] *= samples.weight()[i];
            }
        }
    }

    /** The control points that are at one place along axis 0. */
    private void update(int slab, int member) {
        projection.slab(slab, planes[member], sums);
        int size = field.length / slabs;
        for (int i = slab * size; i < (slab + 1) * size; i++) {
            if (weights[i] > NO_WEIGHT) {
                field[i] += sums[i] / weights[i];
            }
        }
        expansion.slab(slab, field);
    }

    private void evaluate(int part, int member) {
        double[] plane = planes[member];
        double[] row = rows[member];
        int perSlice = samples.shape()[1];
        int[] starts = samples.rowStart();
        state.begin(part);
        for (int slice = state.firstSlice(part); slice < state.firstSlice(part + 1); slice++) {
            expansion.slice(slice, plane);
            for (int r = 0; r < perSlice; r++) {
                int from = starts[slice * perSlice + r];
                int to = starts[slice * perSlice + r + 1];
                if (from < to) {
                    expansion.row(r, plane, row, samples.x()[from], samples.x()[to - 1] + 1);
                    state.set(part, from, to, row, changes[member]);
                }
            }
        }
    }
}
