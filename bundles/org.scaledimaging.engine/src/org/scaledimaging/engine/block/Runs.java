package org.scaledimaging.engine.block;

/** Walks the runs of an interval that are contiguous in a row-major file of any size. */
public final class Runs {

    /** Gets each run: its first voxel in the file, in the interval's own array, and its length. */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        void run(long inFile, int inArray, int length) throws E;
    }

    private Runs() {}

    public static <E extends Exception> void forEach(Interval interval, long[] shape, Visitor<E> visitor) throws E {
        if (interval.isEmpty()) {
            return;
        }
        int voxels = interval.voxels();
        int outer = shape.length - 1; // the axes before this one are walked, the others make up the run
        int length = (int) interval.length(outer);
        while (outer > 0 && interval.length(outer) == shape[outer]) {
            outer--;
            length *= (int) interval.length(outer);
        }
        long[] stride = new long[shape.length];
        long next = 1;
        for (int d = shape.length - 1; d >= 0; d--) {
            stride[d] = next;
            next *= shape[d];
        }
        for (int at = 0; at < voxels; at += length) {
            long rest = at / length;
            long position = 0;
            for (int d = shape.length - 1; d >= 0; d--) {
                long index = interval.min(d);
                if (d < outer) {
                    index += rest % interval.length(d);
                    rest /= interval.length(d);
                }
                position += index * stride[d];
            }
            visitor.run(position, at, length);
        }
    }
}
