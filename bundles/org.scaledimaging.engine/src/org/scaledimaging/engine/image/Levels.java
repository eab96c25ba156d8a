package org.scaledimaging.engine.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The order of an image's resolutions: finest first, none twice, whatever order they come in. */
public final class Levels {
    private Levels() {}

    /**
     * An image and its coarser resolutions.
     *
     * @param finest stays the first
     * @param coarser in any order; of those of the same shape the first stays, those of the image's shape are left out
     */
    public static <S extends ImageSource> List<S> of(S finest, List<? extends S> coarser) {
        List<S> sorted = new ArrayList<>(coarser);
        sorted.sort(Comparator.comparingDouble(Levels::voxels).reversed());
        List<S> levels = new ArrayList<>(List.of(finest));
        for (S level : sorted) {
            boolean known = levels.stream()
                    .anyMatch(other -> Arrays.equals(
                            other.metadata().shape(), level.metadata().shape()));
            if (!known) {
                levels.add(level);
            }
        }
        return levels;
    }

    /** How many voxels an image has; beyond 2^53 roughly. */
    public static double voxels(ImageSource image) {
        double voxels = 1;
        for (long length : image.metadata().shape()) {
            voxels *= length;
        }
        return voxels;
    }

    /**
     * By what an axis was downsampled, where only lengths tell: a power of two if it may have been, else a whole number, else
     * the quotient; 1 where it did not become shorter.
     */
    public static double factor(long fine, long coarse) {
        if (coarse >= fine) {
            return 1;
        }
        double quotient = (double) fine / coarse;
        long power = 1L << Math.round(Math.log(quotient) / Math.log(2));
        for (long factor : new long[] {power, Math.round(quotient)}) {
            if (fine / factor == coarse || (fine + factor - 1) / factor == coarse) {
                return factor;
            }
        }
        return quotient;
    }
}
