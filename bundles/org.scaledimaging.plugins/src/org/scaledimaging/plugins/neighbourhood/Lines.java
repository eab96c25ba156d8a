package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;

/**
 * Neighbouring lines of values along one axis of an image, side by side: what stands at one place along the axis, in each
 * of the lines, is a row. Filters work on rows, so that their loops run over contiguous memory.
 */
final class Lines {
    /** How many lines are filtered side by side. */
    private static final int BUNDLE = 64;

    /** Replaces the values of some lines. */
    @FunctionalInterface
    interface Filter {
        void apply(Lines lines);
    }

    private final double[] values;
    private final int[] starts;
    private final int stride;
    private final int length;

    private Lines(double[] values, int[] starts, int stride, int length) {
        this.values = values;
        this.starts = starts;
        this.stride = stride;
        this.length = length;
    }

    /**
     * Filters an image along each of its axes, one after the other, in parallel.
     *
     * @param values row-major, at least as long as the interval
     * @param message for the progress
     * @throws java.util.concurrent.CancellationException when the progress says so
     */
    static void alongAllAxes(double[] values, Interval interval, Execution execution, String message, Filter filter)
            throws IOException {
        int axes = interval.axes();
        for (int axis = 0; axis < axes; axis++) {
            Execution part = execution.part((double) axis / axes, (axis + 1.0) / axes);
            along(values, interval, axis, part, message, filter);
        }
    }

    /** Filters an image along one axis, in parallel; see {@link #alongAllAxes}. */
    static void along(double[] values, Interval interval, int axis, Execution execution, String message, Filter filter)
            throws IOException {
        int length = Math.toIntExact(interval.length(axis));
        int stride = 1;
        for (int d = axis + 1; d < interval.axes(); d++) {
            stride *= (int) interval.length(d);
        }
        int step = stride;
        int lines = interval.voxels() / length;
        int bundles = (lines + BUNDLE - 1) / BUNDLE;
        OrderedTasks.run(IntStream.range(0, bundles).iterator(), bundles, execution, message, bundle -> {
            int first = bundle * BUNDLE;
            int[] starts = new int[Math.min(BUNDLE, lines - first)];
            for (int i = 0; i < starts.length; i++) {
                starts[i] = (first + i) / step * step * length + (first + i) % step;
            }
            filter.apply(new Lines(values, starts, step, length));
        });
    }

    /** How many lines there are. */
    int count() {
        return starts.length;
    }

    /** How many values each line has. */
    int length() {
        return length;
    }

    /** Copies the row at a place into an array. */
    void load(int place, double[] row) {
        for (int line = 0; line < starts.length; line++) {
            row[line] = values[starts[line] + place * stride];
        }
    }

    /** Sets the row at a place. */
    void store(int place, double[] row) {
        for (int line = 0; line < starts.length; line++) {
            values[starts[line] + place * stride] = row[line];
        }
    }
}
