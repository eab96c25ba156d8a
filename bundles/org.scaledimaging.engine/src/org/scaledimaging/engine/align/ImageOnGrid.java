package org.scaledimaging.engine.align;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * An image, such as a field, evaluated at the centres of another image's voxels: through the world where both are oriented,
 * else by index. Values depend on their places alone, not on what is read with them. Beyond its borders it has the values
 * there. Thread-safe.
 */
public final class ImageOnGrid implements Closeable {
    private static final double ALL = 0.95;
    private static final double MUCH = 0.5;
    private static final int SAMPLES = 24;

    private final String name;
    private final ImageSource given;
    private final ImageMetadata image;
    private final Interpolation interpolation;
    private final VoxelMap map;
    private final ParallelAxis[] axes;
    private final int[] spatial;
    private final double covered;
    private final boolean fades;

    /** @param spatial which of the image's spatial axes the image given has */
    private ImageOnGrid(
            String name,
            ImageSource given,
            ImageMetadata image,
            Interpolation interpolation,
            VoxelMap map,
            int[] spatial,
            double covered,
            boolean fades) {
        long[] full = of(last(image.shape(), SpatialAxes.count(image)), spatial);
        this.name = name;
        this.image = image;
        this.interpolation = interpolation;
        this.map = map;
        this.axes = ParallelAxis.of(map, full, last(given.metadata().shape(), spatial.length));
        this.given = given;
        this.spatial = spatial;
        this.covered = covered;
        this.fades = fades;
    }

    private static long[] last(long[] shape, int axes) {
        return Arrays.copyOfRange(shape, shape.length - axes, shape.length);
    }

    private static long[] of(long[] perAxis, int[] chosen) {
        return Arrays.stream(chosen).mapToLong(d -> perAxis[d]).toArray();
    }

    /**
     * @param setting what names the image, for messages
     * @param name of the image given, for messages: a path
     * @param given with the spatial axes of the image, in any order, or a plane for all z; channels and time points as many
     *     as the image has, or one
     * @param image whose spatial axes come last
     * @param execution is told what the user has to know
     * @throws ParameterException when the image given has other axes, another size or unit, or lies elsewhere
     */
    public static ImageOnGrid of(
            String setting,
            String name,
            ImageSource given,
            ImageMetadata image,
            Interpolation interpolation,
            Execution execution)
            throws ParameterException {
        return of(setting, name, given, image, interpolation, false, execution);
    }

    /** As {@link #of}, linearly, of an image that is 0 beyond its borders, such as a mask. */
    public static ImageOnGrid ofMask(
            String setting, String name, ImageSource given, ImageMetadata image, Execution execution)
            throws ParameterException {
        return of(setting, name, given, image, Interpolation.LINEAR, true, execution);
    }

    private static ImageOnGrid of(
            String setting,
            String name,
            ImageSource given,
            ImageMetadata image,
            Interpolation interpolation,
            boolean fades,
            Execution execution)
            throws ParameterException {
        AxisOrder order = order(setting, name, given.metadata(), image);
        ImageSource arranged = TransposedSource.of(given, order);
        ImageMetadata all = Volumes.volumeMetadata(image);
        int[] spatial = IntStream.range(0, all.dimensions().size())
                .filter(d -> given.metadata().indexOf(all.dimensions().get(d).axis()) >= 0)
                .toArray();
        boolean plane = spatial.length < all.dimensions().size();
        ImageMetadata volume = plane
                ? all.withFrame(Optional.empty())
                        .withDimensions(Arrays.stream(spatial)
                                .mapToObj(all.dimensions()::get)
                                .toList())
                : all;
        GridMatch match = GridMatch.of(setting, name, Volumes.volumeMetadata(arranged.metadata()), volume);
        double covered = match.clamp() ? 1 : covered(match.map(), volume.shape(), arranged.metadata());
        if (covered == 0) {
            throw GridMatch.elsewhere(setting, match.image(), match.given());
        }
        match.notices().forEach(execution::tell);
        if (covered < ALL) {
            String sentence = String.format(
                    Locale.ROOT,
                    "%s: %s, at %s, covers %.3g %% of %s, at %s; the rest %s.",
                    setting,
                    name,
                    match.given().where(),
                    100 * covered,
                    match.image().name(),
                    match.image().where(),
                    fades ? "is taken to be outside of it" : "takes the values at its border");
            execution.tell(covered < MUCH ? Notice.warning(sentence) : Notice.information(sentence));
        }
        return new ImageOnGrid(
                name, arranged, image, interpolation, match.map(), spatial, covered, fades && !match.clamp());
    }

