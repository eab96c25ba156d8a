package org.scaledimaging.engine.align;

/**
 * An affine map from voxels of one image to voxels of another: position {@code linear · u + offset} of the other lies
 * where position u of the one does. Axes in the order that both images have them in; voxel centres are whole numbers.
 *
 * @param linear row by row: an axis of the other image per row, an axis of the one per column
 * @param offset per axis of the other image
 */
public record VoxelMap(double[][] linear, double[] offset) {

    /** Where a position lies in the other image, along one of its axes. */
    double apply(int axis, double[] position) {
        double result = offset[axis];
        for (int d = 0; d < position.length; d++) {
            result += linear[axis][d] * position[d];
        }
        return result;
    }

    /** The way back; by Gauss's elimination with the largest pivot. */
    VoxelMap inverse() {
        int n = offset.length;
        double[][] rows = new double[n][2 * n];
        for (int r = 0; r < n; r++) {
            System.arraycopy(linear[r], 0, rows[r], 0, n);
            rows[r][n + r] = 1;
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                pivot = Math.abs(rows[r][c]) > Math.abs(rows[pivot][c]) ? r : pivot;
            }
            double[] top = rows[pivot];
            rows[pivot] = rows[c];
            rows[c] = top;
            double scale = top[c];
            for (int k = 0; k < 2 * n; k++) {
                top[k] /= scale;
            }
            for (int r = 0; r < n; r++) {
                double factor = r == c ? 0 : rows[r][c];
                for (int k = 0; k < 2 * n; k++) {
                    rows[r][k] -= factor * top[k];
                }
            }
        }
        double[][] inverse = new double[n][n];
        double[] back = new double[n];
        for (int r = 0; r < n; r++) {
            System.arraycopy(rows[r], n, inverse[r], 0, n);
            for (int d = 0; d < n; d++) {
                back[r] -= inverse[r][d] * offset[d];
            }
        }
        return new VoxelMap(inverse, back);
    }
}
