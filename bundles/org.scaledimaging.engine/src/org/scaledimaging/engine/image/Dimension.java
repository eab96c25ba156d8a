package org.scaledimaging.engine.image;

import java.util.Objects;

/**
 * One axis of an image: how long it is and where its voxels lie.
 *
 * @param axis which axis
 * @param length in voxels, at least 1
 * @param voxelSize distance between two voxel centres, in {@code unit}; above 0
 * @param unit the OME-NGFF unit name ({@code millimeter}, {@code micrometer}, {@code second}); empty where unknown
 * @param origin coordinate of the centre of voxel 0 along this axis, in {@code unit}
 */
public record Dimension(Axis axis, long length, double voxelSize, String unit, double origin) {

    public Dimension {
        Objects.requireNonNull(axis);
        Objects.requireNonNull(unit);
        if (length < 1) {
            throw new IllegalArgumentException("length " + length + " of axis " + axis.symbol());
        }
        if (!(voxelSize > 0)) {
            throw new IllegalArgumentException("voxel size " + voxelSize + " of axis " + axis.symbol());
        }
    }

    /** An axis without physical meaning: voxel size 1, no unit, origin 0. */
    public static Dimension of(Axis axis, long length) {
        return new Dimension(axis, length, 1, "", 0);
    }

    /**
     * A spatial axis of an image that an affine places.
     *
     * @param affine to {@code unit}; a column of zeros, as of an axis that nobody measured, counts as a voxel size of 1
     */
    public static Dimension of(Axis axis, long length, Affine affine, String unit) {
        int column = Axis.X.ordinal() - axis.ordinal();
        double size = affine.voxelSize(column);
        return new Dimension(axis, length, size > 0 ? size : 1, unit, affine.originAlong(column));
    }

    /**
     * This axis sampled anew: voxel i of the result lies where voxel {@code scale·i + shift} of this one does.
     *
     * @param length of the result
     */
    public Dimension resampled(long length, double scale, double shift) {
        return new Dimension(axis, length, voxelSize * scale, unit, origin + shift * voxelSize);
    }
}
