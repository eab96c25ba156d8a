package org.scaledimaging.plugins.n4.spline;

/**
 * The lattice of a tensor-product uniform cubic B-spline: three axes, slowest first. On an axis with one point the spline
 * is constant.
 *
 * @param shape points per axis
 * @param values row-major
 */
public record ControlPoints(int[] shape, double[] values) {

    /** All 0, as many as the axes have. */
    public static ControlPoints zero(SplineAxis[] axes) {
        int[] shape = new int[3];
        int size = 1;
        for (int d = 0; d < 3; d++) {
            shape[d] = axes[d].controlPoints();
            size = Math.multiplyExact(size, shape[d]);
        }
        return new ControlPoints(shape, new double[size]);
    }

    /** The same spline over spans of half the length: n points become 2n − 3 (Lane and Riesenfeld 1980). */
    public ControlPoints refined() {
        ControlPoints result = this;
        for (int axis = 0; axis < 3; axis++) {
            if (shape[axis] > 1) {
                result = result.refined(axis);
            }
        }
        return result;
    }

    private ControlPoints refined(int axis) {
        int[] finer = shape.clone();
        finer[axis] = 2 * shape[axis] - 3;
        int stride = 1;
        for (int d = axis + 1; d < 3; d++) {
            stride *= shape[d];
        }
        double[] result = new double[values.length / shape[axis] * finer[axis]];
        int lines = values.length / shape[axis];
        for (int line = 0; line < lines; line++) {
            int from = line / stride * stride * shape[axis] + line % stride;
            int to = line / stride * stride * finer[axis] + line % stride;
            for (int i = 0; i < finer[axis]; i++) {
                int at = from + i / 2 * stride;
                result[to + i * stride] = i % 2 == 0
                        ? (values[at] + values[at + stride]) / 2
                        : (values[at] + 6 * values[at + stride] + values[at + 2 * stride]) / 8;
            }
        }
        return new ControlPoints(finer, result);
    }

    /** The spline less a constant: the weights of the control points sum up to 1 everywhere. */
    public ControlPoints minus(double constant) {
        double[] result = new double[values.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = values[i] - constant;
        }
        return new ControlPoints(shape, result);
    }

    /** The points of a box, from {@code from} (inclusive) to {@code to} (exclusive) per axis. */
    public ControlPoints part(int[] from, int[] to) {
        int[] size = {to[0] - from[0], to[1] - from[1], to[2] - from[2]};
        double[] result = new double[size[0] * size[1] * size[2]];
        for (int line = 0; line < size[0] * size[1]; line++) {
            int a = from[0] + line / size[1];
            int b = from[1] + line % size[1];
            System.arraycopy(values, (a * shape[1] + b) * shape[2] + from[2], result, line * size[2], size[2]);
        }
        return new ControlPoints(size, result);
    }

    /** The largest absolute value. */
    public double largest() {
        double largest = 0;
        for (double value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
