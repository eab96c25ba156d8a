package org.scaledimaging.engine.format.nifti.header;

import java.nio.ByteOrder;

/**
 * The fields of a NIfTI header that mean something here, as the file has them; NIfTI-1's numbers are widened.
 *
 * @param single whether the voxels are in the same file
 * @param analyze whether it is one of ANALYZE 7.5, which says less
 * @param dim the number of axes, then their lengths: x, y, z, t, u, v, w
 * @param pixdim {@code qfac}, then the distances of voxels along the same axes
 * @param voxOffset where the voxels begin, in bytes
 * @param units the codes of the spatial unit (lowest three bits) and the unit of time (next three)
 * @param quaternion b, c, d and the offsets of x, y, z
 * @param srow the sform, row-major
 */
public record NiftiHeader(
        HeaderLayout layout,
        ByteOrder order,
        boolean single,
        boolean analyze,
        long[] dim,
        NiftiType type,
        double[] pixdim,
        long voxOffset,
        double slope,
        double intercept,
        int units,
        double toffset,
        int qformCode,
        int sformCode,
        double[] quaternion,
        double[] srow) {

    /** The same with the voxels elsewhere in the file. */
    NiftiHeader withVoxOffset(long newVoxOffset) {
        return new NiftiHeader(
                layout,
                order,
                single,
                analyze,
                dim,
                type,
                pixdim,
                newVoxOffset,
                slope,
                intercept,
                units,
                toffset,
                qformCode,
                sformCode,
                quaternion,
                srow);
    }

    /** The number of bytes that the voxels take; the codec has seen to it that this does not overflow. */
    long voxelBytes() {
        long bytes = type.bits() / 8;
        for (int d = 1; d <= dim[0]; d++) {
            bytes *= dim[d];
        }
        return bytes;
    }
}
