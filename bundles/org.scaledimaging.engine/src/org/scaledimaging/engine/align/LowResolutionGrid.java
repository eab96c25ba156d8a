package org.scaledimaging.engine.align;

/**
 * The voxels of a low-resolution image, each a block of full-resolution voxels.
 *
 * @param full how many voxels there are at full resolution, per axis
 * @param factors how many of them make one, per axis
 * @param shape how many low-resolution voxels there are, per axis
 */
public record LowResolutionGrid(long[] full, int[] factors, int[] shape) {

    int axes() {
        return shape.length;
    }

    int voxels() {
        int voxels = 1;
        for (int length : shape) {
            voxels = Math.multiplyExact(voxels, length);
        }
        return voxels;
    }

    /** Where a low-resolution voxel begins along an axis, in full-resolution voxels: the border, not a centre. */
    double begin(int axis, int voxel) {
        return (double) voxel * factors[axis] - 0.5;
    }

    /** Where it ends: at the image's end for the last one. */
    double end(int axis, int voxel) {
        return Math.min(full[axis], (voxel + 1.0) * factors[axis]) - 0.5;
    }

    double centre(int axis, int voxel) {
        return (begin(axis, voxel) + end(axis, voxel)) / 2;
    }
}
