package org.scaledimaging.engine.picture.plane;

/**
 * The place that a plane was taken from.
 *
 * @param index along the normal, in voxels of the full resolution from 0; of a projection the first
 * @param coordinate of that voxel's centre along the image's own axis, in {@code unit}
 * @param unit of the normal; empty where it is not known
 * @param projection whether all indices along the normal were projected
 * @param channel from 0
 * @param time from 0
 * @param level the level of the pyramid whose voxels were read; 0 is the full resolution
 */
public record PlanePosition(
        long index, double coordinate, String unit, boolean projection, long channel, long time, int level) {}
