package org.scaledimaging.engine.block.resample;

import java.util.Arrays;
import java.util.function.Consumer;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Grid;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;

/**
 * Downsampling by block means: voxel i of the result is the mean of the voxels f·i … f·i + f − 1 of the image, of those
 * that exist at the image's end. NaN and infinite voxels are left out; where nothing else is, the mean is NaN.
 *
 * <p>Sums are float64 and always taken in the same order: first the rows of a block in row-major order, then along the
 * row. How an image is cut into blocks therefore never changes a bit of the result.
 */
public final class BlockMean {
    private final int[] factors;
    private final Interval result;
    private final int rowLength;
    private final long rowStart;
    private final double[] sums;
    /** How many voxels were finite; null while they are assumed to be so. */
    private final int[] finite;

    private final int[] rowCount;

    private BlockMean(Interval result, int[] factors, Interval source, boolean careful) {
        this.factors = factors;
        this.result = result;
        int last = factors.length - 1;
        this.rowStart = source.min(last);
        this.rowLength = Math.toIntExact(source.length(last));
        int rows = result.voxels() / Math.toIntExact(result.length(last));
        this.sums = new double[rows * rowLength];
        this.finite = careful ? new int[rows * rowLength] : null;
        this.rowCount = new int[rows];
    }

    /** Where the voxels of a source lie that make up an interval of the result. */
    public static Interval sourceOf(Interval result, int[] factors, long[] sourceShape) {
        long[] min = result.mins();
        long[] max = result.maxs();
        for (int d = 0; d < min.length; d++) {
            min[d] *= factors[d];
            max[d] = Math.min(sourceShape[d], max[d] * factors[d]);
        }
        return Interval.between(min, max);
    }

    /** Where the means of a source interval lie in the result. */
    public static Interval resultOf(Interval source, int[] factors) {
        long[] min = source.mins();
        long[] max = source.maxs();
        for (int d = 0; d < min.length; d++) {
            if (min[d] % factors[d] != 0) {
                throw new IllegalArgumentException(source + " does not start at a multiple of the factors");
            }
            min[d] /= factors[d];
            max[d] = Grid.covering(max[d], factors[d]);
        }
        return Interval.between(min, max);
    }

    /**
     * Downsamples a block.
     *
     * @param source starts at a multiple of the factor on each axis, and ends at one or at the image's end
     * @param factors per axis, at least 1
     * @param type of the result; integers are rounded to the nearest
     */
    public static Block downsample(Block source, int[] factors, PixelType type) {
        Interval result = resultOf(source.interval(), factors);
        Block means = Block.allocate(type, result);
        try {
            downsample(result, factors, source.interval(), slab -> source, means);
        } catch (java.io.IOException e) {
            throw new IllegalStateException("a block in memory cannot fail", e);
        }
        return means;
    }

    /** Gives the voxels of an interval. */
    @FunctionalInterface
    public interface Reader {
        /** Reads a part of the image; not more than is asked for is used. */
        Block read(Interval slab) throws java.io.IOException;
    }

    /**
     * Downsamples what is read slab by slab, so that a block of the result may be larger at full resolution than memory.
     *
     * @param source all the voxels that {@code result} is made of
     * @param reader called for slabs of the source, in row-major order of the first axis; from the second on perhaps twice
     * @param target of any type, holds {@code result}
     */
    public static void downsample(Interval result, int[] factors, Interval source, Reader reader, Block target)
            throws java.io.IOException {
        Block first = reader.read(source);
        boolean quick = first.interval().equals(source)
                ? RowMeans.downsample(first, factors, target)
                : accumulate(result, factors, source, first, reader, target, false);
        if (!quick) {
            accumulate(result, factors, source, first, reader, target, true);
        }
    }

    private static boolean accumulate(
            Interval result, int[] factors, Interval source, Block first, Reader reader, Block target, boolean careful)
            throws java.io.IOException {
        BlockMean mean = new BlockMean(result, factors, source, careful);
        eachSlab(source, first, reader, mean::add);
        return mean.finish(target);
    }

