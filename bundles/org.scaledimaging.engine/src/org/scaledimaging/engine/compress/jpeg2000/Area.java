package org.scaledimaging.engine.compress.jpeg2000;

import org.scaledimaging.engine.compress.jpeg2000.sample.Orientation;

/** A rectangle of places from {@code left} and {@code top} on to before {@code right} and {@code bottom}. */
record Area(long left, long top, long right, long bottom) {

    int width() {
        return (int) Math.max(0, right - left);
    }

    int height() {
        return (int) Math.max(0, bottom - top);
    }

    boolean isEmpty() {
        return left >= right || top >= bottom;
    }

    /** The samples of a component at these places. */
    Area sampled(int across, int down) {
        return new Area(up(left, across), up(top, down), up(right, across), up(bottom, down));
    }

    /** A resolution that is so many times half of this one. */
    Area reduced(int times) {
        return sampled(1L << times, 1L << times);
    }

    private Area sampled(long across, long down) {
        return new Area(up(left, across), up(top, down), up(right, across), up(bottom, down));
    }

    /** A subband, after so many decompositions of which the last one made it (equation B-15). */
    Area subband(int times, Orientation orientation) {
        long size = 1L << times;
        long x = (size >> 1) * orientation.x();
        long y = (size >> 1) * orientation.y();
        return new Area(up(left - x, size), up(top - y, size), up(right - x, size), up(bottom - y, size));
    }

    Area intersect(Area other) {
        return new Area(
                Math.max(left, other.left),
                Math.max(top, other.top),
                Math.min(right, other.right),
                Math.min(bottom, other.bottom));
    }

    private static long up(long value, long divisor) {
        return -Math.floorDiv(-value, divisor);
    }
}
