package org.scaledimaging.engine.statistics;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/**
 * Measures images in streaming passes on several threads, with the same bits whatever the threads, chunks and blocks.
 * Each thread holds a piece of 2^18 voxels or a chunk, of up to 2^22 voxels (2^25 in large heaps), in the image's type
 * and as float64. Counts take half a mebibyte for integers of 8 and 16 bits; for other types some hundred KiB as a rule,
 * and 64 MiB at most, for percentiles of values of every magnitude that float64 knows.
 */
public final class ImageStatistics {
    private static final int AUTOMATIC_BINS = 256;
    /** Widest range of values that get a bin each. */
    public static final int MOST_BINS = 1 << 16;

    private ImageStatistics() {}

    /**
     * Statistics of a whole image, in one pass.
     *
     * @param percentiles 0 to 100
     * @throws ParameterException when a percentile is outside that range
     */
    public static Statistics of(ImageSource image, List<Double> percentiles, Execution execution)
            throws IOException, ParameterException {
        check(percentiles);
        return Unchanged.<Statistics, RuntimeException>during(image, () -> measured(image, percentiles, execution));
    }

    private static Statistics measured(ImageSource image, List<Double> percentiles, Execution execution)
            throws IOException {
        PixelType type = image.metadata().pixelType();
        boolean ranks = !percentiles.isEmpty();
        Measurement all = new Measurement(type, ranks);
        BlockPass.run(
                        image,
                        image.metadata().interval(),
                        () -> new Measurement(type, ranks),
                        execution,
                        ValueCounts.serve(type) ? "counting values" : "measuring")
                .forEach(all::add);
        return all.statistics(percentiles);
    }

    /** @throws ParameterException when a percentile is not from 0 to 100 */
    public static void check(List<Double> percentiles) throws ParameterException {
        for (double percentile : percentiles) {
            if (!(percentile >= 0 && percentile <= 100)) {
                throw new ParameterException(Setting.PERCENTILES, percentile, "a number from 0 to 100");
            }
        }
    }

    /**
     * The histogram of a region of an image. One pass for integers of 8 and 16 bits; two for other types, the first for
     * minimum and maximum.
     *
     * @param bins from the smallest to the largest finite voxel (half a unit to either side of it, where all are
     *     equal). 0: for integers one bin of width 1 for each value from the smallest to the largest, centred there, if
     *     these are at most 65536; else 256 bins
     * @throws ParameterException when the number of bins is below 0 or above 65536
     */
    public static Histogram histogram(ImageSource image, Interval region, int bins, Execution execution)
            throws IOException, ParameterException {
        if (bins < 0 || bins > MOST_BINS) {
            throw new ParameterException(Setting.BINS, bins, "0 (automatic) to " + MOST_BINS);
        }
        PixelType type = image.metadata().pixelType();
        if (ValueCounts.serve(type)) {
            return histogram(counts(image, region, execution), bins);
        }
        Range range = new Range();
        BlockPass.run(image, region, Range::new, execution.part(0, 0.5), "finding the range")
                .forEach(range::add);
        if (range.isEmpty()) {
            return new Histogram(Double.NaN, Double.NaN, List.of());
        }
        HistogramTally all = tally(range.minimum(), range.maximum(), bins, type.isInteger());
        BlockPass.run(
                        image,
                        region,
                        () -> tally(range.minimum(), range.maximum(), bins, type.isInteger()),
                        execution.part(0.5, 1),
                        "counting values")
                .forEach(all::add);
        return all.histogram();
    }

    private static Histogram histogram(ValueCounts values, int bins) {
        long[] counts = values.inOrder();
        int first = 0;
        while (counts[first] == 0) {
            first++;
        }
        int last = counts.length - 1;
        while (counts[last] == 0) {
            last--;
        }
        HistogramTally tally = tally(values.lowest() + first, values.lowest() + last, bins, true);
        for (int i = first; i <= last; i++) {
            tally.add(values.lowest() + i, counts[i]);
        }
        return tally.histogram();
    }

    private static HistogramTally tally(double low, double high, int bins, boolean integer) {
        if (bins == 0 && integer && high - low < MOST_BINS) {
            return new HistogramTally(low - 0.5, high + 0.5, (int) (high - low) + 1);
        }
        double half = low == high ? Math.max(0.5, Math.ulp(low)) : 0;
        double first = Math.max(low - half, -Double.MAX_VALUE);
        double last = Math.min(high + half, Double.MAX_VALUE);
        return new HistogramTally(first, last, bins == 0 ? AUTOMATIC_BINS : bins);
    }

    private static ValueCounts counts(ImageSource image, Interval region, Execution execution) throws IOException {
        PixelType type = image.metadata().pixelType();
        ValueCounts all = new ValueCounts(type);
        BlockPass.run(image, region, () -> new ValueCounts(type), execution, "counting values")
                .forEach(all::add);
        return all;
    }
}