    /**
     * Goes through the slabs of a source.
     *
     * @param first what the reader gave for the whole source
     */
    static void eachSlab(Interval source, Block first, Reader reader, Consumer<Block> visitor)
            throws java.io.IOException {
        Block slab = first;
        visitor.accept(slab);
        while (slab.interval().max(0) < source.max(0)) {
            long[] min = source.mins();
            min[0] = slab.interval().max(0);
            slab = reader.read(Interval.between(min, source.maxs()));
            visitor.accept(slab);
        }
    }

    /** Adds the rows of a block to the sums: one addition a voxel, along contiguous rows. */
    private void add(Block block) {
        Interval interval = block.interval();
        int axes = factors.length;
        int rows = interval.voxels() / rowLength;
        long[] index = interval.mins();
        for (int row = 0; row < rows; row++) {
            int target = 0;
            for (int d = 0; d < axes - 1; d++) {
                target = target * (int) result.length(d) + (int) (index[d] / factors[d] - result.min(d));
            }
            rowCount[target]++;
            if (finite == null) {
                addRow(block, row * rowLength, sums, target * rowLength, rowLength);
            } else {
                addFinite(block, row * rowLength, target * rowLength);
            }
            interval.advance(index, axes - 2);
        }
    }

    /** Adds a row of a block to sums. */
    static void addRow(Block block, int from, double[] target, int to, int length) {
        switch (block.pixelType()) {
            case UINT8 -> {
                byte[] voxels = (byte[]) block.voxels();
                for (int i = 0; i < length; i++) {
                    target[to + i] += voxels[from + i] & 0xff;
                }
            }
            case INT16 -> {
                short[] voxels = (short[]) block.voxels();
                for (int i = 0; i < length; i++) {
                    target[to + i] += voxels[from + i];
                }
            }
            case UINT16 -> {
                short[] voxels = (short[]) block.voxels();
                for (int i = 0; i < length; i++) {
                    target[to + i] += voxels[from + i] & 0xffff;
                }
            }
            case FLOAT32 -> {
                float[] voxels = (float[]) block.voxels();
                for (int i = 0; i < length; i++) {
                    target[to + i] += voxels[from + i];
                }
            }
            case FLOAT64 -> {
                double[] voxels = (double[]) block.voxels();
                for (int i = 0; i < length; i++) {
                    target[to + i] += voxels[from + i];
                }
            }
            default -> {
                double[] row = row(block, from, length);
                for (int i = 0; i < length; i++) {
                    target[to + i] += row[i];
                }
            }
        }
    }

    private void addFinite(Block block, int from, int to) {
        double[] row = row(block, from, rowLength);
        for (int i = 0; i < rowLength; i++) {
            if (Double.isFinite(row[i])) {
                sums[to + i] += row[i];
                finite[to + i]++;
            }
        }
    }

    private static double[] row(Block block, int from, int rowLength) {
        double[] row = new double[rowLength];
        PixelConversion.convert(block.pixelType(), block.voxels(), from, PixelType.FLOAT64, row, rowLength);
        return row;
    }

    /** Sums along the rows and divides; false when a mean is not finite and voxels were not looked at singly. */
    private boolean finish(Block target) {
        int last = factors.length - 1;
        int factor = factors[last];
        int length = Math.toIntExact(result.length(last));
        Block exact = Block.allocate(PixelType.FLOAT64, result);
        double[] means = (double[]) exact.voxels();
        boolean allFinite = true;
        for (int row = 0; row < rowCount.length; row++) {
            for (int i = 0; i < length; i++) {
                int start = (int) ((result.min(last) + i) * factor - rowStart);
                int end = Math.min(rowLength, start + factor);
                double sum = 0;
                long count = 0;
                for (int j = row * rowLength + start; j < row * rowLength + end; j++) {
                    sum += sums[j];
                    count += finite == null ? rowCount[row] : finite[j];
                }
                double mean = sum / count; // 0 / 0 is NaN: nothing finite there
                means[row * length + i] = mean;
                allFinite &= Double.isFinite(mean);
            }
        }
        if (!allFinite && finite == null) {
            return false;
        }
        target.convertFrom(exact);
        return true;
    }

    @Override
    public String toString() {
        return "block means by " + Arrays.toString(factors) + " of " + result;
    }
}
