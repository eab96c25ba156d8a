package org.scaledimaging.engine.report;

import java.util.Arrays;
import java.util.Optional;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * The images that a report compares. Images are open and stay so.
 *
 * @param before the image before the correction
 * @param after of the same axes, in any order, and lengths
 * @param field what made the one of the other, of the same shape in space
 * @param mask the voxels where it is not 0 are looked at; of the same axes and shape, or without channel and time
 */
public record Comparison(
        ImageSource before, ImageSource after, Optional<ImageSource> field, Optional<ImageSource> mask) {

    /** Axes of the others are brought into the order of {@code before}'s, where they are the same. */
    public Comparison {
        ImageMetadata reference = before.metadata();
        after = arranged(after, reference);
        field = field.map(image -> arranged(image, reference));
        mask = mask.map(image -> arranged(image, reference));
    }

    private static ImageSource arranged(ImageSource image, ImageMetadata reference) {
        int[] order = reference.dimensions().stream()
                .mapToInt(dimension -> image.metadata().indexOf(dimension.axis()))
                .toArray();
        boolean same = order.length == image.metadata().dimensions().size()
                && Arrays.stream(order).allMatch(d -> d >= 0);
        return same ? TransposedSource.of(image, AxisOrder.of(order)) : image;
    }

    /**
     * Looks whether shapes agree.
     *
     * @throws ParameterException when they do not
     */
    public void check() throws ParameterException {
        ImageMetadata reference = before.metadata();
        if (!reference.axes().equals(after.metadata().axes())
                || !Arrays.equals(
                        reference.interval().shape(),
                        after.metadata().interval().shape())) {
            throw new ParameterException("AFTER", text(after.metadata()), "that of BEFORE, " + text(reference));
        }
        if (mask.isPresent() && !fits(reference, mask.get().metadata(), true)) {
            throw new ParameterException(
                    "--mask", text(mask.get().metadata()), "that of BEFORE in space, " + text(reference));
        }
        if (field.isPresent() && !fits(reference, field.get().metadata(), false)) {
            throw new ParameterException(
                    "--field", text(field.get().metadata()), "that of BEFORE in space, " + text(reference));
        }
    }

    /** @param volumes whether as many channels and time points are wanted, where there is an axis of them */
    private static boolean fits(ImageMetadata image, ImageMetadata beside, boolean volumes) {
        for (int d = 0; d < image.dimensions().size(); d++) {
            int other = beside.indexOf(image.dimensions().get(d).axis());
            boolean spatial = image.dimensions().get(d).axis().isSpatial();
            boolean differs = other >= 0
                    && beside.interval().length(other) != image.interval().length(d);
            if (spatial ? other < 0 || differs : volumes && differs) {
                return false;
            }
        }
        return spatial(image).equals(spatial(beside));
    }

    private static String spatial(ImageMetadata image) {
        return image.axes().replace("t", "").replace("c", "");
    }

    private static String text(ImageMetadata metadata) {
        return metadata.axes() + " " + Arrays.toString(metadata.interval().shape());
    }
}
