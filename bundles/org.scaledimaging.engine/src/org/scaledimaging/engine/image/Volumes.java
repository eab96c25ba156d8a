package org.scaledimaging.engine.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;

/** The volumes of an image whose spatial axes come last: one for each channel and time point, numbered row-major. */
public final class Volumes {
    private final Interval leading;
    private final int spatialAxes;

    private Volumes(Interval leading, int spatialAxes) {
        this.leading = leading;
        this.spatialAxes = spatialAxes;
    }

    /** The volumes of an image: one for each channel and time point. */
    public static Volumes of(ImageMetadata metadata) {
        int spatial = SpatialAxes.count(metadata);
        long[] shape = metadata.shape();
        long[] leading = Arrays.copyOf(shape, shape.length - spatial);
        for (int d = 0; d < leading.length; d++) {
            if (metadata.dimensions().get(d).axis().isSpatial()) {
                throw new IllegalArgumentException("spatial axes do not come last: " + metadata.axes());
            }
        }
        return new Volumes(Interval.ofShape(leading), spatial);
    }

    /** The order that puts the spatial axes last and leaves the rest as it is. */
    public static AxisOrder spatialLast(ImageMetadata metadata) {
        return AxisOrder.sorting(
                metadata.dimensions(),
                Comparator.comparing(dimension -> dimension.axis().isSpatial()));
    }

    /** The metadata of one volume: the spatial axes alone, no channels. */
    public static ImageMetadata volumeMetadata(ImageMetadata metadata) {
        List<Dimension> spatial = metadata.spatial();
        return new ImageMetadata(
                metadata.name(),
                metadata.pixelType(),
                spatial,
                metadata.frame(),
                List.of(),
                Optional.empty(),
                metadata.labels(),
                metadata.header(),
                Optional.empty());
    }

    /** How many volumes there are; 1 where the image has neither channels nor time points. */
    public int count() {
        return leading.voxels();
    }

    /** How many axes are not spatial; they come before those that are. */
    public int leadingAxes() {
        return leading.axes();
    }

    /** The axes that are not spatial, as an interval. */
    public Interval leading() {
        return leading;
    }

    /** Chunks of single volumes, for an image that is held: at most so long along each spatial axis. */
    public int[] chunkShape(ImageMetadata image, int most) {
        int[] chunk = new int[image.dimensions().size()];
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = d < leading.axes() ? 1 : (int) Math.min(most, image.shape()[d]);
        }
        return chunk;
    }

    /** The volumes that an interval of the image (or of its leading axes) touches, as index tuples of the leading axes, row-major. */
    public List<long[]> touchedBy(Interval interval) {
        List<long[]> touched = new ArrayList<>();
        long[] min = Arrays.copyOf(interval.mins(), leading.axes());
        long[] max = Arrays.copyOf(interval.maxs(), leading.axes());
        Interval.between(min, max).positions().forEach(touched::add);
        return touched;
    }

    /** The parts that an interval of the image has of single volumes, in the order of their voxels in the interval. */
    public List<Interval> pieces(Interval interval) {
        Interval region = spatial(interval);
        return touchedBy(interval).stream()
                .map(volume -> inVolume(volume, region))
                .toList();
    }

    /** Fills the part of one volume. */
    @FunctionalInterface
    public interface Filling<E extends Exception> {
        /**
         * @param volume index along the axes that are not spatial
         * @param part of the spatial axes alone; its array may be longer
         */
        void fill(long[] volume, Block part) throws E;
    }

    /** Fills a block of the image, volume by volume. */
    public <E extends Exception> void fill(Block target, Filling<E> filling) throws E {
        Interval region = spatial(target.interval());
        Block part = target.at(region); // the first volume's part is at the beginning
        for (long[] volume : touchedBy(target.interval())) {
            filling.fill(volume, part);
            if (part.voxels() != target.voxels()) {
                target.copyFrom(part.at(inVolume(volume, region)));
            }
            part = region.voxels() == target.size() ? part : Block.allocate(target.pixelType(), region);
        }
    }

    /** The number of a volume, from 0, by its index along the axes that are not spatial. */
    public int numberOf(long[] index) {
        return Math.toIntExact(leading.number(index));
    }

    /** The index tuple of a volume. */
    public long[] indexOf(int number) {
        return leading.position(number);
    }

    /** The spatial part of an interval of the image. */
    public Interval spatial(Interval interval) {
        int from = leading.axes();
        long[] min = new long[spatialAxes];
        long[] max = new long[spatialAxes];
        for (int d = 0; d < spatialAxes; d++) {
            min[d] = interval.min(from + d);
            max[d] = interval.max(from + d);
        }
        return Interval.between(min, max);
    }

    /** The interval of the image that is a region of one volume. */
    public Interval inVolume(long[] index, Interval region) {
        long[] min = Arrays.copyOf(index, leading.axes() + spatialAxes);
        long[] shape = new long[min.length];
        Arrays.fill(shape, 1);
        System.arraycopy(region.mins(), 0, min, leading.axes(), spatialAxes);
        System.arraycopy(region.shape(), 0, shape, leading.axes(), spatialAxes);
        return Interval.at(min, shape);
    }
}
