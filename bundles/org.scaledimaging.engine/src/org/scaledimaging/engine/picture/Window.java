package org.scaledimaging.engine.picture;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.picture.plane.Plane;

/**
 * The range of values that a picture shows, from the darkest to the brightest.
 *
 * @param low what is shown as the darkest, as is what is below
 * @param high what is shown as the brightest, as is what is above; not below {@code low}
 */
public record Window(double low, double high) {

    public Window {
        if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
            throw new IllegalArgumentException("window from " + low + " to " + high);
        }
    }

    /** Where a value lies in it, 0 to 1; where low and high are the same, that value is in the middle. NaN stays NaN. */
    public double fraction(double value) {
        if (Double.isNaN(value)) {
            return value;
        }
        if (value <= low || value >= high) {
            return low == high && value == low ? 0.5 : value <= low ? 0 : 1;
        }
        double width = high - low;
        return width < Double.MAX_VALUE
                ? (value - low) / width
                : value / 2 / (high / 2 - low / 2) - low / 2 / (high / 2 - low / 2);
    }

    /**
     * By percentiles of the finite values of some planes, by linear interpolation between the two nearest ranks. Where both
     * percentiles are the same, from the least value to the greatest, so that the little that differs is seen; 0 to 1
     * where there is no finite value.
     *
     * @param low 0 to 100
     * @param high 0 to 100, above {@code low}
     */
    public static Window ofPercentiles(Collection<Plane> planes, double low, double high) {
        double[] sorted = planes.stream()
                .flatMapToDouble(plane -> Arrays.stream(plane.values()))
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (sorted.length == 0) {
            return new Window(0, 1);
        }
        double darkest = percentile(sorted, low);
        double brightest = percentile(sorted, high);
        return darkest < brightest ? new Window(darkest, brightest) : new Window(sorted[0], sorted[sorted.length - 1]);
    }

    private static double percentile(double[] sorted, double percentile) {
        double rank = (sorted.length - 1) * (percentile / 100);
        int below = (int) Math.min(sorted.length - 1, Math.floor(rank));
        double a = sorted[below];
        double b = sorted[Math.min(sorted.length - 1, below + 1)];
        double weight = rank - below;
        return a == b ? a : a * (1 - weight) + b * weight;
    }

    /** The display window that the metadata have for a channel ({@code omero}'s start and end), if there is one. */
    public static Optional<Window> ofMetadata(ImageMetadata metadata, long channel) {
        JsonNode window = ChannelDisplay.json(metadata, channel).path("window");
        double start = window.path("start").asDouble(Double.NaN);
        double end = window.path("end").asDouble(Double.NaN);
        boolean usable = start < end && Double.isFinite(start) && Double.isFinite(end);
        return usable ? Optional.of(new Window(start, end)) : Optional.empty();
    }
}
