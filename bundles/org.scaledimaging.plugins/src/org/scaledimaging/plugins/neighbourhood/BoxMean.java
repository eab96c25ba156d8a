package org.scaledimaging.plugins.neighbourhood;

import java.io.IOException;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;

/**
 * Means over boxes around each voxel, {@code 2 · radius + 1} voxels long on every axis and cut off at the border;
 * missing values do not count. Running sums in float64 make a few operations a value, whatever the radius.
 */
public final class BoxMean {
    private static final String MESSAGE = "averaging";

    private final Interval interval;
    private final int radius;

    /** How many values there are in each box; null where none is missing. */
    private final double[] counts;

    private BoxMean(Interval interval, int radius, double[] counts) {
        this.interval = interval;
        this.radius = radius;
        this.counts = counts;
    }

    /**
     * @param interval what the values cover, row-major
     * @param radius in voxels, at least 0
     * @param present 1 where there is a value and 0 where it is missing, taken over; null where none is missing
     */
    public static BoxMean over(Interval interval, int radius, double[] present, Execution execution)
            throws IOException {
        if (present != null) {
            Lines.alongAllAxes(present, interval, execution, MESSAGE, lines -> sum(lines, radius, false));
        }
        return new BoxMean(interval, radius, present);
    }

    /** Whether all values in the box around a voxel are missing. */
    public boolean isEmpty(int voxel) {
        return counts != null && counts[voxel] == 0;
    }

    /**
     * Replaces each value by the mean around it.
     *
     * @param values finite; 0 where missing. NaN afterwards where the box is empty
     */
    public void apply(double[] values, Execution execution) throws IOException {
        Lines.alongAllAxes(values, interval, execution, MESSAGE, lines -> sum(lines, radius, counts == null));
        for (int i = 0; counts != null && i < values.length; i++) {
            values[i] = counts[i] == 0 ? Double.NaN : values[i] / counts[i];
        }
    }

    private static void sum(Lines lines, int radius, boolean mean) {
        int length = lines.length();
        int count = lines.count();
        int reach = Math.min(radius, length - 1);
        double[][] rows = new double[length][count];
        for (int i = 0; i < length; i++) {
            lines.load(i, rows[i]);
        }
        double[] sums = new double[count];
        for (int i = 0; i < reach; i++) {
            add(sums, rows[i]);
        }
        double[] result = new double[count];
        for (int i = 0; i < length; i++) {
            if (i + reach < length) {
                add(sums, rows[i + reach]);
            }
            if (i - reach > 0) {
                subtract(sums, rows[i - reach - 1]);
            }
            double size = mean ? Math.min(length - 1, i + reach) - Math.max(0, i - reach) + 1 : 1;
            for (int line = 0; line < count; line++) {
                result[line] = sums[line] / size;
            }
            lines.store(i, result);
        }
    }

    private static void add(double[] sums, double[] row) {
        for (int line = 0; line < sums.length; line++) {
            sums[line] += row[line];
        }
    }

    private static void subtract(double[] sums, double[] row) {
        for (int line = 0; line < sums.length; line++) {
            sums[line] -= row[line];
        }
    }
}
