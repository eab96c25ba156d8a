package org.scaledimaging.engine.plugin;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;

/** A plugin made of two functions, without parameters. */
final class FunctionPlugin extends DescribedPlugin implements ScaledProcessingPlugin {
    private final LowResolutionFunction estimate;
    private final DoubleBinaryOperator apply;

    FunctionPlugin(String id, LowResolutionFunction estimate, DoubleBinaryOperator apply) {
        this(
                new PluginDescription(id, id, "A low-resolution and a full-resolution function.", List.of()),
                estimate,
                apply);
    }

    private FunctionPlugin(PluginDescription description, LowResolutionFunction estimate, DoubleBinaryOperator apply) {
        super(description, accepted(description, Map.of()));
        this.estimate = estimate;
        this.apply = apply;
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) {
        Block voxels = image.voxels();
        double[] copy =
                Arrays.copyOf((double[]) voxels.convert(PixelType.FLOAT64).voxels(), voxels.size());
        int[] shape = Arrays.stream(voxels.interval().shape())
                .mapToInt(Math::toIntExact)
                .toArray();
        double[] field = estimate.apply(copy, shape);
        if (field.length != voxels.size()) {
            throw new IllegalArgumentException(
                    "the low-resolution function of " + description().id() + " gave " + field.length
                            + " values for an image of " + Arrays.toString(shape));
        }
        Block values = new Block(PixelType.FLOAT64, voxels.interval(), field);
        return SampledField.of(image, values.convert(voxels.pixelType()));
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        if (block.voxels() instanceof float[] voxels) {
            float[] values = (float[]) field;
            float[] target = (float[]) result.voxels();
            for (int i = 0; i < size; i++) {
                target[i] = (float) apply.applyAsDouble(voxels[i], values[i]);
            }
        } else {
            double[] voxels = (double[]) block.voxels();
            double[] values = (double[]) field;
            double[] target = (double[]) result.voxels();
            for (int i = 0; i < size; i++) {
                target[i] = apply.applyAsDouble(voxels[i], values[i]);
            }
        }
    }
}
