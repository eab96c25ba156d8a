package org.scaledimaging.knime.view;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;

/**
 * An image at a resolution that a view can hold: the finest of its levels that is small enough, or the level from which
 * least has to be downsampled.
 */
public final class SmallCopy {
    /** So many voxels in all, channels and time points included, unless each volume is tiny. */
    private static final long MOST_VOXELS = 1L << 25;

    private static final int SHORTEST = 32;

    private SmallCopy() {}

    /**
     * The copy, to be computed when it is read.
     *
     * @param longest how many voxels it may have along an axis, at least 1
     */
    public static Image of(ImageSource image, int longest) throws ParameterException {
        int most = fitting(image.metadata(), longest);
        ImageSource coarsest = image;
        for (ImageSource level : image.levels()) {
            long length = longest(level.metadata());
            if (length <= most && (level == image || 2 * length >= most)) {
                return Image.of(level);
            } else if (length > most) {
                coarsest = level;
            }
        }
        return downsampled(coarsest, most);
    }

    private static Image downsampled(ImageSource level, int most) throws ParameterException {
        List<Integer> factors = new ArrayList<>();
        boolean same = true;
        for (Dimension dimension : level.metadata().spatial()) {
            int factor = (int) ((dimension.length() + most - 1) / most);
            factors.add(factor);
            same &= factor == 1;
        }
        Image image = Image.of(level);
        return same ? image : image.downsample(factors);
    }

    /** How long the copy may be along an axis for all of it to be small. */
    private static int fitting(ImageMetadata image, int longest) {
        int most = longest;
        while (most > SHORTEST && voxels(image, most) > MOST_VOXELS) {
            most = Math.max(SHORTEST, most * 7 / 8);
        }
        return most;
    }

    private static double voxels(ImageMetadata image, int most) {
        double voxels = 1;
        for (Dimension dimension : image.dimensions()) {
            voxels *= dimension.axis().isSpatial() ? Math.min(most, dimension.length()) : dimension.length();
        }
        return voxels;
    }

    /** The longest spatial axis, in voxels. */
    static long longest(ImageMetadata image) {
        return image.spatial().stream().mapToLong(Dimension::length).max().orElse(1);
    }

    /** How many voxels along an axis one of a coarser image covers: a whole number where one explains both lengths. */
    static double factor(ImageMetadata full, ImageMetadata coarse, Axis axis) {
        int d = full.indexOf(axis);
        if (d < 0) {
            return 1;
        }
        long length = full.dimensions().get(d).length();
        long fewer = coarse.dimensions().get(coarse.indexOf(axis)).length();
        long rounded = Math.max(1, Math.round((double) length / fewer));
        boolean whole = (length + rounded - 1) / rounded == fewer || length / rounded == fewer;
        return whole ? rounded : (double) length / fewer;
    }
}
