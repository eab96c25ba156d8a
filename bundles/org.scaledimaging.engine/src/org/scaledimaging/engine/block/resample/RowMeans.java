package org.scaledimaging.engine.block.resample;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;

/**
 * Block means the quick way, when all voxels are in memory and finite: one row of the result at a time, so that the
 * sums stay in the first-level cache. The same bits as {@link BlockMean}: the same additions in the same order, or, of
 * integers, sums that are exact in any order.
 */
final class RowMeans {
    private final Block source;
    private final int factor;
    private final int sourceLength;
    private final int length;
    /** Where the rows of the source start that make up the row of the result in hand, in row-major order. */
    private final int[] starts;

    private int count;

    /** Sums over those rows, one per column of the source, where whole cells are not summed up at once. */
    private final double[] columns;

    private final int[] wholeSums;
    private final double[] row;

    private RowMeans(Block source, int[] factors, Interval to) {
        Interval from = source.interval();
        int last = factors.length - 1;
        this.source = source;
        this.factor = factors[last];
        this.sourceLength = (int) from.length(last);
        this.length = (int) to.length(last);
        int mostRows = 1;
        for (int d = 0; d < last; d++) {
            mostRows *= (int) Math.min(factors[d], from.length(d));
        }
        this.starts = new int[mostRows];
        this.columns = new double[sourceLength];
        this.wholeSums = new int[length];
        this.row = new double[length];
    }

    /**
     * @param means receives the result
     * @return false when a mean is not finite; {@code means} is then undefined
     */
    static boolean downsample(Block source, int[] factors, Block means) {
        return new RowMeans(source, factors, means.interval()).allRows(factors, means);
    }

    private boolean allRows(int[] factors, Block means) {
        Interval to = means.interval();
        int last = factors.length - 1;
        int rows = to.voxels() / length;
        Block all = means.pixelType() == PixelType.FLOAT32 ? null : Block.allocate(PixelType.FLOAT64, to);
        long[] index = to.mins();
        for (int r = 0; r < rows; r++) {
            count = rowsOf(source.interval(), factors, index, 0, 0, 0);
            if (!meansOfRow()) {
                return false;
            }
            if (all == null) {
                float[] target = (float[]) means.voxels();
                for (int i = 0; i < length; i++) {
                    target[r * length + i] = (float) row[i];
                }
            } else {
                System.arraycopy(row, 0, all.voxels(), r * length, length);
            }
            to.advance(index, last - 1);
        }
        if (all != null) {
            means.convertFrom(all);
        }
        return true;
    }

    /** Finds the source rows of a row of the result; returns how many there are. */
    private int rowsOf(Interval from, int[] factors, long[] index, int axis, int offset, int found) {
        if (axis == factors.length - 1) {
            starts[found] = offset * sourceLength;
            return found + 1;
        }
        long start = index[axis] * factors[axis];
        long end = Math.min(from.max(axis), start + factors[axis]);
        for (long i = start; i < end; i++) {
            int next = offset * (int) from.length(axis) + (int) (i - from.min(axis));
            found = rowsOf(from, factors, index, axis + 1, next, found);
        }
        return found;
    }

    private boolean meansOfRow() {
        boolean small = (long) count * factor < 1 << 15; // so many 16-bit values sum up exactly in an int
        if (source.voxels() instanceof short[] voxels && small) {
            java.util.Arrays.fill(wholeSums, 0);
            int mask = source.pixelType().isSigned() ? -1 : 0xffff;
            for (int r = 0; r < count; r++) {
                addCells(voxels, starts[r], mask);
            }
            return finishWhole();
        } else if (source.voxels() instanceof byte[] voxels && small) {
            java.util.Arrays.fill(wholeSums, 0);
            int mask = source.pixelType().isSigned() ? -1 : 0xff;
            for (int r = 0; r < count; r++) {
                addCells(voxels, starts[r], mask);
            }
            return finishWhole();
        } else if (source.voxels() instanceof float[] voxels && factor == 2 && sourceLength == 2 * length) {
            if (count == 4) {
                return meansOfEight(voxels, starts[0], starts[1], starts[2], starts[3]);
            } else if (count == 2) {
                return meansOfFour(voxels, starts[0], starts[1]);
            }
        }
        java.util.Arrays.fill(columns, 0);
        addRows();
        return finishColumns();
    }

