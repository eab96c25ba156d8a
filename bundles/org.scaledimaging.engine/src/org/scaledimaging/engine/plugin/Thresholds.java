package org.scaledimaging.engine.plugin;

import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;

/**
 * Labels voxels by thresholds: a voxel's label is the number of thresholds below it, or, inclusive, not above it. NaN
 * gets label 0.
 *
 * @param values ascending
 */
public record Thresholds(double[] values, boolean inclusive) implements Labelling {

    @Override
    public void label(Block voxels, Block labels) {
        for (double value : values) {
            // The smallest number above the threshold, so that both comparisons are one.
            double least = inclusive ? value : Math.nextUp(value);
            boolean reachable = inclusive || value < Double.POSITIVE_INFINITY;
            if (reachable) {
                raise(voxels, least, labels);
            }
        }
    }

    /** Adds 1 to the label of each voxel that is at least so much. */
    private static void raise(Block voxels, double least, Block labels) {
        int size = voxels.size();
        if (labels.voxels() instanceof byte[] target) {
            if (voxels.voxels() instanceof float[] values) {
                for (int i = 0; i < size; i++) {
                    target[i] += (byte) (values[i] >= least ? 1 : 0);
                }
            } else {
                double[] values = (double[]) voxels.voxels();
                for (int i = 0; i < size; i++) {
                    target[i] += (byte) (values[i] >= least ? 1 : 0);
                }
            }
            return;
        }
        short[] target = (short[]) labels.voxels();
        double[] values = (double[]) voxels.convert(PixelType.FLOAT64).voxels();
        for (int i = 0; i < size; i++) {
            target[i] += (short) (values[i] >= least ? 1 : 0);
        }
    }
}
