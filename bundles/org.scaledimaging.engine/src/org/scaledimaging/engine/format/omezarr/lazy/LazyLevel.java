package org.scaledimaging.engine.format.omezarr.lazy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.omezarr.OmeZarrLayout;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.view.Pyramid;

/**
 * The source of a level's voxels when a chunk of it is asked for. A level that takes little of the full resolution is
 * computed from that, level by level, as the writer does it. Others come from the nearest level that the image has.
 *
 * @param voxels of the shape and type that is written
 * @param exact whether they are the ones that would be written, to the bit
 */
record LazyLevel(ImageSource voxels, boolean exact) {
    /** What a chunk may take of the full resolution where something coarser is at hand: some hundredths of a second. */
    private static final long CHEAP_VOXELS = 1 << 22;

    /** The same where all that is at hand is coarser than the level: a blurred picture is worth some tenths less. */
    private static final long SHARP_VOXELS = 1 << 25;

    /** A level that the image has, and its voxels' size in voxels of the full resolution, per axis. */
    private record Known(ImageSource source, int[] factors) {
        /** How much of the wanted resolution it lacks: 1 for nothing. */
        double lacks(int[] wanted) {
            double lacks = 1;
            for (int d = 0; d < wanted.length; d++) {
                lacks *= Math.max(1, (double) factors[d] / wanted[d]);
            }
            return lacks;
        }

        double size() {
            return Arrays.stream(factors).asDoubleStream().reduce(1, (a, b) -> a * b);
        }
    }

    /** All levels, finest first. */
    static List<LazyLevel> of(OmeZarrLayout layout) {
        ImageSource image = layout.image();
        List<Known> known = known(image);
        List<LazyLevel> levels = new ArrayList<>(List.of(new LazyLevel(image, true)));
        ImageSource exact = image;
        int[] factors = new int[layout.chunk().length];
        Arrays.fill(factors, 1);
        for (int level = 1; level < layout.levels().size(); level++) {
            int[] step = layout.step(level - 1);
            for (int d = 0; d < factors.length; d++) {
                factors[d] *= step[d];
            }
            exact = DownsampledSource.of(exact, step, image.metadata().pixelType());
            Optional<ImageSource> other =
                    approximate(layout, known, factors, layout.levels().get(level));
            levels.add(other.map(voxels -> new LazyLevel(voxels, false)).orElse(new LazyLevel(exact, true)));
        }
        return levels;
    }

    private static List<Known> known(ImageSource image) {
        List<Known> known = new ArrayList<>();
        for (ImageSource level : image.levels().subList(1, image.levels().size())) {
            Pyramid.factors(image.metadata(), level.metadata())
                    .ifPresent(spatial -> known.add(new Known(level, perAxis(spatial, image.metadata()))));
        }
        return known;
    }

    private static int[] perAxis(int[] spatial, ImageMetadata metadata) {
        int[] all = new int[metadata.dimensions().size()];
        int next = 0;
        for (int d = 0; d < all.length; d++) {
            all[d] = metadata.dimensions().get(d).axis().isSpatial() ? spatial[next++] : 1;
        }
        return all;
    }

    /** Something quicker than the full resolution; nothing where that is quick enough, or all there is. */
    private static Optional<ImageSource> approximate(
            OmeZarrLayout layout, List<Known> known, int[] factors, ImageMetadata metadata) {
        ImageSource image = layout.image();
        double takes = takes(layout, factors);
        if (takes <= CHEAP_VOXELS && !image.isRemote()) {
            return Optional.empty();
        }
        Optional<ImageSource> evaluated = layout.evaluated(factors);
        if (evaluated.isPresent()) {
            return evaluated;
        }
        Known best = null;
        for (Known level : known) {
            double less = best == null ? 1 : level.lacks(factors) - best.lacks(factors);
            if (best == null || less < 0 || less == 0 && level.size() > best.size()) {
                best = level;
            }
        }
        if (best == null || best.lacks(factors) > 1 && takes <= SHARP_VOXELS) {
            return Optional.empty();
        }
        return Optional.of(resampled(best, factors, metadata, image.metadata().shape()));
    }

    /** How many voxels of the full resolution a chunk covers. */
    private static double takes(OmeZarrLayout layout, int[] factors) {
        int[] chunk = layout.chunk();
        long[] shape = layout.image().metadata().shape();
        double voxels = 1;
        for (int d = 0; d < chunk.length; d++) {
            voxels *= Math.min((double) chunk[d] * factors[d], shape[d]);
        }
        return voxels;
    }

    /** Block means as far as whole voxels go, then means by area. */
    private static ImageSource resampled(Known level, int[] factors, ImageMetadata metadata, long[] extent) {
        int[] whole = new int[factors.length];
        int[] size = new int[factors.length];
        for (int d = 0; d < factors.length; d++) {
            whole[d] = Math.max(1, factors[d] / level.factors()[d]);
            size[d] = whole[d] * level.factors()[d];
        }
        boolean same = Arrays.stream(whole).allMatch(factor -> factor == 1);
        ImageSource means = same ? level.source() : DownsampledSource.of(level.source(), whole, metadata.pixelType());
        boolean fits =
                Arrays.equals(size, factors) && Arrays.equals(means.metadata().shape(), metadata.shape());
        return fits ? means : new AreaMeans(means, metadata, size, factors, extent);
    }
}
