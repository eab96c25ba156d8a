package org.scaledimaging.engine.plugin;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * The input of a plugin's low-resolution step: one volume (one channel, one time point), downsampled by block means.
 *
 * @param metadata of the low-resolution volume: spatial axes only, two or three, in the image's order; voxel size and
 *     origin are those of the low-resolution voxels
 * @param voxels the whole volume, float32 or (where the image's pixel type needs it) float64; NaN where the image has
 *     no finite voxel
 * @param factors how many full-resolution voxels make one of these, per axis
 * @param fullResolution of the volume at full resolution
 */
public record LowResolutionImage(ImageMetadata metadata, Block voxels, int[] factors, ImageMetadata fullResolution) {

    /** The same with voxels of its own, which may be changed. */
    public LowResolutionImage copy() {
        Block copy = Block.allocate(voxels.pixelType(), voxels.interval());
        copy.copyFrom(voxels);
        return new LowResolutionImage(metadata, copy, factors, fullResolution);
    }
}
