package org.scaledimaging.plugins.n4;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.image.PixelConversion;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.image.TransposedSource;
import org.scaledimaging.engine.resample.DownsampledSource;
import org.scaledimaging.engine.scaled.LowResolutionImage;

/**
 * An image given as a parameter, brought onto the grid of a low-resolution image. It shows the same field of view, at any
 * resolution: a finer one is averaged over blocks first; then each low-resolution voxel takes the value where its centre
 * lies. One that has the low-resolution grid already is taken as it is.
 */
final class GridImage {
    private GridImage() {}

    /**
     * Where a mask has a voxel. An average counts where half of it or more is in the mask.
     *
     * @param parameter its name, for messages
     * @param value path or recipe
     * @throws ParameterException when its axes or field of view are not those of the image, or no voxel is in it
     */
    static boolean[] mask(String parameter, String value, LowResolutionImage image, Execution execution)
            throws IOException, ParameterException {
        float[] fractions = read(parameter, value, true, image, execution);
        boolean[] mask = new boolean[fractions.length];
        boolean any = false;
        for (int i = 0; i < mask.length; i++) {
            mask[i] = fractions[i] >= 0.5f;
            any |= mask[i];
        }
        if (!any) {
            throw new ParameterException(
                    "Parameter " + parameter,
                    "an image in which no voxel is different from 0 at low resolution",
                    "a mask with a voxel in it");
        }
        return mask;
    }

    /** A weight for each voxel; not checked. */
    static float[] weights(String parameter, String value, LowResolutionImage image, Execution execution)
            throws IOException, ParameterException {
        return read(parameter, value, false, image, execution);
    }

    private static float[] read(
            String parameter, String value, boolean mask, LowResolutionImage image, Execution execution)
            throws IOException, ParameterException {
        try (Image given = Image.ofParameter(value, execution)) {
            ImageSource source = given.source();
            int[] order = order(parameter, source.metadata(), image.metadata());
            checkFieldOfView(parameter, source.metadata(), image);
            long[] shape = source.metadata().shape();
            int leading = order.length - image.factors().length;
            int[] perVoxel = new int[order.length];
            java.util.Arrays.fill(perVoxel, 1);
            for (int d = 0; d < image.factors().length; d++) {
                long full = image.fullResolution().dimensions().get(d).length();
                double ratio = (double) shape[order[leading + d]] * image.factors()[d] / full;
                perVoxel[order[leading + d]] = (int) Math.max(1, Math.floor(ratio + 1e-9));
            }
            ImageSource coarse = DownsampledSource.of(mask ? new Inside(source) : source, perVoxel, PixelType.FLOAT32);
            Block block = readWhole(TransposedSource.of(coarse, order), leading, execution);
            return pick((float[]) block.voxels(), block.interval(), leading, shape, order, perVoxel, image);
        }
    }

