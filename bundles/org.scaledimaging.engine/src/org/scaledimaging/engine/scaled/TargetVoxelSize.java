package org.scaledimaging.engine.scaled;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PhysicalUnit;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/**
 * The wanted size of a low-resolution image's voxels.
 *
 * @param millimeters one size for all spatial axes, or one for each in the image's order
 */
record TargetVoxelSize(List<Double> millimeters) {
    private static final Pattern SIZE = Pattern.compile("([0-9.]+(?:[eE][-+]?[0-9]+)?)\\s*(\\p{L}*)");

    /** A whole factor and a half is that, though voxel sizes are rounded in headers. */
    private static final double ROUNDING = 1e-6;

    static final String ACCEPTED =
            "a voxel size with its unit, as in 4mm, or one for each axis in the order z,y,x, as in 4mm,2mm,2mm";

    /** @throws ParameterException when the text is none, or has no unit */
    static TargetVoxelSize parse(String text) throws ParameterException {
        try {
            List<Matcher> sizes = NumberList.parse(text, part -> {
                Matcher matcher = SIZE.matcher(part);
                if (!matcher.matches()) {
                    throw new NumberFormatException(part);
                }
                return matcher;
            });
            String last = sizes.get(sizes.size() - 1).group(2);
            List<Double> millimeters = new ArrayList<>();
            for (Matcher size : sizes) {
                String unit = size.group(2).isEmpty() ? last : size.group(2);
                OptionalDouble scale = PhysicalUnit.inMillimeters(PhysicalUnit.named(unit));
                double value = Double.parseDouble(size.group(1)) * scale.orElse(Double.NaN);
                if (!(value > 0) || Double.isInfinite(value)) {
                    throw new NumberFormatException(text);
                }
                millimeters.add(value);
            }
            return new TargetVoxelSize(millimeters);
        } catch (NumberFormatException e) {
            throw new ParameterException(Setting.DOWNSAMPLE_TO, Given.shown(text), ACCEPTED);
        }
    }

    /**
     * For each spatial axis the whole factor, at least 1 and at most the axis' length, whose voxels are nearest to the
     * size; of two that are as near, the smaller.
     *
     * @throws ParameterException when an axis has no unit of length, or there are other numbers of sizes and axes
     */
    List<Integer> factors(ImageMetadata image) throws ParameterException {
        int axes = SpatialAxes.count(image);
        List<Double> each = SpatialAxes.each(
                Setting.DOWNSAMPLE_TO,
                millimeters.size() == 1 ? Collections.nCopies(axes, millimeters.get(0)) : millimeters,
                image,
                0.0);
        List<Integer> factors = new ArrayList<>();
        for (int d = 0; d < each.size(); d++) {
            Dimension dimension = image.dimensions().get(d);
            if (dimension.axis().isSpatial()) {
                double voxels = each.get(d) / millimeters(dimension, image);
                double nearest = Math.max(1, Math.ceil(voxels - 0.5 - ROUNDING * voxels));
                factors.add((int) Math.min(nearest, Math.min(dimension.length(), Integer.MAX_VALUE)));
            }
        }
        return factors;
    }

    private static double millimeters(Dimension dimension, ImageMetadata image) throws ParameterException {
        OptionalDouble unit = PhysicalUnit.inMillimeters(dimension.unit());
        if (unit.isEmpty()) {
            throw new ParameterException(
                    Setting.DOWNSAMPLE_TO,
                    "axis " + dimension.axis().symbol() + " of " + image.name() + " with "
                            + (dimension.unit().isEmpty() ? "no unit" : "the unit " + dimension.unit()),
                    "a unit of length, or " + Setting.DOWNSAMPLE_FACTOR + " instead");
        }
        return dimension.voxelSize() * unit.getAsDouble();
    }
}