    /** What part of the image lies within the image given, by some thousand places. */
    private static double covered(VoxelMap map, long[] shape, ImageMetadata given) {
        long[] lengths = last(given.shape(), shape.length);
        long within = 0;
        long all = 0;
        long[] samples = new long[shape.length];
        Arrays.setAll(samples, d -> Math.min(shape[d], SAMPLES));
        for (long[] sample : Interval.ofShape(samples).positions()) {
            double[] position = new double[shape.length];
            Arrays.setAll(position, d -> (sample[d] + 0.5) * shape[d] / samples[d] - 0.5);
            boolean inside = true;
            for (int d = 0; d < shape.length; d++) {
                double at = map.apply(d, position);
                inside &= at >= -0.51 && at <= lengths[d] - 0.49;
            }
            within += inside ? 1 : 0;
            all++;
        }
        return (double) within / all;
    }

    private static AxisOrder order(String setting, String name, ImageMetadata given, ImageMetadata image)
            throws ParameterException {
        boolean fits = true;
        for (Dimension dimension : given.dimensions()) {
            int d = image.indexOf(dimension.axis());
            boolean same = d >= 0 && image.dimensions().get(d).length() == dimension.length();
            fits &= d >= 0 && (dimension.axis().isSpatial() || same) || dimension.length() == 1;
        }
        for (Dimension dimension : image.dimensions()) {
            fits &= !dimension.axis().isSpatial() || dimension.axis() == Axis.Z || given.indexOf(dimension.axis()) >= 0;
        }
        if (!fits) {
            throw new ParameterException(
                    setting,
                    name + " with the axes " + lengths(given.dimensions()),
                    "the spatial axes of the image, which has " + lengths(image.dimensions())
                            + ", and as many channels and time points, or one");
        }
        return AxisOrder.sorting(
                given.dimensions(), Comparator.comparing(dimension -> image.indexOf(dimension.axis())));
    }

    private static String lengths(List<Dimension> dimensions) {
        StringBuilder text = new StringBuilder();
        for (Dimension dimension : dimensions) {
            text.append(text.isEmpty() ? "" : ", ").append(dimension.axis().symbol());
            text.append(' ').append(dimension.length());
        }
        return text.toString();
    }

    /**
     * The same on the grid of a coarser level of the image, whose voxels are blocks of the image's.
     *
     * @param factors how many voxels of the image one is, per spatial axis
     */
    public ImageOnGrid on(ImageMetadata level, int[] factors) {
        int n = spatial.length;
        double[][] linear = new double[n][n];
        double[] offset = map.offset().clone();
        for (int r = 0; r < n; r++) {
            for (int c = 0; c < n; c++) {
                int factor = factors[spatial[c]];
                linear[r][c] = map.linear()[r][c] * factor;
                offset[r] += map.linear()[r][c] * (factor - 1) / 2;
            }
        }
        return new ImageOnGrid(
                name, given, level, interpolation, new VoxelMap(linear, offset), spatial, covered, fades);
    }

    /** What part of the image lies within the image given, above 0 to 1. */
    public double covered() {
        return covered;
    }

    /**
     * Evaluates it in a part of a volume.
     *
     * @param volume index along the image's axes that are not spatial
     * @param region of the spatial axes
     * @return a value per voxel, row-major; NaN where one that it is made of is
     * @throws IOException when it cannot be read, or has a value that has no logarithm where one is needed
     */
    public double[] values(long[] volume, Interval region) throws IOException {
        Interval here = Interval.between(of(region.mins(), spatial), of(region.maxs(), spatial));
        double[] values = axes == null ? oblique(volume, here) : parallel(volume, here);
        if (values.length == region.voxels()) {
            return values;
        }
        double[] all = new double[region.voxels()]; // a plane for all z
        int i = 0;
        for (long[] position : region.positions()) {
            all[i++] = values[(int) here.number(of(position, spatial))];
        }
        return all;
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

    /** Looks whether its files are still what they were. */
    public void checkUnchanged() throws IOException {
        given.checkUnchanged();
    }

    /** Releases its files, also for those on coarser levels. */
    @Override
    public void close() throws IOException {
        given.close();
    }
}
