package org.scaledimaging.engine.block;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Walks the cells of a grid in Morton (Z) order: neighbours in space come near each other in time, and the cells of any
 * aligned cube of 2^k cells come one after the other. What cells share (a decoded chunk, a parent in a pyramid) is
 * therefore needed for a short while only. State is proportional to the depth, not to the grid.
 *
 * <p>Some axes may be left out of the interleaving: they vary slowest, row-major. The order of two cells does not depend
 * on the box that is walked.
 */
public final class MortonOrder implements Iterator<long[]> {
    private final Interval box;
    private final boolean[] interleaved;
    private final int interleavedCount;
    private final int topBit;
    private final long[] outer;
    /** Per bit level, which of the 2^k sub-cubes is being walked. */
    private final int[] branch;

    private final long[] corner;
    private long[] next;

    private MortonOrder(Interval box, boolean[] interleaved) {
        this.box = box;
        this.interleaved = interleaved.clone();
        int count = 0;
        long largest = 0;
        for (int d = 0; d < box.axes(); d++) {
            if (interleaved[d]) {
                count++;
                largest = Math.max(largest, box.max(d) - 1);
            }
        }
        this.interleavedCount = count;
        this.topBit = 64 - Long.numberOfLeadingZeros(largest);
        this.branch = new int[topBit + 1];
        this.outer = box.mins();
        this.corner = new long[box.axes()];
        next = box.isEmpty() ? null : descend(topBit, true);
    }

    /**
     * The cells of a box, given by their absolute indices (not negative).
     *
     * @param interleaved per axis, whether it takes part in the interleaving
     */
    public static Iterator<long[]> over(Interval box, boolean[] interleaved) {
        return new MortonOrder(box, interleaved);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public long[] next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        long[] result = next;
        next = advance();
        return result;
    }

    private long[] advance() {
        // Climb to the lowest level with a branch left, then walk down again.
        for (int level = 1; level <= topBit; level++) {
            long[] found = descendFrom(level, branch[level] + 1);
            if (found != null) {
                return found;
            }
        }
        for (int d = outer.length - 1; d >= 0; d--) {
            if (!interleaved[d]) {
                if (++outer[d] < box.max(d)) {
                    return descend(topBit, true);
                }
                outer[d] = box.min(d);
            }
        }
        return null;
    }

    /** The first cell in the cube of that level at {@link #corner} (the whole grid at the top), null when none. */
    private long[] descend(int level, boolean top) {
        if (top) {
            for (int d = 0; d < corner.length; d++) {
                corner[d] = interleaved[d] ? 0 : outer[d];
            }
        }
        if (level == 0) {
            return corner.clone();
        }
        return descendFrom(level, 0);
    }

    /** The first cell in the sub-cubes of a cube of that level, from a branch on. */
    private long[] descendFrom(int level, int firstBranch) {
        long size = 1L << (level - 1);
        for (int b = firstBranch; b < 1 << interleavedCount; b++) {
            branch[level] = b;
            if (place(level, b, size)) {
                long[] found = descend(level - 1, false);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    /** Moves the corner to a sub-cube; false when that does not touch the box. */
    private boolean place(int level, int b, long size) {
        boolean touches = true;
        int bit = interleavedCount;
        for (int d = 0; d < corner.length; d++) {
            if (interleaved[d]) {
                bit--;
                long base = corner[d] >> level << level; // the enclosing cube's corner
                corner[d] = base + ((b >> bit & 1) == 1 ? size : 0);
                touches &= corner[d] < box.max(d) && corner[d] + size > box.min(d);
            }
        }
        return touches;
    }
}
