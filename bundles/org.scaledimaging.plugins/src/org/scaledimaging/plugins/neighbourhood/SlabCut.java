package org.scaledimaging.plugins.neighbourhood;

import org.scaledimaging.engine.block.Interval;

/**
 * Cuts a block into slabs: along its first axis that is longer than 1, so that slabs come in the order of voxels. Where
 * the thinnest slabs that the filter allows do not fit, and slabs along a longer axis take less than half of their
 * memory, it cuts along that axis; the results then have to be put in order.
 *
 * @param shape of the block
 * @param axis along which
 * @param outer how many places there are on the axes before
 * @param row values at one place along it, on the axes behind
 * @param padded how many places a slab has with what the filter reaches, at most
 */
record SlabCut(long[] shape, int axis, int outer, long row, int padded) {

    /**
     * @param arrays how many values are held for each voxel of a slab
     * @param room bytes for them
     */
    static SlabCut of(long[] shape, int radius, Boundary boundary, int arrays, long room) {
        int first = 0;
        while (first < shape.length - 1 && shape[first] == 1) {
            first++;
        }
        SlabCut inOrder = along(first, shape, radius, boundary, arrays, room);
        SlabCut least = inOrder;
        for (int axis = first + 1; inOrder.bytes(arrays) > room && axis < shape.length; axis++) {
            SlabCut other = along(axis, shape, radius, boundary, arrays, room);
            least = other.bytes(arrays) < least.bytes(arrays) ? other : least;
        }
        return least.bytes(arrays) < inOrder.bytes(arrays) / 2 ? least : inOrder;
    }

    private static SlabCut along(int axis, long[] shape, int radius, Boundary boundary, int arrays, long room) {
        long outer = 1;
        for (int d = 0; d < axis; d++) {
            outer *= shape[d];
        }
        long row = 1;
        for (int d = axis + 1; d < shape.length; d++) {
            row *= shape[d];
        }
        long most = room / (Double.BYTES * arrays * outer * row);
        long least = boundary == Boundary.WRAP ? shape[axis] : 4L * radius + 1; // wrapped, the ends are neighbours
        int padded = (int) Math.min(shape[axis], Math.max(most, least));
        return new SlabCut(shape, axis, Math.toIntExact(outer), row, padded);
    }

    /** How much is held for a slab with what the filter reaches. */
    long bytes(int arrays) {
        return Double.BYTES * arrays * values();
    }

    /** How many values a slab has with what the filter reaches, at most. */
    long values() {
        return outer * padded * row;
    }

    /** How long the block is on the axis. */
    int length() {
        return Math.toIntExact(shape[axis]);
    }

    /** How many places a slab has that are its own. */
    int thickness(int radius) {
        return padded == length() ? padded : padded - 2 * radius;
    }

    /** Whether voxels of one slab come before all of the next. */
    boolean inOrder() {
        return outer == 1;
    }

    /** The part of the block between two places on the axis. */
    Interval slab(int from, int to) {
        long[] min = new long[shape.length];
        long[] size = shape.clone();
        min[axis] = from;
        size[axis] = to - from;
        return Interval.at(min, size);
    }

    /** The part of a slab at one place on the axes before: its voxels follow one another in the block. */
    Interval run(int place, int from, int to) {
        long[] min = new long[shape.length];
        long[] size = shape.clone();
        int left = place;
        for (int d = axis - 1; d >= 0; d--) {
            min[d] = left % shape[d];
            left /= (int) shape[d];
            size[d] = 1;
        }
        min[axis] = from;
        size[axis] = to - from;
        return Interval.at(min, size);
    }
}
