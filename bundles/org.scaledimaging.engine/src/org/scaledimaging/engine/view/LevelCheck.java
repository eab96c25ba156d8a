package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.Arrays;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.resample.BlockMean;
import org.scaledimaging.engine.block.resample.LabelMode;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;

/**
 * Finds out by a few voxels whether a level of a pyramid holds the means of blocks of a finer level (of labels, the most
 * frequent ones), where its metadata do not say so. In each quarter or octant of the image it looks at a small box around
 * the place of the greatest contrast. The means have to explain the level's voxels much better than whatever else is usual:
 * a single voxel of the block, the first, middle or last, or a mean around the first one.
 *
 * <p>Where nothing tells these apart, as in an empty image, the answer is no. The places depend on the image alone.
 */
final class LevelCheck {
    private static final int BOX = 6;
    private static final int MOST_READ = 1 << 21;

    /** The means' sum of squared differences is at most this part of every other's. */
    private static final double BETTER = 0.2;

    /** Below this, in units of rounding, a sum of squared differences tells nothing. */
    private static final double TELLING = 16;

    private final ImageSource fine;
    private final ImageSource coarse;
    private final ImageSource coarsest;
    private final int[] factors;
    private final Volumes volumes;
    private final boolean labels;
    /** Of the means, and of the others, in the order of {@link #others}. */
    private double meansError;

    private final double[] errors = new double[4];
    private double largest;

    private LevelCheck(ImageSource fine, ImageSource coarse, ImageSource coarsest, int[] ratio) {
        AxisOrder order = Volumes.spatialLast(fine.metadata());
        this.fine = TransposedSource.of(fine, order);
        this.coarse = TransposedSource.of(coarse, order);
        this.coarsest = TransposedSource.of(coarsest, order);
        this.volumes = Volumes.of(this.fine.metadata());
        this.factors = new int[order.axes()];
        Arrays.fill(factors, 1);
        System.arraycopy(ratio, 0, factors, order.axes() - ratio.length, ratio.length);
        this.labels = fine.metadata().labels();
    }

    /**
     * @param ratio how many voxels of the fine level one of the coarse is, per spatial axis
     * @param coarsest level of the image, to look for contrast in
     */
    static boolean areBlockMeans(ImageSource fine, ImageSource coarse, int[] ratio, ImageSource coarsest)
            throws IOException {
        return new LevelCheck(fine, coarse, coarsest, ratio).check();
    }

    private boolean check() throws IOException {
        int spatial = factors.length - volumes.leadingAxes();
        int count = volumes.count();
        for (int octant = 0; octant < 1 << spatial; octant++) {
            long[] volume = volumes.indexOf((int) ((long) octant * count >> spatial));
            double[] place = contrast(volume, octant);
            if (place != null) {
                compare(volume, place);
            }
        }
        boolean whole = coarse.metadata().pixelType().isInteger();
        double rounding = whole ? 1 : 1e-5 * largest;
        for (double error : errors) {
            if (error < TELLING * rounding * rounding || meansError > BETTER * error) {
                return false;
            }
        }
        return true;
    }

    /**
     * Where neighbours differ most in a part of the coarsest level, as fractions of the image's length; null where none do.
     * The middle of the part where the level is too large to look at.
     */
    private double[] contrast(long[] volume, int octant) throws IOException {
        Interval region = volumes.spatial(coarsest.metadata().interval());
        int n = region.axes();
        long[] min = region.mins();
        long[] max = region.maxs();
        double voxels = 1;
        for (int d = 0; d < n; d++) {
            long middle = (max[d] + 1) / 2;
            if ((octant >> d & 1) == 0) {
                max[d] = Math.max(1, middle);
            } else {
                min[d] = Math.min(max[d] - 1, middle);
            }
            voxels *= max[d] - min[d];
        }
        Interval part = Interval.between(min, max);
        double[] place = new double[n];
        if (voxels > MOST_READ) {
            for (int d = 0; d < n; d++) {
                place[d] = (min[d] + max[d]) / 2.0 / region.length(d);
            }
            return place;
        }
        double[] values = values(coarsest.read(volumes.inVolume(volume, part)));
        double most = 0;
        int step = 1;
        for (int d = n - 1; d >= 0; d--) {
            int length = (int) part.length(d);
            for (int i = 0; i < values.length; i++) {
                boolean last = i / step % length == length - 1;
                double difference = last ? 0 : Math.abs(values[i + step] - values[i]);
                if (difference > most && Double.isFinite(difference)) {
                    most = difference;
                    int rest = i;
                    for (int e = n - 1; e >= 0; e--) {
                        place[e] = (min[e] + rest % part.length(e) + 0.5) / region.length(e);
                        rest /= (int) part.length(e);
                    }
                }
            }
            step *= length;
        }
        return most > 0 ? place : null;
    }