    /** The order that puts the image's axes last, in its order; others have length 1. */
    private static int[] order(String parameter, ImageMetadata given, ImageMetadata image) throws ParameterException {
        List<Integer> order = new ArrayList<>();
        for (int d = 0; d < given.dimensions().size(); d++) {
            Dimension dimension = given.dimensions().get(d);
            if (image.indexOf(dimension.axis()) < 0) {
                if (dimension.length() != 1) {
                    throw mismatch(parameter, given, image);
                }
                order.add(d);
            }
        }
        for (Dimension dimension : image.dimensions()) {
            int axis = given.indexOf(dimension.axis());
            if (axis < 0) {
                throw mismatch(parameter, given, image);
            }
            order.add(axis);
        }
        return order.stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * Refuses an image of another field of view, as far as voxel sizes tell. They are not asked where the shape is that
     * of the image at full or low resolution: many programs write masks without voxel sizes.
     */
    private static void checkFieldOfView(String parameter, ImageMetadata given, LowResolutionImage image)
            throws ParameterException {
        if (sameShape(given, image.fullResolution()) || sameShape(given, image.metadata())) {
            return;
        }
        for (int d = 0; d < image.factors().length; d++) {
            Dimension full = image.fullResolution().dimensions().get(d);
            Dimension mine = given.dimensions().get(given.indexOf(full.axis()));
            double found = mine.length() * mine.voxelSize();
            double expected = full.length() * full.voxelSize();
            double rounding = 1.01 * Math.max(mine.voxelSize(), image.factors()[d] * full.voxelSize());
            if (!full.unit().isEmpty() && full.unit().equals(mine.unit()) && Math.abs(found - expected) > rounding) {
                String axis = " " + full.unit() + " along " + full.axis().symbol();
                throw new ParameterException(
                        "Parameter " + parameter,
                        String.format(Locale.ROOT, "an image of %.6g%s", found, axis),
                        String.format(Locale.ROOT, "one of the image's field of view, %.6g%s", expected, axis));
            }
        }
    }

    private static boolean sameShape(ImageMetadata given, ImageMetadata image) {
        return image.dimensions().stream()
                .allMatch(dimension ->
                        given.dimensions().get(given.indexOf(dimension.axis())).length() == dimension.length());
    }

    private static ParameterException mismatch(String parameter, ImageMetadata given, ImageMetadata image) {
        StringBuilder found = new StringBuilder();
        for (Dimension dimension : given.dimensions()) {
            found.append(found.isEmpty() ? "" : ", ").append(dimension.axis().symbol());
            found.append(' ').append(dimension.length());
        }
        return new ParameterException(
                "Parameter " + parameter,
                "an image with the axes " + found,
                "the axes of the image, " + String.join(", ", image.axes().split(""))
                        + ", and others of length 1 only");
    }

    private static Block readWhole(ImageSource source, int leading, Execution execution) throws IOException {
        Interval whole = source.metadata().interval();
        Block block = Block.allocate(PixelType.FLOAT32, whole);
        int thickness = source.chunkShape()[leading];
        int slabs = (int) ((whole.length(leading) + thickness - 1) / thickness);
        OrderedTasks.run(IntStream.range(0, slabs).iterator(), slabs, execution, "reading mask or weights", slab -> {
            long[] min = whole.mins();
            long[] max = whole.maxs();
            min[leading] = (long) slab * thickness;
            max[leading] = Math.min(max[leading], min[leading] + thickness);
            block.copyFrom(source.read(Interval.between(min, max)));
        });
        return block;
    }

    private static float[] pick(
            float[] values,
            Interval grid,
            int leading,
            long[] shape,
            int[] order,
            int[] perVoxel,
            LowResolutionImage image) {
        int[][] places = new int[image.factors().length][];
        for (int d = 0; d < places.length; d++) {
            int axis = order[leading + d];
            int length = Math.toIntExact(grid.length(leading + d));
            int wanted = Math.toIntExact(image.metadata().dimensions().get(d).length());
            double fullPerVoxel =
                    (double) image.fullResolution().dimensions().get(d).length() / shape[axis] * perVoxel[axis];
            places[d] = new int[wanted];
            for (int i = 0; i < wanted; i++) {
                places[d][i] = length == wanted
                        ? i
                        : (int) Math.min(length - 1, (i + 0.5) * image.factors()[d] / fullPerVoxel);
            }
        }
        float[] picked = new float[image.voxels().size()];
        int[] z = places.length == 3 ? places[0] : new int[1];
        int[] y = places[places.length - 2];
        int[] x = places[places.length - 1];
        int height = Math.toIntExact(grid.length(grid.axes() - 2));
        int width = Math.toIntExact(grid.length(grid.axes() - 1));
        int at = 0;
        for (int slice : z) {
            for (int row : y) {
                for (int place : x) {
                    picked[at++] = values[(slice * height + row) * width + place];
                }
            }
        }
        return picked;
    }

    /** 1 where an image is different from 0 and a number, else 0. */
    private record Inside(ImageSource image) implements ImageSource {

        @Override
        public ImageMetadata metadata() {
            return image.metadata().withPixelType(PixelType.FLOAT32).withLabels(false);
        }

        @Override
        public int[] chunkShape() {
            return image.chunkShape();
        }

        @Override
        public void read(Interval interval, Object voxels) throws IOException {
            Block block = image.read(interval);
            double[] values = new double[block.size()];
            PixelConversion.convert(block.pixelType(), block.voxels(), PixelType.FLOAT64, values, values.length);
            float[] inside = (float[]) voxels;
            for (int i = 0; i < values.length; i++) {
                inside[i] = values[i] != 0 && !Double.isNaN(values[i]) ? 1 : 0;
            }
        }
    }
}
