package org.scaledimaging.engine.statistics;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Progress;

/**
 * Exact percentiles of the finite values of some blocks, without sorting them or holding more than one block: the bits
 * of the wanted values are found 16 at a time, by counting those of all values that begin with the bits known so far.
 * It takes five passes over all blocks, whatever the number of values.
 */
public final class ExactPercentiles {
    private static final int BITS = 16;
    private static final int AT_ONCE = 1 << 14;
    private static final int PASSES = 1 + Long.SIZE / BITS;

    /** Takes values one by one. */
    @FunctionalInterface
    private interface Visitor {
        void visit(double value);
    }

    /** Gives one block after the other; asked for each several times. */
    @FunctionalInterface
    public interface Blocks {
        /** A block by its number, from 0; of any pixel type. */
        Block get(int number) throws IOException;
    }

    private final Blocks blocks;
    private final int blockCount;
    private final Progress progress;
    private int passes;

    private ExactPercentiles(Blocks blocks, int blockCount, Progress progress) {
        this.blocks = blocks;
        this.blockCount = blockCount;
        this.progress = progress;
    }

    /**
     * Percentiles, interpolated linearly between the two values nearest in rank (method 7 of Hyndman and Fan 1996).
     *
     * @param blocks of any pixel type
     * @param blockCount how many there are
     * @param percentages 0 to 100
     * @return one for each percentage; NaN where there is no finite value
     * @throws java.util.concurrent.CancellationException when the progress says so
     */
    public static double[] of(Blocks blocks, int blockCount, Progress progress, double... percentages)
            throws IOException {
        ExactPercentiles statistics = new ExactPercentiles(blocks, blockCount, progress);
        long count = statistics.count();
        double[] found = new double[percentages.length];
        if (count == 0) {
            Arrays.fill(found, Double.NaN);
            return found;
        }
        long[] ranks = new long[2 * percentages.length];
        for (int p = 0; p < percentages.length; p++) {
            ranks[2 * p] = (long) (percentages[p] / 100 * (count - 1));
            ranks[2 * p + 1] = Math.min(count - 1, ranks[2 * p] + 1);
        }
        double[] values = statistics.select(ranks);
        for (int p = 0; p < found.length; p++) {
            double fraction = percentages[p] / 100 * (count - 1) - ranks[2 * p];
            double below = values[2 * p];
            double above = values[2 * p + 1];
            found[p] = fraction == 0 ? below : below * (1 - fraction) + above * fraction;
        }
        return found;
    }

    private long count() throws IOException {
        long[] count = new long[1];
        forEach(value -> count[0]++);
        return count[0];
    }

    /** The values of some ranks, from 0 for the smallest. */
    private double[] select(long[] ranks) throws IOException {
        long[] rest = ranks.clone();
        long[] known = new long[ranks.length]; // the first bits of each
        for (int shift = Long.SIZE - BITS; shift >= 0; shift -= BITS) {
            long[][] counts = new long[ranks.length][];
            int[] same = new int[ranks.length]; // which one's counts serve
            for (int r = 0; r < ranks.length; r++) {
                same[r] = r;
                for (int earlier = r - 1; earlier >= 0; earlier--) {
                    same[r] = known[earlier] == known[r] ? earlier : same[r];
                }
                counts[r] = same[r] == r ? new long[1 << BITS] : null;
            }
            count(known, counts, shift);
            for (int r = 0; r < ranks.length; r++) {
                long[] histogram = counts[same[r]];
                int bin = 0;
                while (rest[r] >= histogram[bin]) {
                    rest[r] -= histogram[bin++];
                }
                known[r] = known[r] << BITS | bin;
            }
        }
        return Arrays.stream(known).mapToDouble(ExactPercentiles::value).toArray();
    }

    /** Counts the next bits of all values whose first bits are known ones. */
    private void count(long[] known, long[][] counts, int shift) throws IOException {
        boolean first = shift == Long.SIZE - BITS;
        forEach(value -> {
            long key = key(value);
            long begin = first ? 0 : key >>> shift + BITS;
            for (int r = 0; r < known.length; r++) {
                if (counts[r] != null && known[r] == begin) {
                    counts[r][(int) (key >>> shift) & (1 << BITS) - 1]++;
                }
            }
        });
    }

    private void forEach(Visitor visitor) throws IOException {
        double[] values = new double[AT_ONCE];
        for (int number = 0; number < blockCount; number++) {
            Block block = blocks.get(number);
            for (int done = 0; done < block.size(); done += AT_ONCE) {
                progress.checkCancelled();
                int length = Math.min(AT_ONCE, block.size() - done);
                PixelConversion.convert(block.pixelType(), block.voxels(), done, PixelType.FLOAT64, values, length);
                for (int i = 0; i < length; i++) {
                    if (Double.isFinite(values[i])) {
                        visitor.visit(values[i]);
                    }
                }
            }
        }
        progress.report((double) ++passes / PASSES, "finding percentiles");
    }

    /** A number that, without sign, is the larger the larger the value is. */
    private static long key(double value) {
        long bits = Double.doubleToRawLongBits(value);
        return bits < 0 ? ~bits : bits ^ Long.MIN_VALUE;
    }

    private static double value(long key) {
        return Double.longBitsToDouble(key < 0 ? key ^ Long.MIN_VALUE : ~key);
    }
}
