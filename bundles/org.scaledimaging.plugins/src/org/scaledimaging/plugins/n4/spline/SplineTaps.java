package org.scaledimaging.plugins.n4.spline;

/**
 * The control points of a uniform cubic B-spline that have a say at positions along one axis: at position i the points
 * {@code first[i]} to {@code first[i] + count − 1}, weighted by {@code weights[count·i …]}.
 *
 * @param count 4, or 1 on an axis with one control point
 */
public record SplineTaps(int count, int[] first, double[] weights) {

    /**
     * @param positions in spans; those outside 0 to {@code spans} count as the nearer end
     * @param spans 0 for an axis with one control point
     */
    static SplineTaps at(double[] positions, int spans) {
        int[] first = new int[positions.length];
        if (spans == 0) {
            double[] ones = new double[positions.length];
            java.util.Arrays.fill(ones, 1);
            return new SplineTaps(1, first, ones);
        }
        double[] weights = new double[4 * positions.length];
        for (int i = 0; i < positions.length; i++) {
            double position = Math.max(0, Math.min(spans, positions[i]));
            first[i] = Math.min((int) position, spans - 1);
            double t = position - first[i];
            weights[4 * i] = (1 - t) * (1 - t) * (1 - t) / 6;
            weights[4 * i + 1] = (4 + t * t * (3 * t - 6)) / 6;
            weights[4 * i + 2] = (1 + 3 * t * (1 + t * (1 - t))) / 6;
            weights[4 * i + 3] = t * t * t / 6;
        }
        return new SplineTaps(4, first, weights);
    }

    /** The weights' squares. */
    public SplineTaps squared() {
        double[] squares = weights.clone();
        for (int i = 0; i < squares.length; i++) {
            squares[i] *= squares[i];
        }
        return new SplineTaps(count, first, squares);
    }

    /** Each weight's cube, divided by the sum of the squares at its position. */
    public SplineTaps cubedOverSumOfSquares() {
        double[] result = weights.clone();
        for (int i = 0; i < first.length; i++) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum += weights[count * i + k] * weights[count * i + k];
            }
            for (int k = 0; k < count; k++) {
                double weight = weights[count * i + k];
                result[count * i + k] = weight * weight * weight / sum;
            }
        }
        return new SplineTaps(count, first, result);
    }

    /** The same, with control points counted from another one on. */
    public SplineTaps from(int origin) {
        int[] moved = first.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] -= origin;
        }
        return new SplineTaps(count, moved, weights);
    }

    /** How many positions there are taps for. */
    public int positions() {
        return first.length;
    }

    /** target[i] = Σ weights at {@code position} · source[(first + k) · stride + offset + i], for {@code from ≤ i < to}. */
    void combine(int position, double[] source, int stride, double[] target, int from, int to) {
        int at = first[position] * stride;
        if (count == 1) {
            System.arraycopy(source, at + from, target, from, to - from);
            return;
        }
        int second = at + stride;
        int third = second + stride;
        int fourth = third + stride;
        double a = weights[4 * position];
        double b = weights[4 * position + 1];
        double c = weights[4 * position + 2];
        double d = weights[4 * position + 3];
        for (int i = from; i < to; i++) {
            target[i] = a * source[at + i] + b * source[second + i] + c * source[third + i] + d * source[fourth + i];
        }
    }

    /** The reverse: target[(first + k) · stride + i] += weights at {@code position} · source[i], for {@code from ≤ i < to}. */
    public void spread(int position, double[] source, double[] target, int stride, int from, int to) {
        for (int k = 0; k < count; k++) {
            addScaled(source, weights[count * position + k], target, (first[position] + k) * stride, from, to);
        }
    }

    private static void addScaled(double[] source, double weight, double[] target, int at, int from, int to) {
        for (int i = from; i < to; i++) {
            target[at + i] += weight * source[i];
        }
    }
}
