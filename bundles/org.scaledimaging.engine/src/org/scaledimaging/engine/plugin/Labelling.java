package org.scaledimaging.engine.plugin;

import java.util.List;
import java.util.function.DoubleToIntFunction;
import org.scaledimaging.engine.block.Block;

/** Gives the voxels of one channel their labels. Immutable and thread-safe. */
@FunctionalInterface
public interface Labelling {

    /**
     * Labels a block's voxels. A label may depend on the voxel at its own place only.
     *
     * @param voxels of the image, at any of its resolutions: float32, or float64 where the image's pixel type needs it;
     *     arrays may be longer than {@code voxels.size()}
     * @param labels to be filled, all 0 before: the same interval, uint8 (a {@code byte[]}), or uint16 ({@code short[]})
     *     where there are more than 256 labels
     */
    void label(Block voxels, Block labels);

    /**
     * A voxel's label is the number of thresholds below it, or, inclusive, not above it. NaN gets label 0.
     *
     * @param values ascending; infinite ones are allowed
     * @throws IllegalArgumentException when they are not
     */
    static Labelling thresholds(List<Double> values, boolean inclusive) {
        for (int i = 0; i < values.size(); i++) {
            if (values.get(i).isNaN() || i > 0 && values.get(i) < values.get(i - 1)) {
                throw new IllegalArgumentException("thresholds " + values);
            }
        }
        return new Thresholds(values.stream().mapToDouble(Double::doubleValue).toArray(), inclusive);
    }

    /**
     * A voxel's label is a function of its value.
     *
     * @param label gets any value of the image, also NaN and infinite ones; gives 0 to one fewer than there are labels
     */
    static Labelling ofVoxels(DoubleToIntFunction label) {
        return (voxels, labels) -> {
            int size = voxels.size();
            for (int i = 0; i < size; i++) {
                double value = voxels.voxels() instanceof float[] values ? values[i] : ((double[]) voxels.voxels())[i];
                if (labels.voxels() instanceof byte[] target) {
                    target[i] = (byte) label.applyAsInt(value);
                } else {
                    ((short[]) labels.voxels())[i] = (short) label.applyAsInt(value);
                }
            }
        };
    }
}
