package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.statistics.ValueSample;

/**
 * The range of values that viewers show a channel with: {@code omero}'s {@code window}. It is taken from the values that
 * were written at full resolution, over all time points: coarser levels lack the brightest and the darkest.
 *
 * @param min the least value there
 * @param max the greatest
 * @param start the 1st percentile, shown as black
 * @param end the 99.9th, shown as white
 * @param whole whether these are whole numbers
 */
public record DisplayWindow(double min, double max, double start, double end, boolean whole) {
    private static final int MOST_VOXELS = 1 << 21;
    private static final double LOW = 1;
    private static final double HIGH = 99.9;

    /** @param image of which two million voxels are looked at, at most, spread evenly */
    public static DisplayWindow of(ImageSource image, long channel, Execution execution) throws IOException {
        boolean whole = image.metadata().pixelType().isInteger();
        ValueSample values = ValueSample.of(image, channel, MOST_VOXELS, execution);
        if (values.isEmpty()) {
            return new DisplayWindow(0, 1, 0, 1, whole);
        }
        double min = values.minimum();
        double max = values.maximum();
        double start = values.percentile(LOW);
        double end = values.percentile(HIGH);
        if (start == end) { // nearly everywhere the same: what differs is to be seen
            start = min;
            end = max;
        }
        return new DisplayWindow(min, max, start, start == end ? start + 1 : end, whole);
    }

    void put(ObjectNode window) {
        put(window, "min", min);
        put(window, "max", max);
        put(window, "start", start);
        put(window, "end", end);
    }

    private void put(ObjectNode window, String name, double value) {
        if (whole && Math.abs(value) < 1L << 53) {
            window.put(name, Math.round(value));
        } else {
            window.put(name, value);
        }
    }
}
