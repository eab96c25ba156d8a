package org.scaledimaging.engine.picture.plane;

import java.util.Optional;
import org.scaledimaging.engine.image.Axis;

/**
 * The place of a plane in its image.
 *
 * @param normal the axis at right angles to the plane; z for an image without z
 * @param across the axis that goes from left to right
 * @param down the axis that goes from top to bottom
 * @param flippedAcross whether indices along {@code across} fall from left to right
 * @param flippedDown whether indices along {@code down} fall from top to bottom
 * @param pixelWidth the distance of two pixels along {@code across}, in {@code unit}
 * @param pixelHeight the distance of two pixels along {@code down}, in {@code unit}
 * @param unit the OME-NGFF name of the unit; empty where it is not known
 * @param sides the directions at the sides, of an image that says how it lies in the world
 */
public record PlaneGeometry(
        Axis normal,
        Axis across,
        Axis down,
        boolean flippedAcross,
        boolean flippedDown,
        double pixelWidth,
        double pixelHeight,
        String unit,
        Optional<Sides> sides) {

    /** The same with pixels of another size. */
    public PlaneGeometry withPixels(double newWidth, double newHeight) {
        return new PlaneGeometry(normal, across, down, flippedAcross, flippedDown, newWidth, newHeight, unit, sides);
    }
}
