package org.scaledimaging.plugins.n4;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.Expansion;
import org.scaledimaging.plugins.n4.spline.SplineAxis;
import org.scaledimaging.plugins.n4.spline.SplineTaps;

/**
 * The bias field: the exponential of a spline, evaluated from its control points wherever it is asked for. Channel 0 is
 * the bias field; where intensities are to be rescaled, channels 1 and 2 are the constants that a corrected intensity is
 * multiplied by and that are then added to it.
 *
 * <p>Half a low-resolution voxel at most lies between a voxel and the spline's domain; there the field is as at the
 * domain's end.
 */
final class SplineField implements Field {
    private final SplineAxis[] axes;
    private final ControlPoints controlPoints;
    private final int[] factors;
    private final double[] rescaling;

    private SplineField(SplineAxis[] axes, ControlPoints controlPoints, int[] factors, double[] rescaling) {
        this.axes = axes;
        this.controlPoints = controlPoints;
        this.factors = factors;
        this.rescaling = rescaling;
    }

    /**
     * @param axes of the spline, three
     * @param controlPoints of the log field
     * @param factors full-resolution voxels per low-resolution voxel, per spatial axis of the image: three or two
     */
    static SplineField of(SplineAxis[] axes, ControlPoints controlPoints, int[] factors) {
        return new SplineField(axes, controlPoints, factors.clone(), new double[0]);
    }

    /**
     * The field that had these coefficients.
     *
     * @param axes of the spline at any level up to the one the control points are of
     */
    static SplineField of(SplineAxis[] axes, List<Block> coefficients, int[] factors) {
        Block lattice = coefficients.get(0);
        int[] shape = new int[3];
        boolean fits = true;
        for (int d = 0; d < 3; d++) {
            shape[d] = Math.toIntExact(lattice.interval().length(d));
        }
        SplineAxis[] finest = axes.clone();
        for (int d = 0; d < 3; d++) {
            while (!finest[d].isConstant() && finest[d].controlPoints() < shape[d]) {
                finest[d] = finest[d].refined();
            }
            fits &= finest[d].controlPoints() == shape[d];
        }
        if (!fits) {
            throw new IllegalArgumentException("control points " + lattice.interval() + " of another spline");
        }
        double[] rescaling = coefficients.size() == 1
                ? new double[0]
                : (double[]) coefficients.get(1).voxels();
        return new SplineField(
                finest, new ControlPoints(shape, (double[]) lattice.voxels()), factors.clone(), rescaling);
    }

    /** The control points, and where intensities are rescaled, the two constants. */
    @Override
    public List<Block> coefficients() {
        int[] shape = controlPoints.shape();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block(PixelType.FLOAT64, Interval.ofShape(shape[0], shape[1], shape[2]), controlPoints.values()));
        if (rescaling.length > 0) {
            blocks.add(new Block(PixelType.FLOAT64, Interval.ofShape(rescaling.length), rescaling));
        }
        return blocks;
    }

    /** The same field, with constants that intensities are rescaled by. */
    SplineField rescaling(double slope, double offset) {
        return new SplineField(axes, controlPoints, factors, new double[] {slope, offset});
    }

    /** The same field, divided by a constant above 0. */
    SplineField dividedBy(double constant) {
        return new SplineField(axes, controlPoints.minus(Math.log(constant)), factors, rescaling);
    }

    @Override
    public int channels() {
        return 1 + rescaling.length;
    }

    @Override
    public void evaluate(int channel, int[] steps, Block target) {
        if (channel > 0) {
            target.fill(rescaling[channel - 1]);
        } else if (target.voxels() instanceof float[] values) {
            rows(steps, target.interval(), (row, length, at) -> {
                for (int i = 0; i < length; i++) {
                    values[at + i] = (float) row[i];
                }
            });
        } else {
            rows(steps, target.interval(), (row, length, at) -> System.arraycopy(row, 0, target.voxels(), at, length));
        }
    }

    private interface Rows {
        void take(double[] row, int length, int at);
    }

    /** The region row by row; 4 multiply-adds a voxel and the exponential, all over contiguous memory. */
    private void rows(int[] steps, Interval region, Rows target) {
        SplineTaps[] taps = new SplineTaps[3];
        for (int d = 0; d < 3; d++) {
            int axis = imageAxis(d);
            taps[d] = axis < 0
                    ? axes[d].taps(0, 1, 1, 1)
                    : axes[d].taps(region.min(axis), Math.toIntExact(region.length(axis)), factors[axis], steps[axis]);
        }
        int[] from = new int[3];
        int[] to = new int[3];
        for (int d = 0; d < 3; d++) {
            if (taps[d].positions() == 0) {
                return;
            }
            from[d] = taps[d].first()[0];
            to[d] = taps[d].first()[taps[d].positions() - 1] + taps[d].count();
            taps[d] = taps[d].from(from[d]);
        }
        ControlPoints near = controlPoints.part(from, to);
        Expansion expansion = new Expansion(taps, near.shape());
        for (int slab = 0; slab < near.shape()[0]; slab++) {
            expansion.slab(slab, near.values());
        }
        double bound = near.largest(); // a spline lies within the hull of its control points
        int length = taps[2].positions();
        double[] plane = new double[expansion.planeSize()];
        double[] row = new double[length];
        int at = 0;
        for (int slice = 0; slice < taps[0].positions(); slice++) {
            expansion.slice(slice, plane);
            for (int r = 0; r < taps[1].positions(); r++) {
                expansion.row(r, plane, row, 0, length);
                Exponential.apply(row, length, bound);
                target.take(row, length, at);
                at += length;
            }
        }
    }

    /** Which axis of the image an axis of the spline is; −1 for the middle one where the image has two. */
    private int imageAxis(int axis) {
        return factors.length == 3 ? axis : axis == 1 ? -1 : axis / 2;
    }
}
