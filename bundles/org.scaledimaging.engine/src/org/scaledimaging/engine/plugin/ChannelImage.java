package org.scaledimaging.engine.plugin;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.execute.ParallelRead;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.engine.statistics.Statistics;
import org.scaledimaging.engine.view.Pyramid;
import org.scaledimaging.engine.view.SelectedSource;

/**
 * A channel as a segmentation plugin sees it, at all its time points. Nothing is read before it is asked for, and
 * nothing is remembered. Thread-safe.
 */
public final class ChannelImage {
    private final ImageSource source;

    private ChannelImage(ImageSource source) {
        this.source = source;
    }

    /** One channel of an image, counted from 0; the image has that many. */
    public static ChannelImage of(ImageSource image, long channel) {
        try {
            return new ChannelImage(SelectedSource.of(image, Axis.C, channel));
        } catch (ParameterException e) {
            throw new IllegalStateException("one of the channels that the image has", e);
        }
    }

    /** The image's, with a channel axis of length 1 where it has one. */
    public ImageMetadata metadata() {
        return source.metadata();
    }

    /**
     * Counts the voxels' values, in one pass over the channel for integers of 8 and 16 bits, in two for other types. The
     * same to the bit whatever the threads.
     *
     * @param bins as {@link ImageStatistics#histogram} takes them
     * @throws IllegalArgumentException when the number of bins is below 0 or above 65536
     */
    public Histogram histogram(int bins, Execution execution) throws IOException {
        try {
            return ImageStatistics.histogram(source, metadata().interval(), bins, execution);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * Measures the channel in one pass; see {@link ImageStatistics#of}.
     *
     * @throws IllegalArgumentException when a percentile is not from 0 to 100
     */
    public Statistics statistics(List<Double> percentiles, Execution execution) throws IOException {
        try {
            return ImageStatistics.of(source, percentiles, execution);
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /**
     * The channel downsampled by block means, whole: from the coarsest pyramid level that will do, or in one pass.
     *
     * @param factors one for all spatial axes (limited to each axis' length), or one per spatial axis in the image's order
     * @return float32, or float64 where the pixel type needs it; NaN where no voxel is finite
     * @throws IllegalArgumentException when the factors do not fit the image
     * @throws ImageFormatException when the result does not fit in memory, before anything is read
     */
    public Block lowResolution(List<Integer> factors, Execution execution) throws IOException {
        ImageSource low = Pyramid.downsampled(
                source, spatial(factors), metadata().pixelType().working());
        checkFits(low.metadata());
        long[] unit = Arrays.stream(low.chunkShape()).asLongStream().toArray();
        return ParallelRead.read(low, low.metadata().interval(), unit, execution, "downsampling");
    }

    private static void checkFits(ImageMetadata low) throws ImageFormatException {
        double voxels = Arrays.stream(low.shape()).asDoubleStream().reduce(1, (a, b) -> a * b);
        double most = Math.min(
                Integer.MAX_VALUE - 8,
                (double) MemoryBudget.longLived() / low.pixelType().bytes());
        if (voxels > most) {
            throw new ImageFormatException(
                    low.name(),
                    String.format(Locale.ROOT, "%.3g voxels in the low-resolution image of a channel", voxels),
                    String.format(
                            Locale.ROOT,
                            "at most the %.3g that memory holds: a coarser %s, or more %s",
                            most,
                            Setting.LEVEL,
                            Setting.MEMORY));
        }
    }

    private int[] spatial(List<Integer> factors) {
        try {
            return SpatialAxes.only(SpatialAxes.factors(Setting.DOWNSAMPLE_FACTOR, factors, metadata()), metadata());
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** The channel's voxels, for reading any interval of them, in the image's pixel type. Not to be closed. */
    public ImageSource source() {
        return source;
    }
}
