package org.scaledimaging.engine.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/**
 * An interval cut into cells of one shape, the first at its corner; cells at its far borders may be cut short. A cell has
 * an index (its position along each axis, in cells) and a number (row-major). Chunks, shards, blocks, tiles and pieces
 * are cells of grids. Immutable.
 */
public final class Grid {
    private final Interval region;
    private final long[] cellShape;
    private final Interval cells;

    private Grid(Interval region, long[] cellShape) {
        if (cellShape.length != region.axes() || Arrays.stream(cellShape).anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("cells of " + Arrays.toString(cellShape) + " for " + region);
        }
        this.region = region;
        this.cellShape = cellShape;
        long[] count = new long[cellShape.length];
        for (int d = 0; d < count.length; d++) {
            count[d] = covering(region.length(d), cellShape[d]);
        }
        this.cells = Interval.ofShape(count);
    }

    /**
     * @param region what is cut
     * @param cellShape at least 1 per axis; may be longer than the region
     */
    public static Grid of(Interval region, long[] cellShape) {
        return new Grid(region, cellShape.clone());
    }

    /** As {@link #of(Interval, long[])}. */
    public static Grid of(Interval region, int[] cellShape) {
        return new Grid(region, Arrays.stream(cellShape).asLongStream().toArray());
    }

    /**
     * The least length at whose end boxes of two lengths end together.
     *
     * @throws ArithmeticException when that is more than a long holds
     */
    public static long leastCommonMultiple(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        return Math.multiplyExact(a / x, b);
    }

    /** How many cells cover a length, the last perhaps in part: the length over the cell's, rounded up. */
    public static long covering(long length, long cell) {
        return length / cell + (length % cell == 0 ? 0 : 1);
    }

    /** What is cut. */
    public Interval region() {
        return region;
    }

    /** The length of a cell along each axis, where it is not cut short. */
    public long[] cellShape() {
        return cellShape.clone();
    }

    /** How many cells there are along each axis. */
    public long[] cells() {
        return cells.shape();
    }

    /** The indices of all cells: from 0 to how many there are along each axis. */
    public Interval indices() {
        return cells;
    }

    /**
     * How many cells there are.
     *
     * @throws ArithmeticException when a long does not hold that
     */
    public long count() {
        return Arrays.stream(cells.shape()).reduce(1, Math::multiplyExact);
    }

    /** The index of the cell that holds a position of the region. */
    public long[] cellOf(long[] position) {
        long[] cell = new long[cellShape.length];
        for (int d = 0; d < cell.length; d++) {
            cell[d] = (position[d] - region.min(d)) / cellShape[d];
        }
        return cell;
    }

    /** What a cell covers of the region. */
    public Interval interval(long[] cell) {
        long[] min = corner(cell);
        long[] max = min.clone();
        for (int d = 0; d < max.length; d++) {
            max[d] += Math.min(cellShape[d], region.max(d) - min[d]);
        }
        return Interval.between(min, max);
    }

    /** What a cell covers, of full length even where the region ends before. */
    public Interval whole(long[] cell) {
        return Interval.at(corner(cell), cellShape);
    }

    private long[] corner(long[] cell) {
        long[] corner = new long[cellShape.length];
        for (int d = 0; d < corner.length; d++) {
            corner[d] = region.min(d) + cell[d] * cellShape[d];
        }
        return corner;
    }

    /**
     * The indices of the cells that an interval touches; none for an empty interval.
     *
     * @param interval within the region
     */
    public Interval touching(Interval interval) {
        if (interval.isEmpty()) {
            return Interval.ofShape(new long[cellShape.length]);
        }
        region.checkContains(interval);
        long[] first = new long[cellShape.length];
        long[] end = new long[cellShape.length];
        for (int d = 0; d < first.length; d++) {
            first[d] = (interval.min(d) - region.min(d)) / cellShape[d];
            end[d] = (interval.max(d) - 1 - region.min(d)) / cellShape[d] + 1;
        }
        return Interval.between(first, end);
    }

    /** The parts that an interval has of the cells it touches, in the order of their numbers. */
    public List<Interval> parts(Interval interval) {
        List<Interval> parts = new ArrayList<>();
        touching(interval).positions().forEach(cell -> parts.add(interval(cell).intersect(interval)));
        return parts;
    }

    /** The row-major number of a cell. */
    public long number(long[] cell) {
        return cells.number(cell);
    }

    /** The index of the cell of that number. */
    public long[] cell(long number) {
        return cells.position(number);
    }

    /** The indices of all cells, in the order of their numbers; each is an array of its own. */
    public Iterable<long[]> inOrder() {
        return cells.positions();
    }

    /**
     * The indices of all cells, so that neighbours come near each other, as {@link MortonOrder} says.
     *
     * @param interleaved per axis, whether it takes part in that order; others vary slowest
     */
    public Iterator<long[]> inMortonOrder(boolean[] interleaved) {
        return MortonOrder.over(cells, interleaved);
    }

    @Override
    public String toString() {
        return region + " in cells of " + Arrays.toString(cellShape);
    }
}
