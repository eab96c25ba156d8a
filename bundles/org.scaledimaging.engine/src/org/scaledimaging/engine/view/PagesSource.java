package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/**
 * An image of which it is said what its pages are: those axes along which pages follow one another become others. Pages
 * are numbered in the image's own order, the slowest axis first; each keeps its voxels.
 */
public final class PagesSource extends View {
    private final List<Axis> pages;
    private final long[] lengths;

    private PagesSource(ImageSource image, ImageMetadata metadata, List<Axis> pages, long[] lengths) {
        super(image, metadata);
        this.pages = pages;
        this.lengths = lengths;
    }

    /**
     * @param pages what pages are, the slowest varying first: t, c or z, each once
     * @param lengths of these; their product is {@link #pages(ImageMetadata, List)}
     */
    public static ImageSource of(ImageSource image, List<Axis> pages, long[] lengths) {
        ImageMetadata own = image.metadata();
        List<Dimension> kept = new ArrayList<>(own.dimensions());
        kept.removeIf(dimension -> arePages(dimension, pages));
        List<Dimension> dimensions = new ArrayList<>(kept);
        for (Axis axis : Axis.values()) {
            int which = pages.indexOf(axis);
            if (which >= 0) {
                int at = 0;
                while (at < dimensions.size() && dimensions.get(at).axis().compareTo(axis) < 0) {
                    at++;
                }
                int before = own.indexOf(axis);
                Dimension known = before < 0
                        ? Dimension.of(axis, lengths[which])
                        : own.dimensions().get(before);
                dimensions.add(
                        at, new Dimension(axis, lengths[which], known.voxelSize(), known.unit(), known.origin()));
            }
        }
        boolean sameChannels = !pages.contains(Axis.C);
        ImageMetadata described = sameChannels ? own : own.withChannels(List.of(), Optional.empty());
        return new PagesSource(image, described.withDimensions(dimensions), List.copyOf(pages), lengths.clone());
    }

    /** How many pages an image has: channels count where pages are to be channels. */
    public static long pages(ImageMetadata image, List<Axis> pages) {
        return image.dimensions().stream()
                .filter(dimension -> arePages(dimension, pages))
                .mapToLong(Dimension::length)
                .reduce(1, Math::multiplyExact);
    }

    private static boolean arePages(Dimension dimension, List<Axis> pages) {
        return switch (dimension.axis()) {
            case T, Z -> true;
            case C -> pages.contains(Axis.C);
            case Y, X -> false;
        };
    }

    @Override
    public int[] chunkShape() {
        int[] own = image().chunkShape();
        int[] chunk = new int[metadata().dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            Axis axis = metadata().dimensions().get(d).axis();
            chunk[d] = pages.contains(axis) ? 1 : own[image().metadata().indexOf(axis)];
        }
        return chunk;
    }

    /** Page by page. */
    @Override
    protected List<Interval> pieces(Interval interval) {
        List<Interval> pieces = new ArrayList<>(List.of(interval));
        for (Axis axis : pages) {
            int d = metadata().indexOf(axis);
            List<Interval> split = new ArrayList<>();
            for (Interval piece : pieces) {
                for (long at = piece.min(d); at < piece.max(d); at++) {
                    long[] min = piece.mins();
                    long[] max = piece.maxs();
                    min[d] = at;
                    max[d] = at + 1;
                    split.add(Interval.between(min, max));
                }
            }
            pieces = split;
        }
        return pieces;
    }

    @Override
    protected Interval source(Interval interval) {
        long page = 0;
        for (int i = 0; i < lengths.length; i++) {
            page = page * lengths[i] + interval.min(metadata().indexOf(pages.get(i)));
        }
        List<Dimension> own = image().metadata().dimensions();
        long[] min = new long[own.size()];
        long[] max = new long[own.size()];
        Arrays.fill(max, 1);
        for (int d = own.size() - 1; d >= 0; d--) {
            if (arePages(own.get(d), pages)) {
                min[d] = page % own.get(d).length();
                max[d] = min[d] + 1;
                page /= own.get(d).length();
            } else {
                int at = metadata().indexOf(own.get(d).axis());
                min[d] = interval.min(at);
                max[d] = interval.max(at);
            }
        }
        return Interval.between(min, max);
    }

    /** Axes of pages have length 1 in a piece, so that the others' voxels are in the same order. */
    @Override
    protected void compute(Block target) throws IOException {
        image().read(target.at(source(target.interval())));
    }

    /** A level of which pages were resampled together has others. */
    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        boolean same = pages(level.metadata(), pages) == pages(image().metadata(), pages);
        return same ? Optional.of(of(level, pages, lengths)) : Optional.empty();
    }
}
