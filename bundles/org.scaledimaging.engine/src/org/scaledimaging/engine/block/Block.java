package org.scaledimaging.engine.block;

import java.lang.reflect.Array;

/**
 * An interval of an image in memory: one primitive array, row-major in the image's axis order.
 *
 * @param pixelType the type of the values
 * @param interval where in the image
 * @param voxels byte[], short[], int[], long[], float[] or double[], as {@code pixelType} says; at least
 *     {@code interval.voxels()} long
 */
public record Block(PixelType pixelType, Interval interval, Object voxels) {

    public Block {
        if (Array.getLength(voxels) < interval.voxels()) {
            throw new IllegalArgumentException(
                    "array of " + Array.getLength(voxels) + " values for an interval of " + interval.voxels());
        }
    }

    /** A block of zeros of its own; its array is row-major, the last axis fastest. */
    public static Block allocate(PixelType pixelType, Interval interval) {
        return new Block(pixelType, interval, pixelType.allocate(interval.voxels()));
    }

    /** The number of voxels. */
    public int size() {
        return interval.voxels();
    }

    /** Copies what both blocks cover from the other one, which is of the same pixel type, into this one. */
    public void copyFrom(Block source) {
        if (source.pixelType != pixelType) {
            throw new IllegalArgumentException("copying " + source.pixelType + " into " + pixelType);
        }
        Interval overlap = interval.intersect(source.interval);
        if (overlap.isEmpty()) {
            return;
        }
        Rows.forEach(
                overlap,
                source.interval,
                interval,
                (from, to, length) -> System.arraycopy(source.voxels, (int) from, voxels, to, length));
    }

    /**
     * This block in another type, in a new array; this block itself when the type is the same. Rounding and clamping
     * as {@link PixelConversion} says.
     */
    public Block convert(PixelType target) {
        if (target == pixelType) {
            return this;
        }
        Block result = allocate(target, interval);
        PixelConversion.convert(pixelType, voxels, target, result.voxels, size());
        return result;
    }
}
