package org.scaledimaging.engine.scaled;

import java.util.Optional;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.resample.DownsampledSource;

/** What the levels of an image's pyramid are to one another. */
public final class Pyramid {
    private Pyramid() {}

    /** A level and its voxels' size in full-resolution voxels, per spatial axis. */
    record Level(ImageSource source, int[] factors) {

        /**
         * What is left to the wanted factors, by block means.
         *
         * @param voxels of this level
         */
        ImageSource downsampled(ImageSource voxels, int[] wanted, PixelType type) {
            ImageMetadata metadata = voxels.metadata();
            int[] rest = new int[metadata.dimensions().size()];
            int next = 0;
            for (int d = 0; d < rest.length; d++) {
                boolean spatial = metadata.dimensions().get(d).axis().isSpatial();
                rest[d] = spatial ? wanted[next] / factors[next++] : 1;
            }
            return DownsampledSource.of(voxels, rest, type);
        }
    }

    /**
     * An image downsampled by block means, starting from the coarsest level that will do.
     *
     * @param factors per spatial axis
     */
    public static ImageSource downsampled(ImageSource image, int[] factors, PixelType type) {
        Level level = best(image, factors);
        return level.downsampled(level.source(), factors, type);
    }

    /**
     * The coarsest level from which an image downsampled by some factors can be had by block means: each of its own
     * factors divides the wanted one. That is the full resolution where nothing coarser will do.
     */
    static Level best(ImageSource image, int[] wanted) {
        Level best = null;
        long bestProduct = 0;
        for (ImageSource level : image.levels()) {
            Optional<int[]> factors = factors(image.metadata(), level.metadata());
            if (factors.isPresent() && divides(factors.get(), wanted)) {
                long product = 1;
                for (int factor : factors.get()) {
                    product *= factor;
                }
                if (product > bestProduct) {
                    bestProduct = product;
                    best = new Level(level, factors.get());
                }
            }
        }
        return best;
    }

    /**
     * A level's voxel size in voxels of the full resolution, per spatial axis; nothing where these are no whole numbers
     * or the level does not cover the image.
     */
    public static Optional<int[]> factors(ImageMetadata full, ImageMetadata level) {
        int spatial = SpatialAxes.count(full);
        int[] factors = new int[spatial];
        int next = 0;
        for (int d = 0; d < full.dimensions().size(); d++) {
            Dimension fine = full.dimensions().get(d);
            Dimension coarse = level.dimensions().get(d);
            if (!fine.axis().isSpatial()) {
                if (fine.length() != coarse.length()) {
                    return Optional.empty();
                }
                continue;
            }
            double ratio = coarse.voxelSize() / fine.voxelSize();
            long factor = Math.round(ratio);
            boolean covers = factor >= 1
                    && Math.abs(ratio - factor) < 1e-3 * factor
                    && coarse.length() >= fine.length() / factor
                    && coarse.length() <= (fine.length() + factor - 1) / factor;
            if (!covers) {
                return Optional.empty();
            }
            factors[next++] = (int) factor;
        }
        return Optional.of(factors);
    }

    private static boolean divides(int[] factors, int[] wanted) {
        for (int d = 0; d < factors.length; d++) {
            if (wanted[d] % factors[d] != 0) {
                return false;
            }
        }
        return true;
    }
}
