package org.scaledimaging.engine.align;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Evaluates an image between its voxels, at the centres of another's: axis by axis where the axes of both are parallel.
 *
 * @param name of the image given, for messages
 * @param given its spatial axes come last
 * @param image whose places they are; its spatial axes come last
 * @param map from voxels of the image to voxels of the image given
 * @param axes of the image, along those of the image given; null where they are not parallel
 * @param fades whether the image given is 0 beyond its borders; else it goes on as there
 */
record GridEvaluation(
        String name,
        ImageSource given,
        ImageMetadata image,
        Interpolation interpolation,
        VoxelMap map,
        ParallelAxis[] axes,
        boolean fades) {

    /**
     * The values in a part of a volume, row-major.
     *
     * @param volume index along the image's axes that are not spatial
     * @param region of those spatial axes that the image given has
     */
    double[] values(long[] volume, Interval region) throws IOException {
        return axes == null ? oblique(volume, region) : parallel(volume, region);
    }

    /** One axis after the other; the first is the fastest in memory, which makes the longest rows for the others. */
    private double[] parallel(long[] volume, Interval region) throws IOException {
        int n = axes.length;
        Taps[] taps = new Taps[n]; // by axes of the image given
        int[] source = new int[n]; // axis of the region, by axes of the image given
        for (int d = 0; d < n; d++) {
            int p = axes[d].axis();
            taps[p] = Taps.of(interpolation, axes[d], region.min(d), (int) region.length(d), length(p), fades);
            source[p] = d;
        }
        Part part = read(volume, taps);
        double[] values = part.values();
        int[] shape = part.shape();
        for (int p = n - 1; p >= 0; p--) {
            int count = (int) region.length(source[p]);
            values = along(values, shape, p, part.begin()[p], taps[p], count);
            shape[p] = count;
        }
        if (interpolation == Interpolation.LOGARITHMIC) {
            for (int i = 0; i < values.length; i++) {
                values[i] = StrictMath.exp(values[i]);
            }
        }
        return transposed(values, shape, source);
    }

    private static double[] along(double[] values, int[] shape, int axis, int begin, Taps taps, int count) {
        int outer = 1;
        int inner = 1;
        for (int d = 0; d < shape.length; d++) {
            outer *= d < axis ? shape[d] : 1;
            inner *= d > axis ? shape[d] : 1;
        }
        int length = shape[axis];
        double[] result = new double[Math.multiplyExact(Math.multiplyExact(outer, count), inner)];
        for (int o = 0; o < outer; o++) {
            for (int i = 0; i < count; i++) {
                int to = (o * count + i) * inner;
                for (int t = i * taps.taps(); t < (i + 1) * taps.taps(); t++) {
                    double weight = taps.weight()[t];
                    if (weight != 0) { // NaN beside a place that is not between voxels is none of its business
                        int from = (o * length + taps.index()[t] - begin) * inner;
                        for (int k = 0; k < inner; k++) {
                            result[to + k] += weight * values[from + k];
                        }
                    }
                }
            }
        }
        return result;
    }

    /** From the order of the image given to that of the region. */
    private static double[] transposed(double[] values, int[] shape, int[] source) {
        int n = shape.length;
        boolean same = true;
        for (int p = 0; p < n; p++) {
            same &= source[p] == p;
        }
        if (same) {
            return values;
        }
        long[] lengths = new long[n];
        for (int p = 0; p < n; p++) {
            lengths[source[p]] = shape[p];
        }
        double[] result = new double[values.length];
        int to = 0;
        for (long[] position : Interval.ofShape(lengths).positions()) {
            int from = 0;
            for (int p = 0; p < n; p++) {
                from = from * shape[p] + (int) position[source[p]];
            }
            result[to++] = values[from];
        }
        return result;
    }

    private double[] oblique(long[] volume, Interval region) throws IOException {
        int n = map.offset().length;
        int count = region.voxels();
        int each = interpolation.taps();
        Taps[] taps = new Taps[n];
        for (int p = 0; p < n; p++) {
            taps[p] = new Taps(each, new int[each * count], new double[each * count]);
        }
        double[] weights = new double[each];
        double[] place = new double[n];
        int i = 0;
        for (long[] position : region.positions()) {
            Arrays.setAll(place, d -> position[d]);
            for (int p = 0; p < n; p++) {
                taps[p].set(interpolation, i, map.apply(p, place), length(p), false, fades, weights);
            }
            i++;
        }
        Part part = read(volume, taps);
        double[] result = new double[count];
        for (i = 0; i < count; i++) {
            double value = sum(part, taps, i, 0, 0);
            result[i] = interpolation == Interpolation.LOGARITHMIC ? StrictMath.exp(value) : value;
        }
        return result;
    }

    private static double sum(Part part, Taps[] taps, int place, int axis, int at) {
        if (axis == taps.length) {
            return part.values()[at];
        }
        double sum = 0;
        Taps own = taps[axis];
        for (int t = place * own.taps(); t < (place + 1) * own.taps(); t++) {
            if (own.weight()[t] != 0) {
                int next = at * part.shape()[axis] + own.index()[t] - part.begin()[axis];
                sum += own.weight()[t] * sum(part, taps, place, axis + 1, next);
            }
        }
        return sum;
    }

    /** Voxels, their logarithms or coefficients of a spline: a box of the image given, row-major. */
    private record Part(double[] values, int[] shape, int[] begin) {}

    private int length(int axis) {
        long[] shape = given.metadata().shape();
        return Math.toIntExact(shape[shape.length - map.offset().length + axis]);
    }

    private Part read(long[] volume, Taps[] taps) throws IOException {
        int n = taps.length;
        boolean spline = interpolation == Interpolation.CUBIC;
        int[] begin = new int[n];
        int[] shape = new int[n];
        long[] shapeOfGiven = given.metadata().shape();
        int leading = shapeOfGiven.length - n;
        long[] min = new long[leading + n];
        long[] max = new long[min.length];
        for (int d = 0; d < leading; d++) {
            int axis = image.indexOf(given.metadata().dimensions().get(d).axis());
            min[d] = shapeOfGiven[d] == 1 || axis < 0 ? 0 : volume[axis];
            max[d] = min[d] + 1;
        }
        for (int p = 0; p < n; p++) {
            begin[p] = taps[p].least();
            shape[p] = taps[p].most() + 1 - begin[p];
            min[leading + p] = Math.max(0, begin[p] - (spline ? Spline.REACH : 0));
            max[leading + p] = Math.min(length(p), begin[p] + shape[p] + (spline ? Spline.REACH : 0));
        }
        Interval box = Interval.between(min, max);
        double[] values = (double[]) given.read(box).convert(PixelType.FLOAT64).voxels();
        if (spline) {
            values = coefficients(values, box, leading, begin, shape);
        } else if (interpolation == Interpolation.LOGARITHMIC) {
            for (int i = 0; i < values.length; i++) {
                values[i] = logarithm(values[i]);
            }
        }
        return new Part(values, shape, begin);
    }

    private double[] coefficients(double[] voxels, Interval box, int leading, int[] begin, int[] shape) {
        double[] values = voxels;
        for (int p = 0; p < shape.length; p++) {
            int outer = 1;
            int inner = 1;
            for (int d = 0; d < shape.length; d++) {
                outer *= d < p ? shape[d] : 1;
                inner *= d > p ? (int) box.length(leading + d) : 1;
            }
            int there = (int) box.length(leading + p);
            int from = (int) box.min(leading + p);
            values = Spline.along(values, outer, there, inner, from, begin[p], shape[p], length(p));
        }
        return values;
    }

    private double logarithm(double value) throws ImageFormatException {
        if (value <= 0) {
            throw new ImageFormatException(
                    name, "a value of " + value, "values above 0, which interpolation of logarithms needs");
        }
        return StrictMath.log(value);
    }
}