    private static double[] values(Block block) {
        return (double[]) block.convert(PixelType.FLOAT64).voxels();
    }

    /** Compares a box of the coarse level with what it is at the fine one. */
    private void compare(long[] volume, double[] place) throws IOException {
        Interval region = volumes.spatial(coarse.metadata().interval());
        Interval all = volumes.spatial(fine.metadata().interval());
        int n = place.length;
        int leading = volumes.leadingAxes();
        double read = 1;
        for (int d = 0; d < n; d++) {
            read *= factors[leading + d] * (BOX + 1.0);
        }
        int box = (int) Math.max(2, Math.min(BOX, BOX * Math.pow(MOST_READ / read, 1.0 / n)));
        long[] min = new long[n];
        long[] max = new long[n];
        long[] fineMin = new long[n];
        long[] fineMax = new long[n];
        double needed = 1;
        for (int d = 0; d < n; d++) {
            int factor = factors[leading + d];
            long whole = Math.min(
                    region.length(d), all.length(d) / factor); // blocks at the end differ from writer to writer
            long size = Math.min(box, whole);
            if (size == 0) {
                return;
            }
            long wanted = (long) (place[d] * region.length(d)) - size / 2;
            min[d] = Math.max(Math.min(1, whole - size), Math.min(whole - size, wanted));
            max[d] = min[d] + size;
            fineMin[d] = Math.max(0, min[d] - 1) * factor;
            fineMax[d] = max[d] * factor;
            needed *= fineMax[d] - fineMin[d];
        }
        if (needed > 4.0 * MOST_READ) {
            return; // too coarse for a few voxels: in doubt
        }
        Interval coarseBox = volumes.inVolume(volume, Interval.between(min, max));
        Block level = coarse.read(coarseBox);
        Block finer = fine.read(volumes.inVolume(volume, Interval.between(fineMin, fineMax)));
        Block means =
                labels ? LabelMode.downsample(finer, factors) : BlockMean.downsample(finer, factors, PixelType.FLOAT64);
        Block expected = Block.allocate(means.pixelType(), coarseBox);
        expected.copyFrom(means);
        add(level.convert(PixelType.FLOAT64), expected.convert(PixelType.FLOAT64), finer.convert(PixelType.FLOAT64));
    }

    private void add(Block read, Block expected, Block finer) {
        Interval coarseBox = read.interval();
        double[] level = values(read);
        double[] means = values(expected);
        long[] index = coarseBox.mins();
        for (int i = 0; i < level.length; i++) {
            double[] others = others(index, finer);
            boolean finite = Double.isFinite(level[i]) && Double.isFinite(means[i]);
            for (double other : others) {
                finite &= Double.isFinite(other);
            }
            if (finite) {
                largest = Math.max(largest, Math.abs(level[i]));
                meansError += error(level[i], means[i]);
                for (int k = 0; k < others.length; k++) {
                    errors[k] += error(level[i], others[k]);
                }
            }
            coarseBox.advance(index, index.length - 1);
        }
    }

    private double error(double found, double expected) {
        return labels ? (found == expected ? 0 : 1) : (found - expected) * (found - expected);
    }

    /** The first, the middle and the last voxel of a block, and the mean around the first (of labels, the first again). */
    private double[] others(long[] index, Block finer) {
        int n = index.length;
        long[] first = new long[n];
        long[] middle = new long[n];
        long[] last = new long[n];
        long[] from = new long[n];
        long[] end = new long[n];
        for (int d = 0; d < n; d++) {
            first[d] = index[d] * factors[d];
            middle[d] = first[d] + factors[d] / 2;
            last[d] = first[d] + factors[d] - 1;
            from[d] = Math.max(finer.interval().min(d), first[d] - factors[d] / 2);
            end[d] = middle[d] + 1;
        }
        double around = 0;
        int count = 0;
        if (labels) {
            around = at(first, finer);
            count = 1;
        } else {
            for (long[] position : Interval.between(from, end).positions()) {
                around += at(position, finer);
                count++;
            }
        }
        return new double[] {at(first, finer), at(middle, finer), at(last, finer), around / count};
    }

    private static double at(long[] position, Block doubles) {
        return ((double[]) doubles.voxels())[(int) doubles.interval().number(position)];
    }
}
