package org.scaledimaging.engine.format.tiff.stack;

import org.scaledimaging.engine.image.PhysicalUnit;

/**
 * The distance of two voxels along an axis.
 *
 * @param size above 0, in {@code unit}
 * @param unit OME-NGFF's name; empty where unknown
 */
public record Scale(double size, String unit) {
    /** What files without a size have: 1, of no unit. */
    public static final Scale UNKNOWN = new Scale(1, "");

    boolean isKnown() {
        return !equals(UNKNOWN);
    }

    /** This distance, or another one where it is unknown. */
    Scale or(Scale otherwise) {
        return isKnown() ? this : otherwise;
    }

    /** A size in a unit that a file names; unknown where that is no size. */
    public static Scale of(double size, String unit) {
        return size > 0 && Double.isFinite(size) ? new Scale(size, PhysicalUnit.named(unit.strip())) : UNKNOWN;
    }
}
