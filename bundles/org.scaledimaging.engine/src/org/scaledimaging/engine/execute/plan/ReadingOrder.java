package org.scaledimaging.engine.execute.plan;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.MortonOrder;

/**
 * Cuts a region of an image into nested boxes and walks the smallest of them: those within one box come one after the
 * other. The outermost are walked row-major, the next in Morton order, all others row-major again.
 *
 * <p>Boxes of each kind lie on a grid that starts at the image's corner; where grids do not fit into one another, boxes are
 * cut at the borders of those around them.
 */
final class ReadingOrder implements Iterator<Interval> {
    private static final int MORTON = 1;

    private final List<long[]> boxes;
    private final boolean[] interleaved;
    private final Deque<Iterator<Interval>> open = new ArrayDeque<>();
    private Interval next;

    /**
     * @param boxes voxels per axis, of the largest boxes first
     * @param interleaved per axis, whether it takes part in Morton order; others vary slowest
     */
    ReadingOrder(Interval region, List<long[]> boxes, boolean[] interleaved) {
        this.boxes = boxes;
        this.interleaved = interleaved;
        open.push(within(region, 0));
        next = advance();
    }

    /** How many boxes of the smallest kind there are. */
    static long count(Interval region, List<long[]> boxes) {
        long count = 1;
        for (int d = 0; d < region.axes(); d++) {
            long pieces = 0;
            for (long at = region.min(d); at < region.max(d); pieces++) {
                long end = region.max(d);
                for (long[] box : boxes) {
                    end = Math.min(end, (at / box[d] + 1) * box[d]);
                }
                at = end;
            }
            count *= pieces;
        }
        return count;
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Interval next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Interval result = next;
        next = advance();
        return result;
    }

    private Interval advance() {
        while (!open.isEmpty()) {
            if (!open.peek().hasNext()) {
                open.pop();
            } else if (open.size() == boxes.size()) {
                return open.peek().next();
            } else {
                Interval around = open.peek().next();
                open.push(within(around, open.size()));
            }
        }
        return null;
    }

    /** The boxes of a kind within a box of the kind before. */
    private Iterator<Interval> within(Interval around, int kind) {
        Grid grid = Grid.of(Interval.ofShape(around.maxs()), boxes.get(kind));
        boolean[] order = kind == MORTON ? interleaved : new boolean[around.axes()];
        Iterator<long[]> cells = MortonOrder.over(grid.touching(around), order);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return cells.hasNext();
            }

            @Override
            public Interval next() {
                return grid.interval(cells.next()).intersect(around);
            }
        };
    }

    @Override
    public String toString() {
        return Arrays.deepToString(boxes.toArray());
    }
}
