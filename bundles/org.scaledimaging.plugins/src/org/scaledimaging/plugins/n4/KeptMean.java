package org.scaledimaging.plugins.n4;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.plugin.LowResolutionImage;

/**
 * The constant that a field is divided by so that the image keeps its grey scale. N4 looks for the field that makes the
 * histogram sharpest, and a histogram is as sharp wherever it lies: what the field's mean is, is left to chance.
 *
 * <p>The mean that is kept is that of the low-resolution voxels that take part in the estimate and are above 0, also of
 * those that shrinking skips, each counted once whatever its weight. Sums are taken in the order of voxels, in float64, so
 * that they do not depend on threads.
 */
final class KeptMean {
    /** About so many voxels of the field are held at once. */
    private static final int AT_ONCE = 1 << 16;

    private KeptMean() {}

    /**
     * The same field, divided by that constant.
     *
     * @param voxels of the low-resolution image, row-major
     * @param mask of the same size, false for voxels to leave out; null for none
     * @param weights of the same size, left out where not above 0; null for all 1
     */
    static SplineField of(
            SplineField field, float[] voxels, boolean[] mask, float[] weights, LowResolutionImage image) {
        Interval region = image.voxels().interval();
        int slice = 1;
        for (int d = 1; d < region.axes(); d++) {
            slice *= Math.toIntExact(region.length(d));
        }
        long slices = Math.max(1, AT_ONCE / slice);
        double[] bias = new double[Math.toIntExact(Math.min(slices, region.length(0)) * slice)];
        double before = 0;
        double after = 0;
        int at = 0;
        for (long first = 0; first < region.length(0); first += slices) {
            Interval part = slices(region, first, Math.min(slices, region.length(0) - first));
            field.evaluate(0, image.factors(), new Block(PixelType.FLOAT64, part, bias));
            int size = part.voxels();
            for (int i = 0; i < size; i++, at++) {
                float voxel = voxels[at];
                boolean takesPart = (mask == null || mask[at]) && (weights == null || weights[at] > 0);
                if (takesPart && voxel > 0 && voxel <= Float.MAX_VALUE) {
                    before += voxel;
                    after += voxel / bias[i];
                }
            }
        }
        double constant = before / after;
        return constant > 0 && Double.isFinite(constant) ? field.dividedBy(constant) : field;
    }

    private static Interval slices(Interval region, long first, long count) {
        long[] min = new long[region.axes()];
        long[] shape = new long[region.axes()];
        for (int d = 0; d < min.length; d++) {
            min[d] = region.min(d) + (d == 0 ? first : 0);
            shape[d] = d == 0 ? count : region.length(d);
        }
        return Interval.at(min, shape);
    }
}
