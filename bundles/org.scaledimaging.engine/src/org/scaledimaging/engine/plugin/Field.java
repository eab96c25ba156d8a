package org.scaledimaging.engine.plugin;

import java.util.List;
import org.scaledimaging.engine.block.Block;

/**
 * The yield of a plugin's low-resolution step for one volume (a bias field, a background, coefficients): one or more
 * channels that can be evaluated at any resolution. Immutable and thread-safe.
 *
 * <p>A value depends on its position alone, never on the region it is asked for with.
 */
public interface Field {

    /** How many values there are per voxel, at least 1. */
    int channels();

    /**
     * What this field is made of, for storing it: float32 or float64 blocks, from which {@link
     * ScaledProcessingPlugin#field} makes the same field again, to the bit. None for a field that is estimated anew where
     * it is needed again.
     */
    default List<Block> coefficients() {
        return List.of();
    }

    /**
     * Evaluates one channel.
     *
     * @param channel from 0
     * @param steps size of a wanted voxel in full-resolution voxels, per spatial axis in the image's order; all 1 at full
     *     resolution
     * @param target to be filled; its interval is the region of wanted voxels, spatial axes in the image's order; float32,
     *     or float64 for images whose pixel type needs it
     */
    void evaluate(int channel, int[] steps, Block target);
}
