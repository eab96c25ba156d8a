package org.scaledimaging.engine.operation.geometry;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.OperationKind;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.view.CroppedSource;

/**
 * Takes a box of voxels.
 *
 * @param min first voxel, per spatial axis in the image's order
 * @param max one past the last voxel, likewise
 */
public record Crop(List<Long> min, List<Long> max) implements OfPlaces {
    /** What it is called and what can be set. */
    public static final OperationKind KIND = OperationKind.of(
                    Crop.class,
                    "crop",
                    "Takes a box of voxels.",
                    List.of(
                            Parameter.integers(
                                            "from",
                                            List.of(),
                                            Long.MIN_VALUE,
                                            Long.MAX_VALUE,
                                            "",
                                            "The first voxel along each spatial axis, counted from 0; in the order"
                                                    + " z,y,x, as in 0,64,64 or 0x64x64.")
                                    .forEachAxis()
                                    .required(),
                            Parameter.integers(
                                            "to",
                                            List.of(),
                                            Long.MIN_VALUE,
                                            Long.MAX_VALUE,
                                            "",
                                            "The voxel before which the box ends along each spatial axis: the first"
                                                    + " that is not part of it; in the order z,y,x.")
                                    .forEachAxis()
                                    .required()),
                    values -> new Crop(values.integers("from"), values.integers("to")))
            .storedAs("from", "min", "to", "max");

    /** Coordinates this near to a voxel's centre, in voxels, are taken for it. */
    private static final double ROUNDING = 1e-6;

    public Crop {
        min = List.copyOf(min);
        max = List.copyOf(max);
    }

    @Override
    public Map<String, Object> values() {
        return Map.of("from", min, "to", max);
    }

    @Override
    public ImageSource on(ImageSource image, Run run) throws ParameterException {
        return CroppedSource.of(image, min, max);
    }

    /**
     * The voxels whose centres lie from {@code min} up to but not at {@code max}, as far as an image goes.
     *
     * @param min coordinates along the image's own axes, per spatial axis in the image's order
     * @param max likewise
     * @throws ParameterException when there are none
     */
    public static Crop physical(ImageMetadata image, List<Double> min, List<Double> max) throws ParameterException {
        List<Double> from = SpatialAxes.each(Setting.CROP_FROM, min, image, 0.0);
        List<Double> to = SpatialAxes.each(Setting.CROP_TO, max, image, 0.0);
        List<Long> first = new ArrayList<>();
        List<Long> end = new ArrayList<>();
        for (int d = 0; d < from.size(); d++) {
            Dimension dimension = image.dimensions().get(d);
            if (dimension.axis().isSpatial()) {
                long low = Math.max(0, voxelFrom(dimension, from.get(d)));
                long high = Math.min(dimension.length(), voxelFrom(dimension, to.get(d)));
                if (low >= high) {
                    throw new ParameterException(
                            Setting.CROP_FROM + " and " + Setting.CROP_TO + " along "
                                    + dimension.axis().symbol(),
                            from.get(d) + " to " + to.get(d),
                            "a range that holds the centre of a voxel; these lie from " + dimension.origin()
                                    + " to "
                                    + (dimension.origin() + (dimension.length() - 1) * dimension.voxelSize()));
                }
                first.add(low);
                end.add(high);
            }
        }
        return new Crop(first, end);
    }

    /** The first voxel whose centre is at a coordinate or beyond, give or take the rounding of coordinates. */
    private static long voxelFrom(Dimension dimension, double coordinate) {
        double voxel = (coordinate - dimension.origin()) / dimension.voxelSize();
        return (long) Math.ceil(voxel - ROUNDING);
    }
}
