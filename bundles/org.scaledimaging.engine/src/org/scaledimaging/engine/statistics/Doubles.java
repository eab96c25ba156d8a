package org.scaledimaging.engine.statistics;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelConversion;
import org.scaledimaging.engine.block.PixelType;

/** Voxels as float64, in an array that is used again; exact but for 64-bit integers beyond 2^53. */
final class Doubles {
    private double[] array = new double[0];

    /** The block's voxels; what is beyond them in the array is undefined. */
    double[] of(Block block) {
        if (block.voxels() instanceof double[] voxels) {
            return voxels;
        }
        if (array.length < block.size()) {
            array = new double[block.size()];
        }
        PixelConversion.convert(block.pixelType(), block.voxels(), PixelType.FLOAT64, array, block.size());
        return array;
    }
}
