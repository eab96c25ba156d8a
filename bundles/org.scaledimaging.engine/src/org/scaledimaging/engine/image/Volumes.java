package org.scaledimaging.engine.image;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.Interval;

/**
 * How an image whose spatial axes come last falls into volumes: one for each channel and time point, numbered
 * row-major.
 */
public final class Volumes {
    private final long[] leading;
    private final int spatialAxes;

    private Volumes(long[] leading, int spatialAxes) {
        this.leading = leading;
        this.spatialAxes = spatialAxes;
    }

    public static Volumes of(ImageMetadata metadata) {
        int spatial = SpatialAxes.count(metadata);
        long[] shape = metadata.shape();
        long[] leading = java.util.Arrays.copyOf(shape, shape.length - spatial);
        for (int d = 0; d < leading.length; d++) {
            if (metadata.dimensions().get(d).axis().isSpatial()) {
                throw new IllegalArgumentException("spatial axes do not come last: " + metadata.axes());
            }
        }
        return new Volumes(leading, spatial);
    }

    /** The order that puts the spatial axes last and leaves the rest as it is. */
    public static int[] spatialLast(ImageMetadata metadata) {
        List<Integer> order = new ArrayList<>();
        for (boolean spatial : new boolean[] {false, true}) {
            for (int d = 0; d < metadata.dimensions().size(); d++) {
                if (metadata.dimensions().get(d).axis().isSpatial() == spatial) {
                    order.add(d);
                }
            }
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The metadata of one volume: the spatial axes alone, no channels. */
    public static ImageMetadata volumeMetadata(ImageMetadata metadata) {
        List<Dimension> spatial = metadata.dimensions().stream()
                .filter(dimension -> dimension.axis().isSpatial())
                .toList();
        return new ImageMetadata(
                metadata.name(),
                metadata.pixelType(),
                spatial,
                metadata.frame(),
                List.of(),
                java.util.Optional.empty(),
                metadata.labels());
    }

    public int count() {
        long count = 1;
        for (long length : leading) {
            count *= length;
        }
        return Math.toIntExact(count);
    }

    public int leadingAxes() {
        return leading.length;
    }

    /** The axes that are not spatial, as an interval. */
    public Interval leading() {
        return Interval.ofShape(leading);
    }

    /** The volumes that an interval of the image (or of its leading axes) touches, as index tuples of the leading axes, row-major. */
    public List<long[]> touchedBy(Interval interval) {
        List<long[]> touched = new ArrayList<>();
        long[] index = new long[leading.length];
        for (int d = 0; d < index.length; d++) {
            index[d] = interval.min(d);
        }
        int d;
        do {
            touched.add(index.clone());
            for (d = index.length - 1; d >= 0 && ++index[d] == interval.max(d); d--) {
                index[d] = interval.min(d);
            }
        } while (d >= 0);
        return touched;
    }

    /** The parts that an interval of the image has of single volumes, in the order of their voxels in the interval. */
    public List<Interval> pieces(Interval interval) {
        Interval region = spatial(interval);
        return touchedBy(interval).stream()
                .map(volume -> inVolume(volume, region))
                .toList();
    }

    public int numberOf(long[] index) {
        long number = 0;
        for (int d = 0; d < leading.length; d++) {
            number = number * leading[d] + index[d];
        }
        return Math.toIntExact(number);
    }

    /** The index tuple of a volume. */
    public long[] indexOf(int number) {
        long[] index = new long[leading.length];
        long rest = number;
        for (int d = index.length - 1; d >= 0; d--) {
            index[d] = rest % leading[d];
            rest /= leading[d];
        }
        return index;
    }

    /** The spatial part of an interval of the image. */
    public Interval spatial(Interval interval) {
        int from = leading.length;
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
        long[] min = new long[leading.length + spatialAxes];
        long[] max = new long[min.length];
        for (int d = 0; d < leading.length; d++) {
            min[d] = index[d];
            max[d] = index[d] + 1;
        }
        for (int d = 0; d < spatialAxes; d++) {
            min[leading.length + d] = region.min(d);
            max[leading.length + d] = region.max(d);
        }
        return Interval.between(min, max);
    }
}
