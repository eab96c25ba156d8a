package org.scaledimaging.engine.block;

import java.util.Arrays;

/**
 * An n-dimensional box of voxels: from {@code min} (inclusive) to {@code max} (exclusive), axes in the order of the
 * image. Immutable.
 */
public final class Interval {
    private final long[] min;
    private final long[] max;

    private Interval(long[] min, long[] max) {
        this.min = min;
        this.max = max;
    }

    /** The whole of an image of this shape. */
    public static Interval ofShape(long... shape) {
        return new Interval(new long[shape.length], shape.clone());
    }

    /** From min (inclusive) to max (exclusive). */
    public static Interval between(long[] min, long[] max) {
        if (min.length != max.length) {
            throw new IllegalArgumentException("min has " + min.length + " axes, max has " + max.length);
        }
        for (int d = 0; d < min.length; d++) {
            if (max[d] < min[d]) {
                throw new IllegalArgumentException(
                        "max " + Arrays.toString(max) + " is below min " + Arrays.toString(min));
            }
        }
        return new Interval(min.clone(), max.clone());
    }

    /** From min, so many voxels long per axis. */
    public static Interval at(long[] min, long[] shape) {
        long[] max = min.clone();
        for (int d = 0; d < max.length; d++) {
            max[d] += shape[d];
        }
        return between(min, max);
    }

    /** How many axes it has. */
    public int axes() {
        return min.length;
    }

    /** The first index along an axis. */
    public long min(int axis) {
        return min[axis];
    }

    /** One past the last voxel. */
    public long max(int axis) {
        return max[axis];
    }

    /** How many indices there are along an axis; 0 or more. */
    public long length(int axis) {
        return max[axis] - min[axis];
    }

    /** The first index along each axis; a copy. */
    public long[] mins() {
        return min.clone();
    }

    /** One past the last index along each axis; a copy. */
    public long[] maxs() {
        return max.clone();
    }

    /** The length along each axis; a copy. */
    public long[] shape() {
        long[] shape = new long[min.length];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = max[d] - min[d];
        }
        return shape;
    }

    /** Whether it holds no voxel. */
    public boolean isEmpty() {
        for (int d = 0; d < min.length; d++) {
            if (max[d] == min[d]) {
                return true;
            }
        }
        return false;
    }

    /**
     * The number of voxels, for an interval that is to be held in one array.
     *
     * @throws ArithmeticException when that is more than an array can hold
     */
    public int voxels() {
        long voxels = 1;
        for (int d = 0; d < min.length; d++) {
            voxels = Math.multiplyExact(voxels, max[d] - min[d]);
        }
        return Math.toIntExact(voxels);
    }

    /** Whether a position of as many axes lies in it. */
    public boolean contains(long[] position) {
        boolean inside = position.length == min.length;
        for (int d = 0; d < min.length && inside; d++) {
            inside = position[d] >= min[d] && position[d] < max[d];
        }
        return inside;
    }

    /** Whether all of another interval, of as many axes, lies in this one. */
    public boolean contains(Interval other) {
        for (int d = 0; d < min.length; d++) {
            if (other.min[d] < min[d] || other.max[d] > max[d]) {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException unless all of another interval lies in this one */
    public void checkContains(Interval other) {
        if (!contains(other)) {
            throw new IllegalArgumentException(other + " is not within " + this);
        }
    }

    /** What both cover; empty (of length 0 on some axis) where they do not overlap. */
    public Interval intersect(Interval other) {
        long[] low = new long[min.length];
        long[] high = new long[min.length];
        for (int d = 0; d < min.length; d++) {
            low[d] = Math.max(min[d], other.min[d]);
            high[d] = Math.max(low[d], Math.min(max[d], other.max[d]));
        }
        return new Interval(low, high);
    }

    /** The same shape elsewhere. */
    public Interval translate(long... offset) {
        long[] low = min.clone();
        long[] high = max.clone();
        for (int d = 0; d < low.length; d++) {
            low[d] += offset[d];
            high[d] += offset[d];
        }
        return new Interval(low, high);
    }

    /** The row-major number of a position in it, from 0. */
    public long number(long[] position) {
        long number = 0;
        for (int d = 0; d < min.length; d++) {
            number = number * (max[d] - min[d]) + position[d] - min[d];
        }
        return number;
    }

    /** The position of that number. */
    public long[] position(long number) {
        long[] position = new long[min.length];
        long rest = number;
        for (int d = min.length - 1; d >= 0; d--) {
            position[d] = min[d] + rest % (max[d] - min[d]);
            rest /= max[d] - min[d];
        }
        return position;
    }

    /**
     * Moves a position on to the next one in row-major order; from the last one to the first.
     *
     * @param last the axis that varies fastest; those behind it stay
     */
    public void advance(long[] position, int last) {
        for (int d = last; d >= 0 && ++position[d] == max[d]; d--) {
            position[d] = min[d];
        }
    }

    /** All positions in it, row-major; each is an array of its own. For chunks and the like, too slow for voxels. */
    public Iterable<long[]> positions() {
        return () -> MortonOrder.over(this, new boolean[min.length]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Interval that && Arrays.equals(min, that.min) && Arrays.equals(max, that.max);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(min) + Arrays.hashCode(max);
    }

    @Override
    public String toString() {
        return Arrays.toString(min) + ".." + Arrays.toString(max);
    }
}
