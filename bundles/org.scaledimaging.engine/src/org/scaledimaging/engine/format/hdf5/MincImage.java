package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Dataset;
import org.scaledimaging.engine.format.hdf5.file.Hdf5File;
import org.scaledimaging.engine.format.hdf5.file.Hdf5Node;
import org.scaledimaging.engine.image.Affine;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.WorldFrame;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The image of a MINC 2 file at full resolution. Integers stand for real values between those that {@code image-min} and
 * {@code image-max} say, for the whole or for each slice, as MINC's and nibabel's readers have it. Its world is to the right,
 * anterior, superior, in millimetres.
 */
final class MincImage {
    private static final String ROOT = "minc-2.0";
    private static final int MOST_SLICES = 1 << 20;
    private static final Map<String, Axis> AXES =
            Map.of("time", Axis.T, "vector_dimension", Axis.C, "zspace", Axis.Z, "yspace", Axis.Y, "xspace", Axis.X);

    private final Hdf5Node root;
    private final Hdf5Node image;
    private final List<String> names;

    private MincImage(Hdf5Node root, Hdf5Node image) throws IOException {
        this.root = root;
        this.image = image;
        this.names = List.of(image.text("dimorder").orElse("").strip().split(","));
    }

    /** Whether a file is MINC 2. */
    static boolean is(Hdf5File file) throws IOException {
        return file.root().at(ROOT + "/image/0/image").isPresent();
    }

    static ImageSource open(Hdf5File file, String name) throws IOException {
        Hdf5Node root = file.root().at(ROOT).orElseThrow();
        return new MincImage(root, root.at("image/0/image").orElseThrow()).open(name);
    }

    private ImageSource open(String name) throws IOException {
        Hdf5Dataset dataset = Hdf5Dataset.open(image);
        List<Axis> axes = new ArrayList<>();
        for (String dimension : names) {
            Optional.ofNullable(AXES.get(dimension))
                    .filter(axis -> !axes.contains(axis))
                    .ifPresent(axes::add);
        }
        boolean usual = axes.size() == names.size()
                && axes.size() == dataset.shape().length
                && axes.contains(Axis.Y)
                && axes.contains(Axis.X);
        if (!usual) {
            throw new ImageFormatException(
                    image.location(),
                    "the dimensions " + names,
                    "a length for each of xspace, yspace and, where there are such, zspace, time, vector_dimension");
        }
        Affine affine = affine();
        List<Dimension> dimensions = new ArrayList<>();
        for (int d = 0; d < axes.size(); d++) {
            Axis axis = axes.get(d);
            long length = dataset.shape()[d];
            double step = axis == Axis.T ? number(names.get(d), "step", 1) : 0;
            double start = axis == Axis.T ? number(names.get(d), "start", 0) : 0;
            dimensions.add(
                    axis.isSpatial()
                            ? Dimension.of(axis, length, affine, "millimeter")
                            : step > 0
                                    ? new Dimension(axis, length, step, unit(names.get(d)), start)
                                    : Dimension.of(axis, length));
        }
        PixelType stored = dataset.pixelType();
        Optional<SliceScaling> scaling = scaling(stored, dataset.shape());
        ImageMetadata metadata = ImageMetadata.of(name, stored, dimensions.toArray(Dimension[]::new))
                .withFrame(Optional.of(WorldFrame.of(affine)));
        ImageSource source = new DatasetSource(dataset, metadata, new ChunkCache(), true);
        return scaling.isPresent() ? new ScaledSlices(source, scaling.get()) : source;
    }

    private double number(String dimension, String attribute, double otherwise) throws IOException {
        Optional<Hdf5Node> node = root.at("dimensions/" + dimension);
        double[] numbers = node.isPresent() ? node.get().numbers(attribute) : new double[0];
        return numbers.length == 1 && Double.isFinite(numbers[0]) ? numbers[0] : otherwise;
    }

    private String unit(String dimension) throws IOException {
        Optional<Hdf5Node> node = root.at("dimensions/" + dimension);
        return node.isPresent() ? PhysicalUnit.named(node.get().text("units").orElse("")) : "";
    }

    /** From voxels (x, y, z) to the world, by start, step and direction of each axis; those that are not said are 0, 1, and its own. */
    private Affine affine() throws IOException {
        double[] matrix = new double[12];
        List<String> spatial = List.of("xspace", "yspace", "zspace");
        for (int column = 0; column < 3; column++) {
            String dimension = spatial.get(column);
            Optional<Hdf5Node> node = root.at("dimensions/" + dimension);
            if (node.isPresent() && node.get().text("spacing").orElse("").startsWith("irregular")) {
                throw new ImageFormatException(node.get().location(), "slices at irregular distances", "regular ones");
            }
            double[] cosines = node.isPresent() ? node.get().numbers("direction_cosines") : new double[0];
            if (cosines.length != 3) {
                cosines = new double[3];
                cosines[column] = 1;
            }
            double step = number(dimension, "step", 1);
            double start = number(dimension, "start", 0);
            for (int row = 0; row < 3; row++) {
                matrix[4 * row + column] = cosines[row] * (step == 0 ? 1 : step);
                matrix[4 * row + 3] += cosines[row] * start;
            }
        }
        return Affine.of(matrix);
    }

    /** What integers stand for; nothing for floating point and for integers that stand for themselves. */
    private Optional<SliceScaling> scaling(PixelType type, long[] shape) throws IOException {
        if (!type.isInteger()) {
            return Optional.empty();
        }
        double[] valid = image.numbers("valid_range");
        if (valid.length != 2) {
            double values = Math.pow(2, 8 * type.bytes());
            valid = type.isSigned() ? new double[] {-values / 2, values / 2 - 1} : new double[] {0, values - 1};
        }
        Arrays.sort(valid);
        Optional<Hdf5Node> low = root.at("image/0/image-min");
        Optional<Hdf5Node> high = root.at("image/0/image-max");
        if (low.isEmpty() || high.isEmpty()) {
            return Optional.empty();
        }
        double[] lows = Hdf5Dataset.numbers(low.get(), MOST_SLICES);
        double[] highs = Hdf5Dataset.numbers(high.get(), MOST_SLICES);
        int leading = 0;
        long slices = 1;
        while (slices < lows.length && leading < shape.length - 1) {
            slices *= shape[leading++];
        }
        if (lows.length != highs.length || slices != lows.length || !(valid[1] > valid[0])) {
            throw new ImageFormatException(
                    image.location(),
                    lows.length + " and " + highs.length + " least and greatest values of slices",
                    "one of each, or one for each slice");
        }
        double[] slopes = new double[lows.length];
        boolean same = true;
        for (int i = 0; i < slopes.length; i++) {
            slopes[i] = (highs[i] - lows[i]) / (valid[1] - valid[0]);
            same &= slopes[i] == 1 && lows[i] == valid[0];
        }
        return same ? Optional.empty() : Optional.of(new SliceScaling(leading, slopes, lows, valid[0], valid[1]));
    }

    /**
     * Real values of integers: {@code (clamped − least) · slope + low}.
     *
     * @param axes how many leading axes number the slices, row-major
     * @param lows the real value of the least integer, for each slice
     * @param least integer that is meant; those beyond it count as it
     * @param greatest likewise
     */
    record SliceScaling(int axes, double[] slopes, double[] lows, double least, double greatest) {}
}
