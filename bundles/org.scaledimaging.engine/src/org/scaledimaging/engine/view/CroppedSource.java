package org.scaledimaging.engine.view;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** A box of an image. */
public final class CroppedSource extends View {
    private final Interval box;

    private CroppedSource(ImageSource image, Interval box) {
        super(image, cropped(image.metadata(), box));
        this.box = box;
    }

    private static ImageMetadata cropped(ImageMetadata image, Interval box) {
        double[] scale = new double[box.axes()];
        Arrays.fill(scale, 1);
        double[] shift = Arrays.stream(box.mins()).asDoubleStream().toArray();
        return image.resampled(box.shape(), scale, shift);
    }

    /**
     * @param min first voxel, per spatial axis
     * @param max one past the last voxel, per spatial axis
     * @throws ParameterException when that is no box within the image
     */
    public static ImageSource of(ImageSource image, List<Long> min, List<Long> max) throws ParameterException {
        ImageMetadata metadata = image.metadata();
        List<Long> low = SpatialAxes.each(Setting.CROP_FROM, min, metadata, 0L);
        List<Long> high = SpatialAxes.each(Setting.CROP_TO, max, metadata, -1L);
        long[] shape = metadata.shape();
        long[] mins = new long[shape.length];
        long[] maxs = shape.clone();
        for (int d = 0; d < shape.length; d++) {
            Dimension dimension = metadata.dimensions().get(d);
            if (dimension.axis().isSpatial()) {
                mins[d] = low.get(d);
                maxs[d] = high.get(d);
                if (mins[d] < 0 || maxs[d] <= mins[d] || maxs[d] > shape[d]) {
                    throw new ParameterException(
                            Setting.CROP_FROM + " and " + Setting.CROP_TO + " along "
                                    + dimension.axis().symbol(),
                            mins[d] + " to " + maxs[d],
                            "a range of at least one voxel within 0 to " + shape[d]);
                }
            }
        }
        Interval box = Interval.between(mins, maxs);
        return box.equals(metadata.interval()) ? image : new CroppedSource(image, box);
    }

    @Override
    public int[] chunkShape() {
        int[] chunk = image().chunkShape();
        for (int d = 0; d < chunk.length; d++) {
            chunk[d] = (int) Math.min(chunk[d], box.length(d));
        }
        return chunk;
    }

    @Override
    protected Interval source(Interval interval) {
        return interval.translate(box.mins());
    }

    /** Of the coarser levels, those of which the box takes whole voxels. */
    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Pyramid.factors(image().metadata(), level.metadata())
                .flatMap(factors -> boxIn(level.metadata(), factors))
                .map(part -> new CroppedSource(level, part));
    }

    private Optional<Interval> boxIn(ImageMetadata level, int[] factors) {
        long[] min = box.mins();
        long[] max = box.maxs();
        long[] shape = image().metadata().shape();
        int next = 0;
        for (int d = 0; d < min.length; d++) {
            Axis axis = level.dimensions().get(d).axis();
            if (!axis.isSpatial()) {
                continue;
            }
            int factor = factors[next++];
            if (min[d] % factor != 0 || max[d] % factor != 0 && max[d] != shape[d]) {
                return Optional.empty();
            }
            min[d] /= factor;
            max[d] = Math.min(level.shape()[d], Grid.covering(max[d], factor));
            if (max[d] <= min[d]) {
                return Optional.empty();
            }
        }
        return Optional.of(Interval.between(min, max));
    }
}
