package org.scaledimaging.plugins.gaussian;

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
import org.scaledimaging.plugins.neighbourhood.GaussianSmoothing;

/**
 * Bias field correction by division by the smoothed image. The field is the low-resolution image smoothed by a Gaussian
 * and, with {@code keepMean}, divided by one constant for each volume ({@link GreyScale}); the result is {@code voxel /
 * max(field, ε)}, with ε the relative precision of float32, 2^−23. What is 0 stays 0.
 *
 * <p>Refuses an image whose smoothed values are not all above 0 but for a trace, since it would be divided by ε there.
 *
 * <p>NaN and infinite voxels have no weight in the field and stay what they are.
 */
public final class GaussianBiasFieldCorrection extends DescribedPlugin implements ScaledProcessingPlugin {
    /** Relative precision of float32, NumPy's {@code finfo(float32).eps}: the smallest value divided by. */
    static final float EPSILON = 0x1p-23f;

    private static final String KEEP_MEAN = "keepMean";
    private static final String ALLOW = "allowNonPositive";

    static final PluginDescription DESCRIPTION = new PluginDescription(
            "gaussian",
            "Gaussian bias field correction",
            "Estimates a smooth bias field by Gaussian smoothing of the low-resolution image and divides the image by"
                    + " it.",
            List.of(
                    Parameter.number(
                            "sigma",
                            5,
                            0,
                            1000,
                            "low-resolution voxels",
                            "Standard deviation of the Gaussian; 0 leaves the low-resolution image as it is."),
                    Parameter.choice(
                            "mode",
                            "reflect",
                            List.of("reflect", "constant", "nearest", "mirror", "wrap"),
                            "What lies beyond the border: reflect (d c b a | a b c d | d c b a), constant (0), nearest"
                                    + " (a a a a | a b c d | d d d d), mirror (d c b | a b c d | c b a), wrap"
                                    + " (a b c d | a b c d | a b c d)."),
                    Parameter.bool(
                                    KEEP_MEAN,
                                    true,
                                    "Whether the result keeps the image's grey scale: the field is divided by a constant, so"
                                            + " that the mean of the low-resolution image above Otsu's threshold stays the"
                                            + " same. Without it, results are around 1.")
                            .addedLater(false),
                    Parameter.bool(
                                    ALLOW,
                                    false,
                                    "Whether to go on where the smoothed image is not above 0 in more than 0.1 % of its"
                                            + " voxels; they are divided by 2^-23 then.")
                            .addedLater(true)));

    /** This plugin, for those who list what is installed. */
    public static final PluginProvider PROVIDER =
            PluginProvider.of(DESCRIPTION, GaussianBiasFieldCorrection.class, GaussianBiasFieldCorrection::new);

    private final double sigma;
    private final Boundary boundary;

    GaussianBiasFieldCorrection(ParameterValues parameters) {
        super(DESCRIPTION, parameters);
        this.sigma = parameters.number("sigma");
        this.boundary = Boundary.of(parameters.text("mode"));
    }

    /** Sigma 5, mode reflect; keeps the mean, as all that is not told otherwise. */
    public GaussianBiasFieldCorrection() {
        this(accepted(DESCRIPTION, Map.of()));
    }

    /**
     * Mode reflect; keeps the mean.
     *
     * @param sigma in low-resolution voxels, 0 to 1000
     * @throws IllegalArgumentException when it is not
     */
    public GaussianBiasFieldCorrection(double sigma) {
        this(accepted(DESCRIPTION, Map.of("sigma", sigma)));
    }

    /**
     * @param sigma in low-resolution voxels, 0 to 1000
     * @param mode reflect, constant, nearest, mirror or wrap
     * @throws IllegalArgumentException when one is not accepted
     */
    public GaussianBiasFieldCorrection(double sigma, String mode) {
        this(accepted(DESCRIPTION, Map.of("sigma", sigma, "mode", mode)));
    }

    /**
     * @param parameters by name, those that are not to have their default
     * @throws IllegalArgumentException when one is unknown or not accepted
     */
    public GaussianBiasFieldCorrection(Map<String, ?> parameters) {
        this(accepted(DESCRIPTION, parameters));
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) throws IOException, ParameterException {
        Block smooth = image.voxels();
        GreyScale.Tally tally = new GreyScale.Tally(smooth);
        GaussianSmoothing.smooth(smooth, sigma, boundary, execution, tally::add); // in place: there may be room for one
        GreyScale grey = tally.result();
        grey.check(parameters().bool(ALLOW), execution);
        if (parameters().bool(KEEP_MEAN)) {
            grey.divideField(smooth);
        }
        return SampledField.of(image, smooth);
    }

    @Override
    public long workingMemory(ImageMetadata volume) {
        return GaussianSmoothing.workingMemory(volume.shape(), volume.pixelType(), sigma, boundary);
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        if (block.pixelType() == PixelType.FLOAT32) {
            divide((float[]) block.voxels(), (float[]) field, (float[]) result.voxels(), size);
        } else {
            divide((double[]) block.voxels(), (double[]) field, (double[]) result.voxels(), size);
        }
    }

    private static void divide(float[] voxels, float[] field, float[] result, int size) {
        for (int i = 0; i < size; i++) {
            result[i] = voxels[i] / Math.max(field[i], EPSILON);
        }
    }

    private static void divide(double[] voxels, double[] field, double[] result, int size) {
        for (int i = 0; i < size; i++) {
            result[i] = voxels[i] / Math.max(field[i], EPSILON);
        }
    }
}
