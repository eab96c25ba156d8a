package org.scaledimaging.engine.format.nifti;

import java.util.Iterator;
import java.util.NoSuchElementException;
import org.scaledimaging.engine.block.Interval;

/** An image cut into cells of one shape, smaller at its far borders. Cells are numbered row-major. */
record Grid(long[] shape, long[] cell) {

    long count() {
        long count = 1;
        for (int d = 0; d < shape.length; d++) {
            count = Math.multiplyExact(count, cells(d));
        }
        return count;
    }

    private long cells(int axis) {
        return (shape[axis] - 1) / cell[axis] + 1;
    }

    Interval interval(long number) {
        long[] min = new long[shape.length];
        long[] max = new long[shape.length];
        for (int d = shape.length - 1; d >= 0; d--) {
            min[d] = number % cells(d) * cell[d];
            max[d] = min[d] + Math.min(cell[d], shape[d] - min[d]);
            number /= cells(d);
        }
        return Interval.between(min, max);
    }

    /** The numbers of the cells that an interval touches, in order. */
    long[] touching(Interval interval) {
        int axes = shape.length;
        long[] first = new long[axes];
        long[] length = new long[axes];
        for (int d = 0; d < axes; d++) {
            if (interval.isEmpty()) {
                return new long[0];
            }
            first[d] = interval.min(d) / cell[d];
            length[d] = (interval.max(d) - 1) / cell[d] + 1 - first[d];
        }
        long[] numbers = new long[Interval.ofShape(length).voxels()];
        for (int i = 0; i < numbers.length; i++) {
            long rest = i;
            long stride = 1;
            for (int d = axes - 1; d >= 0; d--) {
                numbers[i] += (first[d] + rest % length[d]) * stride;
                rest /= length[d];
                stride *= cells(d);
            }
        }
        return numbers;
    }

    /** All cells, in order. */
    Iterator<Interval> cells() {
        long count = count();
        return new Iterator<>() {
            private long next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public Interval next() {
                if (next >= count) {
                    throw new NoSuchElementException();
                }
                return interval(next++);
            }
        };
    }
}
