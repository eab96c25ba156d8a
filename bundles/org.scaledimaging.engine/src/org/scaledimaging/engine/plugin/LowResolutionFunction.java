package org.scaledimaging.engine.plugin;

/** A low-resolution step as a function from an array to an array; see {@link ScaledProcessingPlugin#of}. */
@FunctionalInterface
public interface LowResolutionFunction {

    /**
     * @param voxels of one volume of the low-resolution image, row-major; NaN where the image has no finite voxel. May be
     *     changed and given back
     * @param shape how many voxels there are along each axis, slowest first: z, y, x or y, x
     * @return the field at these voxels, as many values in the same order
     */
    double[] apply(double[] voxels, int[] shape);
}
