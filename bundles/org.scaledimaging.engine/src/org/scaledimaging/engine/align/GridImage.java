package org.scaledimaging.engine.align;

import java.io.IOException;
import java.util.Comparator;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.view.TransposedSource;

/**
 * Brings an image, such as a mask or a weight, onto the grid of a low-resolution image. Where both images are oriented they
 * are matched in the world, else voxel by voxel.
 */
public final class GridImage {
    private GridImage() {}

    /**
     * @param setting what was set to it, as messages mention it
     * @param name of the image given, for messages: a path
     * @param given spatial axes as the processed image has them, in any order; others have length 1
     * @param low what it is brought onto
     * @param execution is told what the user has to know
     * @return a value for each low-resolution voxel, row-major: the mean of the voxels whose centres lie in it, or the value
     *     at its centre where there are none; NaN where the image does not reach
     * @throws ParameterException when the image has other axes, another size or unit, or lies elsewhere
     * @throws IOException when it cannot be read
     */
    public static float[] values(
            String setting, String name, ImageSource given, LowResolutionImage low, Execution execution)
            throws IOException, ParameterException {
        AxisOrder order = order(setting, name, given.metadata(), low.metadata());
        GridMatch match = GridMatch.of(setting, name, given.metadata(), low);
        int[] shape = low.metadata().dimensions().stream()
                .mapToInt(dimension -> Math.toIntExact(dimension.length()))
                .toArray();
        LowResolutionGrid grid = new LowResolutionGrid(low.fullResolution().shape(), low.factors(), shape);
        GridSampling.Result result =
                GridSampling.sample(TransposedSource.of(given, order), match.map(), grid, match.clamp(), execution);
        match.tell(setting, name, result.covered(), "is taken to be outside of it", execution);
        return result.values();
    }

    /** The order that puts the image's axes last, in its order; others have length 1. */
    private static AxisOrder order(String setting, String name, ImageMetadata given, ImageMetadata image)
            throws ParameterException {
        for (Dimension dimension : given.dimensions()) {
            if (image.indexOf(dimension.axis()) < 0 && dimension.length() != 1) {
                throw mismatch(setting, name, given, image);
            }
        }
        for (Dimension dimension : image.dimensions()) {
            if (given.indexOf(dimension.axis()) < 0) {
                throw mismatch(setting, name, given, image);
            }
        }
        return AxisOrder.sorting(
                given.dimensions(), Comparator.comparing(dimension -> image.indexOf(dimension.axis())));
    }

    private static ParameterException mismatch(String setting, String name, ImageMetadata given, ImageMetadata image) {
        StringBuilder found = new StringBuilder();
        for (Dimension dimension : given.dimensions()) {
            found.append(found.isEmpty() ? "" : ", ").append(dimension.axis().symbol());
            found.append(' ').append(dimension.length());
        }
        return new ParameterException(
                setting,
                name + " with the axes " + found,
                "the axes of the image, " + String.join(", ", image.axes().split(""))
                        + ", and others of length 1 only");
    }
}
