package org.scaledimaging.plugins.normalize;

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
    public void evaluate(int channel, int[] steps, Block target) {
        target.fill(((double[]) values.voxels())[channel]);
    }
}
