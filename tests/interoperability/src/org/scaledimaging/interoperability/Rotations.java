package org.scaledimaging.interoperability;

import java.util.Random;

/** Affines without shear, at random. */
final class Rotations {
    private Rotations() {}

    /** Four rows of four: a rotation, perhaps with a reflection, of voxels of that size, and an offset. */
    static double[][] affine(double[] sizes, Random random) {
        double[] q = new double[4];
        double norm = 0;
        for (int i = 0; i < 4; i++) {
            q[i] = random.nextGaussian();
            norm += q[i] * q[i];
        }
        for (int i = 0; i < 4; i++) {
            q[i] /= Math.sqrt(norm);
        }
        double a = q[0];
        double b = q[1];
        double c = q[2];
        double d = q[3];
        double[][] rotation = {
            {a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c)},
            {2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b)},
            {2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c}
        };
        double reflection = random.nextBoolean() ? -1 : 1;
        double[][] affine = new double[4][4];
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                affine[row][column] = rotation[row][column] * sizes[column] * (column == 2 ? reflection : 1);
            }
            affine[row][3] = random.nextGaussian() * 100;
        }
        affine[3][3] = 1;
        return affine;
    }
}
