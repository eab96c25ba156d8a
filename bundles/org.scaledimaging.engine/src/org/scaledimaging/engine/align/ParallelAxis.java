package org.scaledimaging.engine.align;

/**
 * An axis of one image that is parallel to an axis of another: the centre of voxel u lies at
 * {@code start + (u + 0.5) · scale − 0.5} of the other, counted from the other's end where it is reversed.
 *
 * @param axis of the other image
 * @param reversed whether it runs the other way
 * @param scale voxels of the other image per voxel, above 0
 * @param start where the first voxel begins, in voxels of the other, from its border
 */
record ParallelAxis(int axis, boolean reversed, double scale, double start) {
    /** Positions this near to one another, in voxels, are the same but for the rounding of affines. */
    private static final double ROUNDING = 0.02;

    /**
     * The axes, in the order of the one image; null where they are not parallel.
     *
     * @param full the shape of the one image
     * @param lengths of the other
     */
    static ParallelAxis[] of(VoxelMap map, long[] full, long[] lengths) {
        ParallelAxis[] axes = new ParallelAxis[full.length];
        boolean[] taken = new boolean[axes.length];
        for (int d = 0; d < axes.length; d++) {
            int axis = 0;
            for (int p = 1; p < axes.length; p++) {
                axis = Math.abs(map.linear()[p][d]) > Math.abs(map.linear()[axis][d]) ? p : axis;
            }
            for (int p = 0; p < axes.length; p++) {
                if (p != axis && Math.abs(map.linear()[p][d]) * full[d] > ROUNDING) {
                    return null;
                }
            }
            if (taken[axis] || map.linear()[axis][d] == 0) {
                return null;
            }
            taken[axis] = true;
            axes[d] = of(map, full, d, axis, lengths[axis]);
        }
        return axes;
    }

    private static ParallelAxis of(VoxelMap map, long[] full, int d, int axis, long length) {
        double scale = map.linear()[axis][d];
        double[] middle = new double[full.length];
        for (int e = 0; e < middle.length; e++) {
            middle[e] = e == d ? 0 : (full[e] - 1) / 2.0;
        }
        double offset = map.apply(axis, middle);
        boolean reversed = scale < 0;
        if (reversed) {
            scale = -scale;
            offset = length - 1 - offset;
        }
        scale = snapped(scale, full[d]);
        double corner = 2 * (offset - scale / 2 + 0.5);
        double start = Math.abs(corner - Math.rint(corner)) < 2 * ROUNDING ? Math.rint(corner) / 2 : corner / 2;
        return new ParallelAxis(axis, reversed, scale, start);
    }

    /** The whole number, or one over a whole number, that a scale was meant to be, where it is one but for rounding. */
    private static double snapped(double scale, long length) {
        double whole = scale >= 1 ? Math.rint(scale) : 1 / Math.rint(1 / scale);
        return Math.abs(scale - whole) * length < ROUNDING ? whole : scale;
    }

    /** Where a position lies in the other image, counted from its end where that is reversed. */
    double position(double voxel) {
        return start + (voxel + 0.5) * scale - 0.5;
    }
}
