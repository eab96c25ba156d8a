package org.scaledimaging.engine.block;

/**
 * Walks the rows (runs along the last axis) that an interval has in two row-major arrays at once. Axes on which the
 * interval spans both arrays whole are merged into the run, so that a full copy is one call.
 */
public final class Rows {

    /** Gets each run: its first index in either array, and its length. */
    @FunctionalInterface
    public interface Visitor<E extends Exception> {
        /** @param from fits into an int where the first array is none in a file */
        void run(long from, int to, int length) throws E;
    }

    private Rows() {}

    /**
     * @param interval what to walk, within both others
     * @param first the interval that the first array holds; in a file it may be of any size
     * @param second the interval that the second array holds
     */
    public static <E extends Exception> void forEach(
            Interval interval, Interval first, Interval second, Visitor<E> visitor) throws E {
        int axes = interval.axes();
        if (axes == 0) {
            visitor.run(0, 0, 1);
            return;
        }
        if (interval.isEmpty()) {
            return;
        }
        // The run takes in trailing axes for as long as the axes after them are whole in both arrays.
        int outer = axes - 1;
        long run = interval.length(outer);
        while (outer > 0
                && interval.length(outer) == first.length(outer)
                && interval.length(outer) == second.length(outer)) {
            outer--;
            run *= interval.length(outer);
        }
        long[] firstStride = strides(first);
        long[] secondStride = strides(second);
        long from = 0;
        long to = 0;
        for (int d = 0; d < axes; d++) {
            from += (interval.min(d) - first.min(d)) * firstStride[d];
            to += (interval.min(d) - second.min(d)) * secondStride[d];
        }
        long[] index = new long[outer];
        while (true) {
            visitor.run(from, Math.toIntExact(to), Math.toIntExact(run));
            int d = outer - 1;
            while (d >= 0 && ++index[d] == interval.length(d)) {
                from -= (index[d] - 1) * firstStride[d];
                to -= (index[d] - 1) * secondStride[d];
                index[d] = 0;
                d--;
            }
            if (d < 0) {
                return;
            }
            from += firstStride[d];
            to += secondStride[d];
        }
    }

    /** Gets each part of a run that lies within one piece of the first array. */
    @FunctionalInterface
    public interface PieceVisitor<E extends Exception> {
        /**
         * @param piece counted from 0
         * @param within first index in the piece
         */
        void run(long piece, int within, int to, int length) throws E;
    }

    /**
     * As {@link #forEach}, of a first array that comes in pieces.
     *
     * @param pieceLength how many values each piece has; the last one may have fewer
     */
    public static <E extends Exception> void forEachInPieces(
            Interval interval, Interval first, Interval second, int pieceLength, PieceVisitor<E> visitor) throws E {
        forEach(interval, first, second, (from, to, length) -> {
            int done = 0;
            while (done < length) { // more than once only where a run crosses into the next piece
                long position = from + done;
                int within = (int) (position % pieceLength);
                int part = Math.min(length - done, pieceLength - within);
                visitor.run(position / pieceLength, within, to + done, part);
                done += part;
            }
        });
    }

    private static long[] strides(Interval interval) {
        long[] strides = new long[interval.axes()];
        long stride = 1;
        for (int d = strides.length - 1; d >= 0; d--) {
            strides[d] = stride;
            stride *= interval.length(d);
        }
        return strides;
    }
}
