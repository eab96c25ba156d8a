package org.scaledimaging.engine.report;

import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.statistics.Statistics;

/**
 * An image before and after a correction, in numbers. Statistics, histogram and profiles are of all finite voxels of all
 * channels and time points.
 *
 * @param before as {@code statistics} has them, with {@link #PERCENTILES}
 * @param after of the same voxels, corrected
 * @param field of the field, if there is one
 * @param minimum the lower edge of the histograms' first bin
 * @param maximum the upper edge of the last
 * @param histogramBefore how many voxels are in each of at most 256 bins, whose width is a power of two
 * @param histogramAfter on the same bins
 * @param profiles the mean at each index along each spatial axis
 * @param mask in words: which voxels the next two are of
 * @param inMaskBefore of the image before
 * @param inMaskAfter of the same voxels, corrected
 */
public record Figures(
        Statistics before,
        Statistics after,
        Optional<Statistics> field,
        double minimum,
        double maximum,
        List<Long> histogramBefore,
        List<Long> histogramAfter,
        List<Profile> profiles,
        String mask,
        InMask inMaskBefore,
        InMask inMaskAfter) {

    /** The percentiles that {@link #before} and {@link #after} have. */
    public static final List<Double> PERCENTILES = List.of(1.0, 25.0, 50.0, 75.0, 99.0);

    public Figures {
        histogramBefore = List.copyOf(histogramBefore);
        histogramAfter = List.copyOf(histogramAfter);
        profiles = List.copyOf(profiles);
    }

    /**
     * Means along an axis.
     *
     * @param before at each index; NaN where there is no finite voxel
     * @param after of the same length
     */
    public record Profile(Axis axis, List<Double> before, List<Double> after) {
        public Profile {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /**
     * The voxels in a mask.
     *
     * @param voxels finite ones
     * @param mean NaN where there are none
     * @param coefficientOfVariation the standard deviation over the mean
     * @param entropy in bits, of the shares that the bins of the histograms have; NaN where there are no voxels
     */
    public record InMask(long voxels, double mean, double coefficientOfVariation, double entropy) {
        private static final double MOST = 10;

        /** Whether the coefficient says something: not where the mean is below 0, or near 0 beside the deviation. */
        public boolean variationTells() {
            return coefficientOfVariation >= 0 && coefficientOfVariation <= MOST;
        }
    }

    /**
     * How much of the variation in the mask is left: the coefficient after over that before. NaN where one of them
     * {@link InMask#variationTells says nothing}.
     */
    public double variationRatio() {
        if (!inMaskBefore.variationTells() || !inMaskAfter.variationTells()) {
            return Double.NaN;
        }
        return inMaskAfter.coefficientOfVariation() / inMaskBefore.coefficientOfVariation();
    }

    /** The field's largest value over its smallest; NaN without a field. */
    public double fieldRatio() {
        return field.map(values -> values.maximum() / values.minimum()).orElse(Double.NaN);
    }
}
