package org.scaledimaging.plugins.guided;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.DescribedPlugin;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.SampledField;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/**
 * Edge-preserving denoising by the fast guided filter (He and Sun, arXiv:1505.00996, 2015; He, Sun and Tang, IEEE
 * Transactions on Pattern Analysis and Machine Intelligence 35, 1397–1409, 2013); the image is its own guide. The field
 * has two channels, a and b, found at low resolution; the result is {@code a · voxel + b}. Where the image varies little,
 * a is near 0 and b near the mean there; at edges a is near 1 and b near 0. Voxels that are not finite have no say in
 * the field and stay what they are.
 */
public final class GuidedFilter extends DescribedPlugin implements ScaledProcessingPlugin {
    static final PluginDescription DESCRIPTION = new PluginDescription(
            "guided-filter",
            "Guided filter",
            "Removes noise and keeps edges: the fast guided filter (He and Sun 2015), its coefficients found on the"
                    + " low-resolution image.",
            List.of(
                    Parameter.integer(
                            "radius",
                            4,
                            1,
                            10_000,
                            "low-resolution voxels",
                            "Half the edge of the box that variation is looked at in, the voxel in its middle not counted:"
                                    + " the box is 2 · radius + 1 long on every axis."),
                    Parameter.number(
                            "eps",
                            0.01,
                            1e-9,
                            1e6,
                            "squared intensity range of the low-resolution image",
                            "Variance up to which variation counts as noise, for intensities scaled to 0..1 as in the paper:"
                                    + " 0.01 smooths where the standard deviation is well below a tenth of the range.")));

    /** This plugin, for those who list what is installed. */
    public static final PluginProvider PROVIDER = PluginProvider.of(DESCRIPTION, GuidedFilter.class, GuidedFilter::new);

    GuidedFilter(ParameterValues parameters) {
        super(DESCRIPTION, parameters);
    }

    /**
     * @param parameters by name, those that are not to have their default
     * @throws ParameterException when one is unknown or not accepted
     */
    public GuidedFilter(Map<String, ?> parameters) throws ParameterException {
        this(ParameterValues.of(DESCRIPTION, parameters));
    }

    @Override
    public int fieldChannels() {
        return 2;
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) throws IOException {
        int radius = (int) parameters().integer("radius");
        return SampledField.of(
                image, Coefficients.of(image.voxels(), radius, parameters().number("eps"), execution));
    }

    @Override
    public long workingMemory(ImageMetadata volume) {
        int result = volume.pixelType() == PixelType.FLOAT32 ? 2 * Float.BYTES : 0;
        return (4 * Double.BYTES + result) * volume.voxels(); // a, b and two counts of what boxes hold
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        if (block.pixelType() == PixelType.FLOAT32) {
            apply((float[]) block.voxels(), (float[]) field, (float[]) result.voxels(), size);
        } else {
            apply((double[]) block.voxels(), (double[]) field, (double[]) result.voxels(), size);
        }
    }

    private static void apply(float[] voxels, float[] field, float[] result, int size) {
        for (int i = 0; i < size; i++) {
            float voxel = voxels[i];
            result[i] = Float.isFinite(voxel) ? (float) ((double) field[i] * voxel + field[size + i]) : voxel;
        }
    }

    private static void apply(double[] voxels, double[] field, double[] result, int size) {
        for (int i = 0; i < size; i++) {
            double voxel = voxels[i];
            result[i] = Double.isFinite(voxel) ? field[i] * voxel + field[size + i] : voxel;
        }
    }
}
