package org.scaledimaging.engine.format.raw;

import java.util.OptionalDouble;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;

/**
 * The place of an image in the terms of ITK: along x, y, z the step from one voxel to the next, and the first voxel's
 * place, to the left, to the back and up.
 *
 * @param steps of x, y and z: three vectors of three
 * @param origin of voxel 0
 * @param oriented whether the image has a frame; else steps go along its own axes
 * @param millimeters whether numbers are millimetres; else the image has no unit of length
 */
public record WorldAxes(double[][] steps, double[] origin, boolean oriented, boolean millimeters) {

    /** Lengths are converted to millimetres where their units are known. */
    public static WorldAxes of(ImageMetadata image) {
        double[][] steps = new double[3][3];
        double[] origin = new double[3];
        boolean known = false;
        for (int column = 0; column < 3; column++) {
            int d = image.indexOf(Axis.values()[Axis.X.ordinal() - column]);
            steps[column][column] = 1;
            if (d >= 0) {
                Dimension dimension = image.dimensions().get(d);
                OptionalDouble length = PhysicalUnit.inMillimeters(dimension.unit());
                known |= length.isPresent();
                steps[column][column] = dimension.voxelSize() * length.orElse(1);
                origin[column] = dimension.origin() * length.orElse(1);
            }
        }
        if (image.frame().isEmpty()) {
            return new WorldAxes(steps, origin, false, known);
        }
        Affine affine = image.frame().get().affine();
        // The frame speaks of one unit: that of x.
        double factor = PhysicalUnit.inMillimeters(
                        image.dimensions().get(image.indexOf(Axis.X)).unit())
                .orElse(1);
        for (int row = 0; row < 3; row++) {
            double sign = row < 2 ? -factor : factor;
            for (int column = 0; column < 3; column++) {
                if (affine.voxelSize(column) > 0) {
                    steps[column][row] = sign * affine.get(row, column) + 0.0;
                }
            }
            origin[row] = sign * affine.get(row, 3) + 0.0;
        }
        return new WorldAxes(steps, origin, true, known);
    }

    /** The length of the step along x (0), y (1) or z (2). */
    public double size(int column) {
        double[] step = steps[column];
        return Math.sqrt(step[0] * step[0] + step[1] * step[1] + step[2] * step[2]);
    }
}
