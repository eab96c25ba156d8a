package org.scaledimaging.plugins.gaussian;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.Otsu;

/**
 * The grey scale before and after division by a smoothed volume, seen on the low-resolution image.
 *
 * <p>The mean that is to be kept is taken over the voxels above Otsu's threshold (Otsu 1979, 256 bins between the least
 * and the greatest value): a dark background, which division makes as bright as everything else, has no part in it. Where
 * all finite voxels are the same, it is taken over all of them. Sums are taken in the order of voxels, so that they do
 * not depend on threads.
 *
 * @param voxels that are finite
 * @param negative of these, that are below 0
 * @param notPositive of these, where the smoothed image is below 0, or is 0 and the image is not
 * @param lowest of the smoothed image where it is above 0 and the image above the threshold
 * @param highest likewise
 * @param constant what the smoothed image has to be divided by, so that the mean stays; 1 where there is none to keep
 */
record GreyScale(long voxels, long negative, long notPositive, double lowest, double highest, double constant) {
    private static final int BINS = 256;
    private static final int AT_ONCE = 1 << 13;

    /** Up to which part of the voxels the smoothed image may fail to be above 0: a few odd ones are in every image. */
    private static final double TRACE = 0.001;

    /** Up to which part of the voxels may be below 0 without a word. */
    private static final double FEW = 0.01;

    /** No light source, coil or depth makes one part of an image so many times brighter than another. */
    private static final double PLAUSIBLE = 100;

    private static final String WAYS_OUT =
            "first add an offset (the plugin normalize with outputMin=100, outputMax=1100"
                    + " and clamp=true), or use the plugin background, which subtracts";

    /** Takes the voxels one by one, in their order, with what smoothing made of them. */
    static final class Tally {
        private final double threshold;
        private long voxels;
        private long negative;
        private long notPositive;
        private double lowest = Double.POSITIVE_INFINITY;
        private double highest;
        private double before;
        private double after;

        /** @param image float32 or float64, not smoothed yet; not looked at any more from then on */
        Tally(Block image) {
            this.threshold = threshold(image);
        }

        void add(double v, double s) {
            if (!Double.isFinite(v)) {
                return;
            }
            voxels++;
            negative += v < 0 ? 1 : 0;
            if (s < 0 || s == 0 && v != 0) {
                notPositive++;
            }
            if (s > 0 && v > threshold) {
                lowest = Math.min(lowest, s);
                highest = Math.max(highest, s);
                before += v;
                after += v / s;
            }
        }

        GreyScale result() {
            double constant = before / after;
            boolean usable = before > 0 && after > 0 && Double.isFinite(constant) && constant > 0;
            return new GreyScale(voxels, negative, notPositive, lowest, highest, usable ? constant : 1);
        }
    }

    /** Gets some voxels as float64; the array may be longer. */
    @FunctionalInterface
    private interface Reader {
        void read(double[] values, int count);
    }

    /** Hands over all voxels, some at a time: no copy of the volume is held, and none comes by a call of its own. */
    private static void read(Block image, Reader reader) {
        double[] values = new double[AT_ONCE];
        for (int from = 0; from < image.size(); from += AT_ONCE) {
            int count = Math.min(AT_ONCE, image.size() - from);
            PixelConversion.convert(image.pixelType(), image.voxels(), from, PixelType.FLOAT64, values, count);
            reader.read(values, count);
        }
    }

    private static double threshold(Block image) {
        double[] ends = {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        read(image, (values, count) -> {
            for (int i = 0; i < count; i++) {
                if (Double.isFinite(values[i])) {
                    ends[0] = Math.min(ends[0], values[i]);
                    ends[1] = Math.max(ends[1], values[i]);
                }
            }
        });
        double low = ends[0];
        double range = ends[1] - low;
        if (!(range > 0) || Double.isInfinite(range)) {
            return Double.NEGATIVE_INFINITY;
        }
        long[] counts = new long[BINS];
        read(image, (values, count) -> {
            for (int i = 0; i < count; i++) {
                if (Double.isFinite(values[i])) {
                    counts[Math.min(BINS - 1, (int) ((values[i] - low) / range * BINS))]++;
                }
            }
        });
        List<Long> bins = Arrays.stream(counts).boxed().toList();
        double centre = Otsu.thresholds(new Histogram(low, ends[1], bins), 2)[0];
        return centre + range / BINS / 2; // the end of the last bin below
    }

    /**
     * Says what a user has to know before the image is divided.
     *
     * @param allowed whether the smoothed image may fail to be above 0
     * @throws ParameterException when it does, in more than a trace of the voxels
     */
    void check(boolean allowed, Execution execution) throws ParameterException {
        if (notPositive > TRACE * voxels) {
            double percent = 100.0 * notPositive / voxels;
            String part = String.format(Locale.ROOT, percent < 10 ? "%.2g %%" : "%.0f %%", percent);
            if (!allowed) {
                throw new ParameterException(
                        "Image for the plugin gaussian",
                        "values that are not above 0 in " + part + " of the smoothed image",
                        "an image above 0, since it is divided by that: " + WAYS_OUT
                                + ", or set allowNonPositive=true to go on");
            }
            execution.tell(Notice.warning("The smoothed image is not above 0 in " + part
                    + " of its voxels: divided by 2^-23, values there mean nothing."));
        } else if (negative > FEW * voxels) {
            execution.tell(Notice.warning(String.format(
                    Locale.ROOT,
                    "%.0f %% of the voxels are below 0: they make the field smaller around them, and are divided by it"
                            + " like the rest. If they show something, %s.",
                    100.0 * negative / voxels,
                    WAYS_OUT)));
        }
        if (highest > PLAUSIBLE * lowest) {
            execution.tell(Notice.warning(String.format(
                    Locale.ROOT,
                    "The field is %.0f times as large in one place as in another: more than a bias field is likely to"
                            + " be. A larger sigma makes it smoother.",
                    highest / lowest)));
        }
    }

    /** Makes the smoothed image the field by which division keeps the mean. */
    void divideField(Block smooth) {
        if (smooth.voxels() instanceof float[] floats) {
            for (int i = 0; i < smooth.size(); i++) {
                floats[i] = (float) (floats[i] / constant);
            }
        } else {
            double[] doubles = (double[]) smooth.voxels();
            for (int i = 0; i < smooth.size(); i++) {
                doubles[i] /= constant;
            }
        }
    }
}
