package org.scaledimaging.plugins.background;

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
import org.scaledimaging.plugins.neighbourhood.Boundary;
import org.scaledimaging.plugins.neighbourhood.BoxOpening;
import org.scaledimaging.plugins.neighbourhood.GaussianSmoothing;

/**
 * Subtraction of the large-scale background. The field is the low-resolution image smoothed by a Gaussian, or opened by a
 * box (Sternberg 1983: what is smaller than the box is no background); the result is {@code max(voxel − field, 0)}.
 *
 * <p>NaN and infinite voxels have no say in the field and stay what they are.
 */
public final class BackgroundSubtraction extends DescribedPlugin implements ScaledProcessingPlugin {
    private static final String METHOD = "method";
    private static final String GAUSSIAN = "gaussian";
    private static final String OPENING = "opening";
    private static final String SIGMA = "sigma";
    private static final String RADIUS = "radius";
    private static final String UNIT = "low-resolution voxels";

    static final PluginDescription DESCRIPTION = new PluginDescription(
            "background",
            "Background subtraction",
            "Estimates the large-scale background by Gaussian smoothing or by morphological opening of the low-resolution"
                    + " image and subtracts it; what would be below 0 becomes 0.",
            List.of(
                    Parameter.choice(
                            METHOD,
                            GAUSSIAN,
                            List.of(GAUSSIAN, OPENING),
                            "How the background is estimated: gaussian (the smoothed image) or opening (the image without"
                                    + " whatever is brighter than its surroundings and smaller than a box)."),
                    Parameter.number(
                            SIGMA,
                            10,
                            0.1,
                            1000,
                            UNIT,
                            "Standard deviation of the Gaussian; it goes on beyond the border as a reflection."),
                    Parameter.integer(
                            RADIUS,
                            10,
                            1,
                            10_000,
                            UNIT,
                            "Half the edge of the box, the voxel in its middle not counted: the box is 2 · radius + 1 long"
                                    + " on every axis.")));

    /** This plugin, for those who list what is installed. */
    public static final PluginProvider PROVIDER =
            PluginProvider.of(DESCRIPTION, BackgroundSubtraction.class, BackgroundSubtraction::new);

    BackgroundSubtraction(ParameterValues parameters) {
        super(DESCRIPTION, parameters);
    }

    /**
     * @param parameters by name, those that are not to have their default
     * @throws ParameterException when one is unknown or not accepted
     */
    public BackgroundSubtraction(Map<String, ?> parameters) throws ParameterException {
        this(ParameterValues.of(DESCRIPTION, parameters));
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) throws IOException {
        Block voxels = image.voxels();
        if (parameters().text(METHOD).equals(GAUSSIAN)) {
            double sigma = parameters().number(SIGMA);
            GaussianSmoothing.smooth(voxels, sigma, Boundary.REFLECT, execution);
            return SampledField.of(image, voxels);
        }
        Block opened = voxels.convert(PixelType.FLOAT64);
        BoxOpening.open(opened, (int) parameters().integer(RADIUS), execution);
        double[] values = (double[]) opened.voxels();
        for (int i = 0; i < opened.size(); i++) {
            values[i] = Double.isNaN(values[i]) ? 0 : values[i];
        }
        return SampledField.of(image, opened.convert(voxels.pixelType()));
    }

    @Override
    public long workingMemory(ImageMetadata volume) {
        if (parameters().text(METHOD).equals(GAUSSIAN)) {
            return GaussianSmoothing.workingMemory(
                    volume.shape(), volume.pixelType(), parameters().number(SIGMA), Boundary.REFLECT);
        }
        int perVoxel = volume.pixelType() == PixelType.FLOAT32 ? Double.BYTES + Float.BYTES : 0; // else in place
        return perVoxel * volume.voxels();
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        if (block.pixelType() == PixelType.FLOAT32) {
            subtract((float[]) block.voxels(), (float[]) field, (float[]) result.voxels(), size);
        } else {
            subtract((double[]) block.voxels(), (double[]) field, (double[]) result.voxels(), size);
        }
    }

    private static void subtract(float[] voxels, float[] field, float[] result, int size) {
        for (int i = 0; i < size; i++) {
            float voxel = voxels[i];
            result[i] = Float.isFinite(voxel) ? Math.max(voxel - field[i], 0) : voxel;
        }
    }

    private static void subtract(double[] voxels, double[] field, double[] result, int size) {
        for (int i = 0; i < size; i++) {
            double voxel = voxels[i];
            result[i] = Double.isFinite(voxel) ? Math.max(voxel - field[i], 0) : voxel;
        }
    }
}
