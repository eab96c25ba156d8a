package org.scaledimaging.plugins.guided;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.plugins.neighbourhood.BoxMean;

/** The coefficients a and b of the guided filter, with the image as its own guide (He and Sun 2015, algorithm 2). */
final class Coefficients {
    private Coefficients() {}

    /**
     * @param image float32 or float64; what is not finite is missing. Left as it is
     * @param radius of the boxes, in voxels
     * @param eps in squares of the range of the image's finite values
     * @return a and b, of the image's type. Without any finite value 1 and 0; in an image that is the same everywhere 0
     *     and that value
     */
    static Block[] of(Block image, int radius, double eps, Execution execution) throws IOException {
        int size = image.size();
        Interval interval = image.interval();
        double[] a = new double[size]; // first the values, then their means
        PixelConversion.convert(image.pixelType(), image.voxels(), PixelType.FLOAT64, a, size);
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (double value : a) {
            if (Double.isFinite(value)) {
                low = Math.min(low, value);
                high = Math.max(high, value);
            }
        }
        if (low > high) {
            return blocks(image, filled(size, 1), new double[size]);
        }
        if (low == high) {
            return blocks(image, new double[size], filled(size, low));
        }

        // Scaled to 0..1: the variance, a difference of large numbers, then loses nothing to an offset.
        double range = high - low;
        double[] b = new double[size]; // first the squares, then their means
        double[] present = null;
        for (int i = 0; i < size; i++) {
            if (Double.isFinite(a[i])) {
                a[i] = (a[i] - low) / range;
                b[i] = a[i] * a[i];
            } else {
                present = present == null ? filled(size, 1) : present;
                present[i] = 0;
                a[i] = 0;
            }
        }
        BoxMean means = BoxMean.over(interval, radius, present, part(execution, 0));
        means.apply(a, part(execution, 1));
        means.apply(b, part(execution, 2));
        present = null;
        for (int i = 0; i < size; i++) {
            if (means.isEmpty(i)) {
                present = present == null ? filled(size, 1) : present;
                present[i] = 0;
                a[i] = 0;
                b[i] = 0;
                continue;
            }
            double mean = a[i];
            double variance = Math.max(0, b[i] - mean * mean);
            a[i] = variance / (variance + eps);
            b[i] = mean * (1 - a[i]);
        }

        means = BoxMean.over(interval, radius, present, part(execution, 3));
        means.apply(a, part(execution, 4));
        means.apply(b, part(execution, 5));
        for (int i = 0; i < size; i++) {
            boolean empty = means.isEmpty(i);
            b[i] = empty ? 0 : range * b[i] + low * (1 - a[i]);
            a[i] = empty ? 1 : a[i];
        }
        return blocks(image, a, b);
    }

    /** One of the six passes. */
    private static Execution part(Execution execution, int pass) {
        execution.progress().checkCancelled();
        return execution.part(pass / 6.0, (pass + 1) / 6.0);
    }

    private static double[] filled(int size, double value) {
        double[] values = new double[size];
        Arrays.fill(values, value);
        return values;
    }

    private static Block[] blocks(Block image, double[] a, double[] b) {
        return new Block[] {
            new Block(PixelType.FLOAT64, image.interval(), a).convert(image.pixelType()),
            new Block(PixelType.FLOAT64, image.interval(), b).convert(image.pixelType())
        };
    }
}
