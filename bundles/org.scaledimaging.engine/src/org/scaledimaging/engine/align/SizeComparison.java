package org.scaledimaging.engine.align;

import java.util.OptionalDouble;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;

/**
 * Decides whether two images show as much, as far as their sizes tell.
 *
 * @param image spatial axes only
 * @param given with these axes
 * @param factors by which the image is downsampled, per axis
 */
record SizeComparison(ImageMetadata image, ImageMetadata given, int[] factors) {

    /** Up to a voxel: by their lengths where these are known, else whether one may be the other, downsampled. */
    boolean isSame(int d) {
        Dimension mine = image.dimensions().get(d);
        Dimension other = given.dimensions().get(given.indexOf(mine.axis()));
        OptionalDouble a = PhysicalUnit.inMillimeters(mine.unit());
        OptionalDouble b = PhysicalUnit.inMillimeters(other.unit());
        if (a.isPresent() && b.isPresent()) {
            double voxel = mine.voxelSize() * a.getAsDouble();
            double otherVoxel = other.voxelSize() * b.getAsDouble();
            double apart = Math.abs(mine.length() * voxel - other.length() * otherVoxel);
            return apart <= 1.01 * Math.max(otherVoxel, factors[d] * voxel);
        }
        return mine.length() == other.length() || isDownsampled(true) || isDownsampled(false);
    }

    /**
     * Whether one is as long as the other downsampled by one factor along some axes, the last voxels of each axis kept, or
     * on each left out.
     */
    private boolean isDownsampled(boolean keptLast) {
        return isDownsampled(image, given, keptLast) || isDownsampled(given, image, keptLast);
    }

    private static boolean isDownsampled(ImageMetadata fine, ImageMetadata coarse, boolean keptLast) {
        long factor = 1;
        for (Dimension dimension : fine.spatial()) {
            long length =
                    coarse.dimensions().get(coarse.indexOf(dimension.axis())).length();
            factor = Math.max(factor, Math.round((double) dimension.length() / length));
        }
        for (Dimension dimension : fine.spatial()) {
            long length =
                    coarse.dimensions().get(coarse.indexOf(dimension.axis())).length();
            long downsampled = (dimension.length() + (keptLast ? factor - 1 : 0)) / factor;
            if (length != dimension.length() && length != downsampled) {
                return false;
            }
        }
        return true;
    }
}
