package org.scaledimaging.engine.picture.plane;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;

/**
 * A plane that is asked for.
 *
 * @param normal the axis at right angles to it
 * @param index along that axis, in voxels of the full resolution from 0; without meaning for a projection
 * @param projection whether the greatest values along the whole axis are seen instead
 */
public record Cut(Axis normal, long index, boolean projection) {
    public Cut {
        Objects.requireNonNull(normal);
    }

    /** One plane. */
    public static Cut slice(Axis normal, long index) {
        return new Cut(normal, index, false);
    }

    /** The greatest values along an axis. */
    public static Cut projection(Axis normal) {
        return new Cut(normal, 0, true);
    }

    /** The slices through the middle, one at right angles to each spatial axis. */
    public static List<Cut> middle(Slices slices) {
        return slices.normals().stream()
                .map(normal -> slice(normal, slices.middle(normal)))
                .toList();
    }

    /** The projections along each spatial axis. */
    public static List<Cut> projections(Slices slices) {
        return slices.normals().stream().map(Cut::projection).toList();
    }

    /**
     * Reads the plane.
     *
     * @param pixels how many its longer side has at least, where the image has so many; at least 1
     * @throws IndexOutOfBoundsException when the image has no such slice, channel or time point
     */
    public Plane of(Slices slices, long channel, long time, int pixels, Execution execution) throws IOException {
        return projection
                ? slices.projection(normal, channel, time, pixels, execution)
                : slices.slice(normal, index, channel, time, pixels, execution);
    }
}