    /** Adds a row to the sums of its cells: one load and one addition a voxel. */
    private void addCells(short[] voxels, int start, int mask) {
        int whole = sourceLength / factor;
        if (factor == 4) {
            for (int i = 0; i < whole; i++) {
                int at = start + 4 * i;
                wholeSums[i] += (voxels[at] & mask)
                        + (voxels[at + 1] & mask)
                        + (voxels[at + 2] & mask)
                        + (voxels[at + 3] & mask);
            }
        } else if (factor == 2) {
            for (int i = 0; i < whole; i++) {
                int at = start + 2 * i;
                wholeSums[i] += (voxels[at] & mask) + (voxels[at + 1] & mask);
            }
        } else {
            whole = 0;
        }
        for (int x = whole * factor; x < sourceLength; x++) {
            wholeSums[x / factor] += voxels[start + x] & mask;
        }
    }

    private void addCells(byte[] voxels, int start, int mask) {
        for (int i = 0; i < length; i++) {
            int end = start + Math.min(sourceLength, (i + 1) * factor);
            int sum = 0;
            for (int at = start + i * factor; at < end; at++) {
                sum += voxels[at] & mask;
            }
            wholeSums[i] += sum;
        }
    }

    private boolean finishWhole() {
        for (int i = 0; i < length; i++) {
            row[i] = wholeSums[i] / (double) cellVoxels(i);
        }
        return true;
    }

    /** Pairs of columns of four rows: the most frequent case by far, that of a pyramid. */
    private boolean meansOfEight(float[] voxels, int a, int b, int c, int d) {
        boolean finite = true;
        for (int i = 0; i < length; i++) {
            int x = 2 * i;
            double first = (double) voxels[a + x] + voxels[b + x] + voxels[c + x] + voxels[d + x];
            double second = (double) voxels[a + x + 1] + voxels[b + x + 1] + voxels[c + x + 1] + voxels[d + x + 1];
            double mean = (0.0 + first + second) * 0.125; // 0.0 makes a plain zero of a negative one, as elsewhere
            row[i] = mean;
            finite &= Math.abs(mean) <= Double.MAX_VALUE; // false for NaN, too
        }
        return finite;
    }

    /** Pairs of columns of two rows: a pyramid of images in planes, or of voxels that are longer along one axis. */
    private boolean meansOfFour(float[] voxels, int a, int b) {
        boolean finite = true;
        for (int i = 0; i < length; i++) {
            int x = 2 * i;
            double first = (double) voxels[a + x] + voxels[b + x];
            double second = (double) voxels[a + x + 1] + voxels[b + x + 1];
            double mean = (0.0 + first + second) * 0.25; // as above
            row[i] = mean;
            finite &= Math.abs(mean) <= Double.MAX_VALUE;
        }
        return finite;
    }

    /** Adds rows one after the other; those of float32 four at a time, to load and store the sums less often. */
    private void addRows() {
        int next = 0;
        if (source.voxels() instanceof float[] voxels) {
            for (; next + 4 <= count; next += 4) {
                add(voxels, starts[next], starts[next + 1], starts[next + 2], starts[next + 3]);
            }
        }
        for (; next < count; next++) {
            BlockMean.addRow(source, starts[next], columns, 0, sourceLength);
        }
    }

    private void add(float[] voxels, int a, int b, int c, int d) {
        for (int i = 0; i < columns.length; i++) {
            columns[i] = columns[i] + voxels[a + i] + voxels[b + i] + voxels[c + i] + voxels[d + i];
        }
    }

    private boolean finishColumns() {
        boolean finite = true;
        for (int i = 0; i < length; i++) {
            int end = Math.min(sourceLength, (i + 1) * factor);
            double sum = 0;
            for (int j = i * factor; j < end; j++) {
                sum += columns[j];
            }
            double mean = sum / cellVoxels(i);
            row[i] = mean;
            finite &= Math.abs(mean) <= Double.MAX_VALUE;
        }
        return finite;
    }

    /** How many voxels a mean is of. */
    private long cellVoxels(int i) {
        return (long) count * (Math.min(sourceLength, (i + 1) * factor) - i * factor);
    }
}
