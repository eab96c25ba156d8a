package org.scaledimaging.engine.image;

import java.util.Arrays;

/**
 * A map from voxel indices (x, y, z) to world coordinates (right, anterior, superior), in the image's spatial unit: a
 * 3×4 matrix, row-major. Immutable.
 */
public final class Affine {
    private static final String[] POSITIVE = {"R", "A", "S"};
    private static final String[] NEGATIVE = {"L", "P", "I"};

    private final double[] matrix;

    private Affine(double[] matrix) {
        this.matrix = matrix;
    }

    /** @param matrix 12 values, row-major: three rows of (x, y, z, offset) */
    public static Affine of(double... matrix) {
        if (matrix.length != 12) {
            throw new IllegalArgumentException(matrix.length + " values for a 3×4 matrix");
        }
        return new Affine(matrix.clone());
    }

    /** An element of the matrix; row and column from 0. */
    public double get(int row, int column) {
        return matrix[4 * row + column];
    }

    /** The 12 values, row-major. */
    public double[] toArray() {
        return matrix.clone();
    }

    /**
     * The affine of the image sampled anew: voxel i of the result lies where voxel {@code scale·i + shift} of this one
     * does.
     *
     * @param scale along x, y, z
     * @param shift along x, y, z, in voxels
     */
    public Affine resampled(double[] scale, double[] shift) {
        double[] result = matrix.clone();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                result[4 * row + column] *= scale[column];
                if (shift[column] != 0) { // an exact offset stays exact
                    result[4 * row + 3] += matrix[4 * row + column] * shift[column];
                }
            }
        }
        return new Affine(result);
    }

    /** All of it multiplied, as where world coordinates get another unit. */
    Affine times(double ratio) {
        return new Affine(Arrays.stream(matrix).map(value -> value * ratio).toArray());
    }

    /** The length of a voxel's edge along x (0), y (1) or z (2): the norm of that column. */
    public double voxelSize(int column) {
        return Math.sqrt(
                get(0, column) * get(0, column) + get(1, column) * get(1, column) + get(2, column) * get(2, column));
    }

    /**
     * The offset expressed along the image's own axes: the coordinate of voxel 0 along x (0), y (1) or z (2), as used
     * for {@link Dimension#origin()}. For an orthogonal affine, origin and voxel size along the axes together with the
     * directions give the affine back.
     */
    public double originAlong(int column) {
        double size = voxelSize(column);
        if (size == 0) {
            return 0;
        }
        return (get(0, column) * get(0, 3) + get(1, column) * get(1, 3) + get(2, column) * get(2, 3)) / size;
    }

    /**
     * The anatomical direction in which x (0), y (1) or z (2) increases: one of R L A P S I, of the world axis nearest
     * to it. Each world axis is given to one voxel axis only, the best matching first.
     */
    public String direction(int column) {
        return directions()[column];
    }

    /** The three directions, x first, as in {@code RAS} or {@code LPI}. */
    public String orientation() {
        return String.join("", directions());
    }

    private String[] directions() {
        String[] result = new String[3];
        boolean[] rowTaken = new boolean[3];
        for (int round = 0; round < 3; round++) {
            int bestRow = -1;
            int bestColumn = -1;
            double best = -1;
            for (int column = 0; column < 3; column++) {
                double size = voxelSize(column);
                for (int row = 0; row < 3 && result[column] == null; row++) {
                    double match = size == 0 ? 0 : Math.abs(get(row, column)) / size;
                    if (!rowTaken[row] && match > best) {
                        best = match;
                        bestRow = row;
                        bestColumn = column;
                    }
                }
            }
            rowTaken[bestRow] = true;
            result[bestColumn] = get(bestRow, bestColumn) < 0 ? NEGATIVE[bestRow] : POSITIVE[bestRow];
        }
        return result;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Affine that && Arrays.equals(matrix, that.matrix);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(matrix);
    }

    @Override
    public String toString() {
        return Arrays.toString(matrix);
    }
}
