package org.example.plugins;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.ParameterImage;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/**
 * Evens out brightness: subtracts the mean of a box around each voxel, or divides by it. Voxels outside a mask and voxels
 * that are not finite have no weight in these means; where a box holds none with weight, the mean of all is taken.
 */
public final class Flatten implements ScaledProcessingPlugin {
    static final PluginDescription DESCRIPTION = new PluginDescription(
            "flatten",
            "Flatten",
            "Subtracts the mean of a box around each voxel, or divides by it.",
            List.of(
                    Parameter.choice("how", "divide", List.of("divide", "subtract"), "What to do with the mean."),
                    Parameter.integers(
                            "radius",
                            List.of(3L),
                            0,
                            1000,
                            "low-resolution voxels",
                            "Half the size of the box: one for all axes, or one for each."),
                    Parameter.integer("passes", 2, 1, 10, "", "How often to take the means, of means."),
                    Parameter.number("strength", 1, 0, 1, "", "How much of the unevenness to take away."),
                    Parameter.bool("keepBrightness", true, "Leave the mean of the whole image as it is."),
                    Parameter.image("mask", "none", List.of("none"), "Where this is not 0, voxels count.")));

    private final ParameterValues parameters;
    private final boolean divide;

    Flatten(ParameterValues parameters) {
        this.parameters = parameters;
        this.divide = parameters.text("how").equals("divide");
    }

    @Override
    public PluginDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ParameterValues parameters() {
        return parameters;
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) throws ParameterException, IOException {
        int[] shape = Arrays.stream(image.voxels().interval().shape())
                .mapToInt(Math::toIntExact)
                .toArray();
        int[] radius = radius(shape.length);
        double[] values = values(image.voxels());
        double[] weights = weights(image, execution);
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                values[i] = 0;
                weights[i] = 0;
            }
            sum += values[i] * weights[i];
            weight += weights[i];
        }
        double mean = weight == 0 ? 0 : sum / weight;
        BoxMean box = new BoxMean(shape, radius);
        long passes = parameters.integer("passes");
        for (int pass = 0; pass < passes; pass++) {
            execution.progress().checkCancelled();
            values = box.means(values, weights, mean);
            Arrays.fill(weights, 1);
            execution.progress().report((pass + 1.0) / passes, "averaging");
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = correction(values[i], mean);
        }
        Block field = new Block(PixelType.FLOAT64, image.voxels().interval(), values);
        return SampledField.of(image, field.convert(image.voxels().pixelType()));
    }

    /** What to divide by, or to subtract. */
    private double correction(double local, double mean) {
        double strength = parameters.number("strength");
        boolean keep = parameters.bool("keepBrightness");
        if (divide) {
            double rest = mean + strength * (local - mean);
            return keep ? (mean == 0 ? 1 : rest / mean) : rest;
        }
        return strength * (keep ? local - mean : local);
    }

    private int[] radius(int axes) throws ParameterException {
        List<Long> given = parameters.integers("radius");
        if (given.size() != 1 && given.size() != axes) {
            throw new ParameterException("Parameter radius", given, "one number, or one for each of " + axes + " axes");
        }
        int[] radius = new int[axes];
        for (int d = 0; d < axes; d++) {
            radius[d] = given.get(given.size() == 1 ? 0 : d).intValue();
        }
        return radius;
    }

    /** 1 for voxels of the mask, in parts where it cuts a low-resolution voxel. */
    private double[] weights(LowResolutionImage image, Execution execution) throws ParameterException, IOException {
        double[] weights = new double[image.voxels().size()];
        String mask = parameters.text("mask");
        if (mask.equals("none")) {
            Arrays.fill(weights, 1);
            return weights;
        }
        float[] parts = ParameterImage.parts("mask", mask, image, execution);
        for (int i = 0; i < weights.length; i++) {
            weights[i] = parts[i];
        }
        return weights;
    }

    private static double[] values(Block block) {
        return Arrays.copyOf((double[]) block.convert(PixelType.FLOAT64).voxels(), block.size());
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        if (block.voxels() instanceof float[] voxels) {
            float[] values = (float[]) field;
            float[] target = (float[]) result.voxels();
            for (int i = 0; i < size; i++) {
                target[i] = divide ? voxels[i] / Math.max(values[i], Float.MIN_NORMAL) : voxels[i] - values[i];
            }
        } else {
            double[] voxels = (double[]) block.voxels();
            double[] values = (double[]) field;
            double[] target = (double[]) result.voxels();
            for (int i = 0; i < size; i++) {
                target[i] = divide ? voxels[i] / Math.max(values[i], Double.MIN_NORMAL) : voxels[i] - values[i];
            }
        }
    }
}
