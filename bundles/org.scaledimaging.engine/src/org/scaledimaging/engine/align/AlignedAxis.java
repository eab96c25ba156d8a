package org.scaledimaging.engine.align;

/**
 * Maps low-resolution voxels along one axis to voxels of another image, where axes are parallel: to those whose centres
 * lie in it, or where there are none, to the one that its centre lies in.
 *
 * @param axis of the other image
 * @param reversed whether it runs the other way; voxels are then counted from its end
 * @param first per low-resolution voxel, the first voxel
 * @param end one past the last; equal to first where the other image has no voxel
 */
record AlignedAxis(int axis, boolean reversed, int[] first, int[] end) {
    /** Border and centre may coincide: which side counts is not left to the last bit. */
    private static final double BORDER = 1e-3;

    /**
     * The axes, in the order of the low-resolution grid; null where they are not parallel.
     *
     * @param lengths of the other image
     * @param clamp whether the other image is taken to cover all, its outermost voxels reaching as far as needed
     */
    static AlignedAxis[] of(VoxelMap map, LowResolutionGrid grid, long[] lengths, boolean clamp) {
        ParallelAxis[] parallel = ParallelAxis.of(map, grid.full(), lengths);
        if (parallel == null) {
            return null;
        }
        AlignedAxis[] axes = new AlignedAxis[parallel.length];
        for (int d = 0; d < axes.length; d++) {
            axes[d] = of(parallel[d], grid, d, lengths[parallel[d].axis()], clamp);
        }
        return axes;
    }

    private static AlignedAxis of(ParallelAxis parallel, LowResolutionGrid grid, int d, long length, boolean clamp) {
        int[] first = new int[grid.shape()[d]];
        int[] end = new int[first.length];
        for (int i = 0; i < first.length; i++) {
            // From the corner of the one image to the corner of the other, in voxels of the other; centres at halves.
            double from = parallel.position(grid.begin(d, i));
            double to = parallel.position(grid.end(d, i));
            long low = (long) Math.ceil(from - BORDER);
            long high = (long) Math.ceil(to - BORDER);
            if (low >= high) {
                low = (long) Math.floor(parallel.position(grid.centre(d, i)) + 0.5 + BORDER);
                high = low + 1;
            }
            if (clamp) {
                low = Math.max(0, Math.min(length - 1, low));
                high = Math.max(low + 1, Math.min(length, high));
            }
            first[i] = (int) Math.max(0, Math.min(length, low));
            end[i] = (int) Math.max(first[i], Math.min(length, high));
        }
        return new AlignedAxis(parallel.axis(), parallel.reversed(), first, end);
    }
}
