package org.scaledimaging.plugins.normalize;

import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.plugin.Field;

/**
 * A field that is the same everywhere.
 *
 * @param values float64, one for each channel
 */
record Constants(Block values) implements Field {

    static Constants of(double... values) {
        return new Constants(new Block(PixelType.FLOAT64, Interval.ofShape(values.length), values));
    }

    @Override
    public int channels() {
        return values.size();
    }

    @Override
    public List<Block> coefficients() {
        return List.of(values);
    }

    @Override
    public void evaluate(int channel, int[] steps, Interval region, float[] target) {
        Arrays.fill(target, 0, region.voxels(), (float) value(channel));
    }

    @Override
    public void evaluate(int channel, int[] steps, Interval region, double[] target) {
        Arrays.fill(target, 0, region.voxels(), value(channel));
    }

    private double value(int channel) {
        return ((double[]) values.voxels())[channel];
    }
}
