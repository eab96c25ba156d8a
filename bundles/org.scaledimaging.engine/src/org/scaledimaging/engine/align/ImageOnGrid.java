package org.scaledimaging.engine.align;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * An image, such as a field, evaluated at the centres of another image's voxels: through the world where both are oriented,
 * else by index. Values depend on their places alone, not on what is read with them. Beyond its borders it has the values
 * there. Thread-safe.
 */
public final class ImageOnGrid implements Closeable {
    private static final int SAMPLES = 24;

    private final String name;
    private final ImageSource given;
    private final VoxelMap map;
    private final Interpolation interpolation;
    private final GridEvaluation evaluation;
    private final int[] spatial;
    private final boolean fades;

    /** @param spatial which of the image's spatial axes the image given has */
    private ImageOnGrid(
            String name,
            ImageSource given,
            ImageMetadata image,
            Interpolation interpolation,
            VoxelMap map,
            int[] spatial,
            boolean fades) {
        long[] full = of(last(image.shape(), SpatialAxes.count(image)), spatial);
        this.name = name;
        this.map = map;
        this.interpolation = interpolation;
        this.evaluation = new GridEvaluation(
                name,
                given,
                image,
                interpolation,
                map,
                ParallelAxis.of(map, full, last(given.metadata().shape(), spatial.length)),
                fades);
        this.given = given;
        this.spatial = spatial;
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
        String rest = fades ? "is taken to be outside of it" : "takes the values at its border";
        match.tell(setting, name, covered, rest, execution);
        return new ImageOnGrid(name, arranged, image, interpolation, match.map(), spatial, fades && !match.clamp());
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
        return new ImageOnGrid(name, given, level, interpolation, new VoxelMap(linear, offset), spatial, fades);
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
        double[] values = evaluation.values(volume, here);
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
