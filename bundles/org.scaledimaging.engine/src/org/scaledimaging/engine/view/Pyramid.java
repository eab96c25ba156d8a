package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;

/** The levels of an image's pyramid, compared with one another. */
public final class Pyramid {
    /** How far a level may be from its place, in its own voxels: printed digits are rounded. */
    private static final double PLACING = 0.05;

    private Pyramid() {}

    /** A level and its voxels' size in full-resolution voxels, per spatial axis. */
    public record Level(ImageSource source, int[] factors) {

        /**
         * What is left to the wanted factors, by block means.
         *
         * @param voxels of this level
         */
        public ImageSource downsampled(ImageSource voxels, int[] wanted, PixelType type) {
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
     * @throws IOException when a level that does not say where it lies has to be looked at, and cannot be read
     */
    public static ImageSource downsampled(ImageSource image, int[] factors, PixelType type) throws IOException {
        Level level = best(image, factors);
        return level.downsampled(level.source(), factors, type);
    }

    /**
     * The coarsest level from which an image downsampled by some factors can be had by block means: each of its own
     * factors divides the wanted one, and it holds block means itself. That is the full resolution where nothing coarser
     * will do. Levels whose metadata do not say that they hold block means are compared with the finer ones, by a few
     * voxels ({@link LevelCheck}).
     */
    public static Level best(ImageSource image, int[] wanted) throws IOException {
        int[] ones = new int[wanted.length];
        Arrays.fill(ones, 1);
        List<Level> accepted = new ArrayList<>(List.of(new Level(image, ones)));
        boolean doubt = false;
        for (Level level : candidates(image, wanted)) {
            if (isPlaced(image.metadata(), level.source().metadata(), level.factors())) {
                accepted.add(level);
            } else if (!doubt) {
                Level finer = finest(accepted, level.factors());
                int[] ratio = level.factors().clone();
                for (int d = 0; d < ratio.length; d++) {
                    ratio[d] /= finer.factors()[d];
                }
                List<ImageSource> levels = image.levels();
                // What is made of a level that holds no means holds none either.
                doubt = !LevelCheck.areBlockMeans(finer.source(), level.source(), ratio, levels.get(levels.size() - 1));
                if (!doubt) {
                    accepted.add(new Level(
                            PlacedSource.of(level.source(), image.metadata(), level.factors()), level.factors()));
                }
            }
        }
        Level best = accepted.get(0);
        for (Level level : accepted) {
            best = product(level.factors()) > product(best.factors()) ? level : best;
        }
        return best;
    }

    /** The levels, finest first, whose voxels are so large that those wanted can be made of whole ones. */
    static List<Level> candidates(ImageSource image, int[] wanted) {
        List<Level> candidates = new ArrayList<>();
        for (ImageSource level : image.levels()) {
            Optional<int[]> factors = level == image ? Optional.empty() : factors(image.metadata(), level.metadata());
            if (factors.isPresent() && product(factors.get()) > 1 && divides(factors.get(), wanted)) {
                candidates.add(new Level(level, factors.get()));
            }
        }
        return candidates;
    }

    /** The coarsest of some levels of which another is made of whole voxels. */
    private static Level finest(List<Level> accepted, int[] factors) {
        Level found = accepted.get(0);
        for (Level level : accepted) {
            if (divides(level.factors(), factors) && product(level.factors()) > product(found.factors())) {
                found = level;
            }
        }
        return found;
    }

    private static long product(int[] factors) {
        long product = 1;
        for (int factor : factors) {
            product *= factor;
        }
        return product;
    }

    /**
     * Whether a level lies where block means do: its first voxel centre (factor − 1) / 2 voxels further on.
     *
     * @param factors its voxels' size in full-resolution voxels, per spatial axis
     */
    public static boolean isPlaced(ImageMetadata full, ImageMetadata level, int[] factors) {
        int next = 0;
        for (int d = 0; d < full.dimensions().size(); d++) {
            Dimension fine = full.dimensions().get(d);
            if (fine.axis().isSpatial()) {
                double shift = (level.dimensions().get(d).origin() - fine.origin()) / fine.voxelSize();
                int factor = factors[next++];
                if (!(Math.abs(shift - (factor - 1) / 2.0) <= PLACING * factor)) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * A level's voxel size in voxels of the full resolution, per spatial axis; nothing where these are no whole numbers
     * or the level does not cover the image. Where its voxels lie is another question: {@link #isPlaced}.
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
                    && coarse.length() <= Grid.covering(fine.length(), factor);
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
