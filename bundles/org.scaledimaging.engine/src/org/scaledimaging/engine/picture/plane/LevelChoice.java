package org.scaledimaging.engine.picture.plane;

import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.Pyramid;

/**
 * The coarsest level that has the wanted pixels, and how many of its voxels make up a pixel.
 *
 * @param source the level's voxels
 * @param level its number
 * @param full the metadata of the full resolution
 * @param across voxels of the level in a pixel, from left to right; at least 1
 * @param down likewise from top to bottom
 */
record LevelChoice(ImageSource source, int level, ImageMetadata full, int across, int down) {

    static LevelChoice of(ImageSource image, PlaneGeometry geometry, int wanted) {
        ImageMetadata full = image.metadata();
        double extentAcross = dimension(full, geometry.across()).length() * geometry.pixelWidth();
        double extentDown = dimension(full, geometry.down()).length() * geometry.pixelHeight();
        double pixel = Math.max(extentAcross, extentDown) / wanted;
        // In voxels of the full resolution, which anisotropic ones are not all finer than.
        double mostAcross = Math.max(1, pixel / geometry.pixelWidth());
        double mostDown = Math.max(1, pixel / geometry.pixelHeight());
        List<ImageSource> levels = image.levels();
        LevelChoice best = new LevelChoice(image, 0, full, (int) mostAcross, (int) mostDown);
        for (int number = 1; number < levels.size(); number++) {
            ImageMetadata level = levels.get(number).metadata();
            double across = factor(full, level, geometry.across());
            double down = factor(full, level, geometry.down());
            if (across <= mostAcross * (1 + 1e-9) && down <= mostDown * (1 + 1e-9)) {
                best = new LevelChoice(levels.get(number), number, full, (int) Math.max(1, mostAcross / across), (int)
                        Math.max(1, mostDown / down));
            }
        }
        return best;
    }

    /** How many voxels of the full resolution are one of the level along an axis. */
    double factor(Axis axis) {
        return factor(full, source.metadata(), axis);
    }

    /**
     * By how many voxels there are, to the whole number that explains it where there is one: voxel sizes in files are
     * rounded, or not given.
     */
    private static double factor(ImageMetadata full, ImageMetadata level, Axis axis) {
        Optional<int[]> factors = Pyramid.factors(full, level);
        if (factors.isPresent()) {
            int next = 0;
            for (Dimension dimension : full.dimensions()) {
                if (dimension.axis() == axis) {
                    return factors.get()[next];
                }
                next += dimension.axis().isSpatial() ? 1 : 0;
            }
        }
        return (double) dimension(full, axis).length() / dimension(level, axis).length();
    }

    /** The level's index along an axis that holds an index of the full resolution. */
    long index(Axis axis, long fullIndex) {
        if (full.indexOf(axis) < 0) {
            return 0;
        }
        long index = (long) ((fullIndex + 0.5) / factor(axis));
        return Math.min(index, dimension(source.metadata(), axis).length() - 1);
    }

    static Dimension dimension(ImageMetadata metadata, Axis axis) {
        return metadata.dimensions().get(metadata.indexOf(axis));
    }
}
