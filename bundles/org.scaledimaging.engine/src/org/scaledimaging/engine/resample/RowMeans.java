package org.scaledimaging.engine.resample;

import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelConversion;
import org.scaledimaging.engine.image.PixelType;

/**
 * The quick way to block means, when all voxels are at hand and finite: one row of the result at a time, so that the sums
 * stay in the first-level cache. The same additions in the same order as {@link BlockMean}, hence the same bits.
 */
final class RowMeans {
    private RowMeans() {}

    /**
     * @param means receives the result
     * @return false when a mean is not finite; {@code means} is then undefined
     */
    static boolean downsample(Block source, int[] factors, Block means) {
        Interval from = source.interval();
        Interval to = means.interval();
        int last = factors.length - 1;
        int sourceLength = (int) from.length(last);
        int length = (int) to.length(last);
        int rows = to.voxels() / length;
        double[] sums = new double[sourceLength];
        double[] row = new double[length];
        int mostRows = 1;
        for (int d = 0; d < last; d++) {
            mostRows *= (int) Math.min(factors[d], from.length(d));
        }
        int[] starts = new int[mostRows];
        double[] all = means.pixelType() == PixelType.FLOAT32 ? null : new double[rows * length];
        long[] index = to.mins();
        for (int r = 0; r < rows; r++) {
            java.util.Arrays.fill(sums, 0);
            int count = rowsOf(from, factors, index, 0, 0, starts, 0);
            add(source, starts, count, sums);
            if (!finish(sums, factors[last], count, row)) {
                return false;
            }
            if (all == null) {
                float[] target = (float[]) means.voxels();
                for (int i = 0; i < length; i++) {
                    target[r * length + i] = (float) row[i];
                }
            } else {
                System.arraycopy(row, 0, all, r * length, length);
            }
            for (int d = last - 1; d >= 0 && ++index[d] == to.max(d); d--) {
                index[d] = to.min(d);
            }
        }
        if (all != null) {
            PixelConversion.convert(PixelType.FLOAT64, all, means.pixelType(), means.voxels(), all.length);
        }
        return true;
    }

    /** Where the source rows start that make up a row of the result, in row-major order; returns how many there are. */
    private static int rowsOf(
            Interval from, int[] factors, long[] index, int axis, int offset, int[] starts, int count) {
        if (axis == factors.length - 1) {
            starts[count] = offset * (int) from.length(axis);
            return count + 1;
        }
        long start = index[axis] * factors[axis];
        long end = Math.min(from.max(axis), start + factors[axis]);
        int found = count;
        for (long i = start; i < end; i++) {
            int next = offset * (int) from.length(axis) + (int) (i - from.min(axis));
            found = rowsOf(from, factors, index, axis + 1, next, starts, found);
        }
        return found;
    }

    /** Adds rows one after the other; those of the usual types four at a time, to load and store the sums less often. */
    private static void add(Block source, int[] starts, int count, double[] sums) {
        int next = 0;
        if (source.voxels() instanceof float[] voxels) {
            for (; next + 4 <= count; next += 4) {
                add(voxels, starts[next], starts[next + 1], starts[next + 2], starts[next + 3], sums);
            }
        } else if (source.pixelType() == PixelType.UINT16) {
            for (; next + 4 <= count; next += 4) {
                addUnsigned(
                        (short[]) source.voxels(),
                        starts[next],
                        starts[next + 1],
                        starts[next + 2],
                        starts[next + 3],
                        sums);
            }
        }
        for (; next < count; next++) {
            BlockMean.addRow(source, starts[next], sums, 0, sums.length);
        }
    }

    private static void add(float[] voxels, int a, int b, int c, int d, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = sums[i] + voxels[a + i] + voxels[b + i] + voxels[c + i] + voxels[d + i];
        }
    }

    /** Four values of 16 bits sum up exactly in an int: the same number as four additions in float64. */
    private static void addUnsigned(short[] voxels, int a, int b, int c, int d, double[] sums) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += (voxels[a + i] & 0xffff)
                    + (voxels[b + i] & 0xffff)
                    + (voxels[c + i] & 0xffff)
                    + (voxels[d + i] & 0xffff);
        }
    }

    private static boolean finish(double[] sums, int factor, int rows, double[] row) {
        boolean finite = true;
        for (int i = 0; i < row.length; i++) {
            int start = i * factor;
            int end = Math.min(sums.length, start + factor);
            double sum = 0;
            for (int j = start; j < end; j++) {
                sum += sums[j];
            }
            double mean = sum / ((long) rows * (end - start));
            row[i] = mean;
            finite &= Math.abs(mean) <= Double.MAX_VALUE; // false for NaN, too
        }
        return finite;
    }
}
