package org.scaledimaging.engine.block;

import java.lang.reflect.Array;
import java.util.Arrays;

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

    /** Sets all voxels of a block of float32 or float64 to a value. */
    public void fill(double value) {
        if (voxels instanceof float[] values) {
            Arrays.fill(values, 0, size(), (float) value);
        } else {
            Arrays.fill((double[]) voxels, 0, size(), value);
        }
    }

    /**
     * The same values at another place: what is written into one of the two blocks is in both.
     *
     * @param place of no more voxels than the array holds
     */
    public Block at(Interval place) {
        return place.equals(interval) ? this : new Block(pixelType, place, voxels);
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
        result.convertFrom(this);
        return result;
    }

    /** Takes all values of another block of as many voxels, in their order, converted to this block's type. */
    public void convertFrom(Block source) {
        PixelConversion.convert(source.pixelType, source.voxels, pixelType, voxels, source.size());
    }
}
