package org.scaledimaging.engine.scaled;

import java.util.List;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelType;
import org.scaledimaging.engine.resample.LinearInterpolation;

/**
 * A field given by its values at the voxels of the low-resolution image; between their centres it is interpolated
 * linearly, beyond the outermost it is constant.
 */
public final class SampledField implements Field {
    private final int[] shape;
    private final int[] factors;
    private final List<Block> channels;

    private SampledField(int[] shape, int[] factors, List<Block> channels) {
        this.shape = shape;
        this.factors = factors;
        this.channels = channels;
    }

    /**
     * @param image the low-resolution image it was estimated on
     * @param channels one or more blocks on the image's grid, all of type float32 or all float64; not to be changed
     *     afterwards
     */
    public static SampledField of(LowResolutionImage image, Block... channels) {
        Interval grid = image.voxels().interval();
        if (channels.length == 0) {
            throw new IllegalArgumentException("a field needs a channel");
        }
        for (Block channel : channels) {
            if (!channel.interval().equals(grid)) {
                throw new IllegalArgumentException(
                        "a field on " + channel.interval() + " for a low-resolution image on " + grid);
            }
            if (channel.pixelType() != channels[0].pixelType()
                    || channel.pixelType().isInteger()) {
                throw new IllegalArgumentException("a field of type " + channel.pixelType());
            }
        }
        int[] shape = {1, 1, 1};
        int[] factors = {1, 1, 1};
        int missing = 3 - grid.axes();
        for (int d = 0; d < grid.axes(); d++) {
            shape[missing + d] = Math.toIntExact(grid.length(d));
            factors[missing + d] = image.factors()[d];
        }
        return new SampledField(shape, factors, List.of(channels));
    }

    @Override
    public int channels() {
        return channels.size();
    }

    /** The samples of each channel. */
    @Override
    public List<Block> coefficients() {
        return channels;
    }

    /** The values of a channel on the low-resolution grid. */
    public Block samples(int channel) {
        return channels.get(channel);
    }

    @Override
    public void evaluate(int channel, int[] steps, Interval region, float[] values) {
        Block samples = channels.get(channel).convert(PixelType.FLOAT32);
        LinearInterpolation.evaluate(
                (float[]) samples.voxels(), 0, shape, factors, threeAxes(steps), threeAxes(region), values);
    }

    @Override
    public void evaluate(int channel, int[] steps, Interval region, double[] values) {
        Block samples = channels.get(channel).convert(PixelType.FLOAT64);
        LinearInterpolation.evaluate(
                (double[]) samples.voxels(), 0, shape, factors, threeAxes(steps), threeAxes(region), values);
    }

    private static int[] threeAxes(int[] steps) {
        return steps.length == 3 ? steps : new int[] {1, steps[0], steps[1]};
    }

    private static Interval threeAxes(Interval region) {
        if (region.axes() == 3) {
            return region;
        }
        return Interval.between(
                new long[] {0, region.min(0), region.min(1)}, new long[] {1, region.max(0), region.max(1)});
    }
}
