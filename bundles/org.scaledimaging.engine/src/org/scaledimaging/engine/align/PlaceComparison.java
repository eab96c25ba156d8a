package org.scaledimaging.engine.align;

import java.util.Optional;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.Placement;
import org.scaledimaging.engine.message.ParameterException;

/**
 * Decides whether two images that say where they lie can be of one thing.
 *
 * @param setting what was set to it, as messages mention it
 * @param metadata of the processed image, spatial axes only
 * @param image where that lies
 * @param given where the image lies that the parameter names
 */
record PlaceComparison(String setting, ImageMetadata metadata, Placement image, Placement given) {
    /** An image so many times as long shows more than a part of what the other does: said, since units may be mistaken. */
    private static final int MANY = 4;

    /** Affines that are this near to one another, in voxels, are the same but for rounding. */
    private static final double ROUNDING = 0.02;

    /**
     * Refuses an image that is a power of ten times as large or small as the other, voxels included: what a mistaken
     * unit does. One of whose voxels the whole image is a part says nothing of it, either.
     *
     * @param map from voxels of the processed image to those of the given one
     * @return what to tell of an image that is much longer
     */
    Optional<Notice> checkScale(Affine map) throws ParameterException {
        double least = Double.POSITIVE_INFINITY;
        double most = 0;
        double finest = Double.POSITIVE_INFINITY;
        double coarsest = 0;
        double across = 0;
        for (Dimension dimension : metadata.dimensions()) {
            int column = GridMatching.column(dimension);
            if (image.lengths()[column] > 1) {
                double extents = given.extent(axisAlong(map, column)) / image.extent(column);
                double voxels = 1 / map.voxelSize(column);
                least = Math.min(least, extents);
                most = Math.max(most, extents);
                finest = Math.min(finest, voxels);
                coarsest = Math.max(coarsest, voxels);
                across = Math.max(across, image.lengths()[column] / voxels);
            }
        }
        double power = Math.pow(10, Math.rint(Math.log10(least)));
        boolean proportional = Math.abs(least / power - 1) < 0.01 && Math.abs(most / power - 1) < 0.01;
        boolean larger = power > 5 && finest > 0.9 * power;
        boolean smaller = power < 0.2 && coarsest < 0.7;
        if (most > 0 && (proportional && (larger || smaller) || across < 1)) {
            throw new ParameterException(
                    setting,
                    given.name() + ", which lies at " + given.where(),
                    "an image of the size of " + image.name() + ", which lies at " + image.where());
        }
        return least > MANY
                ? Optional.of(Notice.warning(setting + ": " + given.name() + ", which lies at "
                        + given.where() + ", is more than " + MANY + " times as long as " + image.name()
                        + " along each axis, at " + image.where() + "; check the units of both."))
                : Optional.empty();
    }

    /** The axis of the given image that is nearest to an axis of the other. */
    private static int axisAlong(Affine map, int column) {
        int axis = 0;
        for (int row = 1; row < 3; row++) {
            axis = Math.abs(map.get(row, column)) > Math.abs(map.get(axis, column)) ? row : axis;
        }
        return axis;
    }

    /** Whether both have as many voxels, as large, along parallel axes, and yet a voxel or more between them. */
    boolean sameGridElsewhere(Affine map) {
        boolean apart = false;
        for (Dimension dimension : metadata.dimensions()) {
            int column = GridMatching.column(dimension);
            int axis = axisAlong(map, column);
            long length = image.lengths()[column];
            for (int row = 0; row < 3; row++) {
                double off = Math.abs(map.get(row, column)) - (row == axis ? 1 : 0);
                if (Math.abs(off) * length > ROUNDING) {
                    return false;
                }
            }
            if (given.lengths()[axis] != length) {
                return false;
            }
            double first = map.get(axis, 3);
            double expected = map.get(axis, column) > 0 ? 0 : length - 1;
            apart |= Math.abs(first - expected) > 1 - ROUNDING;
        }
        return apart;
    }
}
