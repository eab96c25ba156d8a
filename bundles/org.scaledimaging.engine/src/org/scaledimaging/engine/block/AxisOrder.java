package org.scaledimaging.engine.block;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Another order of the axes of something: axis d of what comes out is axis {@code source(d)} of what goes in. Formats,
 * plugins and other libraries each have an order of their own; this says how to get there, and by {@link #inverse} back.
 * Immutable.
 */
public final class AxisOrder {
    private final int[] source;

    private AxisOrder(int[] source) {
        this.source = source;
    }

    /**
     * @param source per axis of what comes out, which axis of what goes in it is
     * @throws IllegalArgumentException when that is not each axis once
     */
    public static AxisOrder of(int... source) {
        if (!Arrays.equals(
                Arrays.stream(source).sorted().toArray(),
                IntStream.range(0, source.length).toArray())) {
            throw new IllegalArgumentException("no permutation of axes: " + Arrays.toString(source));
        }
        return new AxisOrder(source.clone());
    }

    /** The order that changes nothing. */
    public static AxisOrder unchanged(int axes) {
        return new AxisOrder(IntStream.range(0, axes).toArray());
    }

    /** Last axis first. */
    public static AxisOrder reversed(int axes) {
        return new AxisOrder(IntStream.range(0, axes).map(d -> axes - 1 - d).toArray());
    }

    /**
     * The order that sorts axes; those that compare equal stay as they are.
     *
     * @param axes what there is per axis, such as its dimension
     */
    public static <T> AxisOrder sorting(List<T> axes, Comparator<? super T> comparator) {
        return new AxisOrder(IntStream.range(0, axes.size())
                .boxed()
                .sorted((a, b) -> comparator.compare(axes.get(a), axes.get(b)))
                .mapToInt(Integer::intValue)
                .toArray());
    }

    /** The number of axes. */
    public int axes() {
        return source.length;
    }

    /** Which axis of what goes in an axis of what comes out is. */
    public int source(int axis) {
        return source[axis];
    }

    /** Whether all axes stay where they are. */
    public boolean isUnchanged() {
        return equals(unchanged(source.length));
    }

    /** The way back. */
    public AxisOrder inverse() {
        int[] inverse = new int[source.length];
        for (int d = 0; d < source.length; d++) {
            inverse[source[d]] = d;
        }
        return new AxisOrder(inverse);
    }

    /**
     * This order, and then another one.
     *
     * @throws IllegalArgumentException when that is of another number of axes
     */
    public AxisOrder then(AxisOrder next) {
        if (next.axes() != axes()) {
            throw new IllegalArgumentException(next.axes() + " axes after " + axes());
        }
        return new AxisOrder(next.apply(source));
    }

    /** Numbers per axis in the other order. */
    public int[] apply(int[] perAxis) {
        return IntStream.of(source).map(axis -> perAxis[axis]).toArray();
    }

    /** Numbers per axis in the other order. */
    public long[] apply(long[] perAxis) {
        return IntStream.of(source).mapToLong(axis -> perAxis[axis]).toArray();
    }

    /** What there is per axis in the other order. */
    public <T> List<T> apply(List<T> perAxis) {
        return IntStream.of(source).mapToObj(perAxis::get).toList();
    }

    /** The same interval with its axes in the other order. */
    public Interval apply(Interval interval) {
        return Interval.between(apply(interval.mins()), apply(interval.maxs()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AxisOrder that && Arrays.equals(source, that.source);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(source);
    }

    @Override
    public String toString() {
        return Arrays.toString(source);
    }
}
