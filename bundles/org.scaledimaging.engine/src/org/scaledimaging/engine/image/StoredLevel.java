package org.scaledimaging.engine.image;

import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Interval;

/**
 * One resolution of an image as it is stored. Which levels are coarser is said once all of them are made ({@link #link});
 * until then it is the only one. Thread-safe after that, where reading is.
 */
public abstract class StoredLevel implements ImageSource {
    private final ImageMetadata metadata;
    private final int[] chunkShape;
    private List<ImageSource> levels = List.of(this);

    /** @param chunkShape in voxels, per axis of the metadata */
    protected StoredLevel(ImageMetadata metadata, int[] chunkShape) {
        this.metadata = metadata;
        this.chunkShape = chunkShape.clone();
    }

    /**
     * Makes the levels of an image one: each has those after it. To be called before anybody reads.
     *
     * @param finestFirst at least one
     * @return the finest
     */
    public static <L extends StoredLevel> L link(List<L> finestFirst) {
        for (int level = 0; level < finestFirst.size(); level++) {
            StoredLevel finer = finestFirst.get(level);
            finer.levels = List.copyOf(finestFirst.subList(level, finestFirst.size()));
        }
        return finestFirst.get(0);
    }

    /** From where to where an interval goes along an axis, which the image may lack. */
    protected final long[] range(Interval interval, Axis axis) {
        int d = metadata.indexOf(axis);
        return d < 0 ? new long[] {0, 1} : new long[] {interval.min(d), interval.max(d)};
    }

    @Override
    public final ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public final int[] chunkShape() {
        return chunkShape.clone();
    }

    @Override
    public final List<ImageSource> levels() {
        return levels;
    }

    @Override
    public String toString() {
        return metadata.name() + " " + Arrays.toString(metadata.shape());
    }
}
