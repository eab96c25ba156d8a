package org.scaledimaging.engine.align;

/**
 * Which voxels of another image make up each low-resolution voxel along one axis, where axes are parallel: those whose
 * centres lie in it, or where there are none, the one that its centre lies in.
 *
 * @param axis of the other image
 * @param reversed whether it runs the other way; voxels are then counted from its end
 * @param first per low-resolution voxel, the first voxel
 * @param end one past the last; equal to first where the other image has no voxel
 */
record AlignedAxis(int axis, boolean reversed, int[] first, int[] end) {
    /** Positions this near to one another, in voxels, are the same but for the rounding of affines. */
    private static final double ROUNDING = 0.02;

    /** Border and centre may coincide: which side counts is not left to the last bit. */
    private static final double BORDER = 1e-3;

    /**
     * The axes, in the order of the low-resolution grid; null where they are not parallel.
     *
     * @param lengths of the other image
     * @param clamp whether the other image is taken to cover all, its outermost voxels reaching as far as needed
     */
    static AlignedAxis[] of(VoxelMap map, LowResolutionGrid grid, long[] lengths, boolean clamp) {
        AlignedAxis[] axes = new AlignedAxis[grid.axes()];
        boolean[] taken = new boolean[axes.length];
        for (int d = 0; d < axes.length; d++) {
            int axis = 0;
            for (int p = 1; p < axes.length; p++) {
                axis = Math.abs(map.linear()[p][d]) > Math.abs(map.linear()[axis][d]) ? p : axis;
            }
            for (int p = 0; p < axes.length; p++) {
                if (p != axis && Math.abs(map.linear()[p][d]) * grid.full()[d] > ROUNDING) {
                    return null;
                }
            }
            if (taken[axis] || map.linear()[axis][d] == 0) {
                return null;
            }
            taken[axis] = true;
            axes[d] = of(map, grid, d, axis, lengths[axis], clamp);
        }
        return axes;
    }

    private static AlignedAxis of(VoxelMap map, LowResolutionGrid grid, int d, int axis, long length, boolean clamp) {
        double scale = map.linear()[axis][d];
        double[] middle = new double[grid.axes()];
        for (int e = 0; e < middle.length; e++) {
            middle[e] = e == d ? 0 : (grid.full()[e] - 1) / 2.0;
        }
        double offset = map.apply(axis, middle);
        boolean reversed = scale < 0;
        if (reversed) {
            scale = -scale;
            offset = length - 1 - offset;
        }
        scale = snapped(scale, grid.full()[d]);
        double corner = 2 * (offset - scale / 2 + 0.5);
        double start = Math.abs(corner - Math.rint(corner)) < 2 * ROUNDING ? Math.rint(corner) / 2 : corner / 2;
        int[] first = new int[grid.shape()[d]];
        int[] end = new int[first.length];
        for (int i = 0; i < first.length; i++) {
            // From the corner of the one image to the corner of the other, in voxels of the other; centres at halves.
            double from = start + (grid.begin(d, i) + 0.5) * scale - 0.5;
            double to = start + (grid.end(d, i) + 0.5) * scale - 0.5;
            long low = (long) Math.ceil(from - BORDER);
            long high = (long) Math.ceil(to - BORDER);
            if (low >= high) {
                low = (long) Math.floor(start + (grid.centre(d, i) + 0.5) * scale + BORDER);
                high = low + 1;
            }
            if (clamp) {
                low = Math.max(0, Math.min(length - 1, low));
                high = Math.max(low + 1, Math.min(length, high));
            }
            first[i] = (int) Math.max(0, Math.min(length, low));
            end[i] = (int) Math.max(first[i], Math.min(length, high));
        }
        return new AlignedAxis(axis, reversed, first, end);
    }

    /** The whole number, or one over a whole number, that a scale was meant to be, where it is one but for rounding. */
    private static double snapped(double scale, long length) {
        double whole = scale >= 1 ? Math.rint(scale) : 1 / Math.rint(1 / scale);
        return Math.abs(scale - whole) * length < ROUNDING ? whole : scale;
    }
}
