package org.scaledimaging.plugins.n4;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.plugins.n4.spline.SplineAxis;

/**
 * N4 bias field correction (Tustison et al., N4ITK: Improved N3 Bias Correction, IEEE Transactions on Medical Imaging 29,
 * 2010). The field, a cubic B-spline in the log, makes the histogram of the corrected log intensities sharpest; the result
 * is {@code voxel / field}. With factor 1 the field is ITK's as ANTs uses it, but for {@code keepMean} ({@link KeptMean});
 * unlike there, the whole image is divided, not only what is in the mask.
 */
public final class N4BiasFieldCorrection extends DescribedPlugin implements ScaledProcessingPlugin {
    static final String NONE = "none";
    static final String POSITIVE = "positive";
    static final String OTSU = "otsu";
    static final String FOREGROUND = "foreground";
    static final String KEEP_MEAN = "keepMean";
    private static final String SHRINK_FACTOR = "shrinkFactor";
    private static final int MOST_SHRINK = 64;

    /** What an estimate goes through in a fraction of a second. */
    private static final int VOXELS_OF_QUICKER = 1 << 15;

    static final List<String> MASKS = List.of(FOREGROUND, NONE, POSITIVE, OTSU);

    static final PluginDescription DESCRIPTION = new PluginDescription(
            "n4",
            "N4 bias field correction",
            "Estimates a smooth bias field by the N4 algorithm (Tustison et al. 2010), as ITK and ANTs do, and divides the"
                    + " image by it.",
            List.of(
                    Parameter.text(
                            SplineSpacing.NAME,
                            SplineSpacing.ONE_SPAN,
                            "Distance of the spline's control points at the first level, in millimetres whatever the"
                                    + " image's unit (an image without a unit: as its voxel sizes are); or how many"
                                    + " spans it has, with x between them along x, y, z as in 3x2x1, with commas in the"
                                    + " image's order (z,y,x) as in 1,2,3; auto: one span along each axis."),
                    Parameter.choice(
                                    SplineSpacing.UNIT,
                                    SplineSpacing.MILLIMETER,
                                    List.of(SplineSpacing.MILLIMETER, SplineSpacing.OF_IMAGE),
                                    "What a length in splineSpacing is counted in: millimeter, or image, the image's own"
                                            + " unit. With image, spans go along x, y, z with commas, too: recipes from"
                                            + " before there was this parameter mean that.")
                            .addedLater(SplineSpacing.OF_IMAGE),
                    Parameter.integers(
                            "iterations",
                            List.of(200L, 50L),
                            1,
                            10_000,
                            "",
                            "At most how many iterations at each level; each further level halves the distance of control"
                                    + " points."),
                    Parameter.number(
                            "tolerance",
                            1e-5,
                            0,
                            1,
                            "",
                            "A level ends when the coefficient of variation of the field's change is not above this."),
                    Parameter.integer(
                            SHRINK_FACTOR,
                            1,
                            1,
                            MOST_SHRINK,
                            "low-resolution voxels",
                            "Every how many voxels along each axis one takes part in the estimate."),
                    Parameter.image(
                            "mask",
                            FOREGROUND,
                            MASKS,
                            "Which voxels take part in the estimate: foreground (those above Otsu's threshold of the log"
                                    + " intensities), none (all), positive (those above 0), otsu (those above Otsu's"
                                    + " threshold), or those where an image of the same field of view, at any"
                                    + " resolution, is not 0."),
                    Parameter.image(
                            "weight",
                            NONE,
                            List.of(NONE),
                            "Image of the same field of view, at any resolution, with the weight of each voxel in the"
                                    + " estimate; voxels that are not above 0 take no part."),
                    Parameter.integer(
                            "histogramBins", 200, 10, 10_000, "", "Number of bins of the log intensities' histogram."),
                    Parameter.number(
                            "fullWidthAtHalfMaximum",
                            0.15,
                            0.001,
                            10,
                            "log intensity",
                            "Width of the Gaussian that the bias field is taken to blur the histogram with."),
                    Parameter.number(
                            "wienerNoise",
                            0.01,
                            1e-6,
                            1e6,
                            "",
                            "Noise constant of the Wiener filter that sharpens the histogram."),
                    Parameter.bool(
                            "rescale",
                            false,
                            "Whether corrected intensities are rescaled to the range that the low-resolution image has in"
                                    + " the mask."),
                    Parameter.bool(
                                    KEEP_MEAN,
                                    true,
                                    "Whether the result keeps the image's grey scale: the field is divided by a constant, so"
                                            + " that the mean of the low-resolution voxels that take part in the estimate"
                                            + " stays the same. Without it, the field's mean is left to chance, as ITK's;"
                                            + " with rescale, the range decides.")
                            .addedLater(false)));

    /** This plugin, for those who list what is installed. */
    public static final PluginProvider PROVIDER =
            PluginProvider.of(DESCRIPTION, N4BiasFieldCorrection.class, N4BiasFieldCorrection::new);

    private final SplineSpacing spacing;

    N4BiasFieldCorrection(ParameterValues parameters) throws ParameterException {
        super(DESCRIPTION, parameters);
        this.spacing = SplineSpacing.of(parameters);
    }

    /** The defaults: two levels that begin with one span along each axis, of the voxels in the foreground; keeps the mean. */
    public N4BiasFieldCorrection() {
        this(Map.of());
    }

    /**
     * @param parameters by name, those that are not to have their default
     * @throws IllegalArgumentException when one is unknown or not accepted
     */
    public N4BiasFieldCorrection(Map<String, ?> parameters) {
        super(DESCRIPTION, accepted(DESCRIPTION, parameters));
        try {
            this.spacing = SplineSpacing.of(parameters());
        } catch (ParameterException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public int fieldChannels() {
        return parameters().bool("rescale") ? 3 : 1;
    }

    @Override
    public double passes() {
        double iterations = parameters().integers("iterations").stream()
                .mapToLong(Long::longValue)
                .sum();
        return iterations / Math.pow(parameters().integer(SHRINK_FACTOR), 3);
    }

    /** The same with fewer voxels that take part. */
    @Override
    public Optional<ScaledProcessingPlugin> quicker(ImageMetadata volume) {
        long given = parameters().integer(SHRINK_FACTOR);
        long factor = given;
        while (factor < MOST_SHRINK && voxels(volume, factor) > VOXELS_OF_QUICKER) {
            factor++;
        }
        if (factor == given) {
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>(parameters().asMap());
        values.put(SHRINK_FACTOR, factor);
        return Optional.of(new N4BiasFieldCorrection(values));
    }

    private static double voxels(ImageMetadata volume, long factor) {
        double voxels = 1;
        for (long length : volume.shape()) {
            voxels *= Math.ceil((double) length / factor);
        }
        return voxels;
    }

    @Override
    public Field lowRes(LowResolutionImage image, Execution execution) throws IOException, ParameterException {
        LowResolutionStep step = LowResolutionStep.of(image, parameters(), spacing, execution);
        new Findings(step, image, parameters(), spacing).tell(execution);
        return step.field();
    }

    @Override
    public Field field(LowResolutionImage image, List<Block> coefficients) throws ParameterException {
        SplineAxis[] axes =
                LowResolutionStep.axes(image, spacing, (int) parameters().integer(SHRINK_FACTOR));
        return SplineField.of(axes, coefficients, image.factors());
    }

    @Override
    public long workingMemory(ImageMetadata volume) {
        return LowResolutionStep.workingMemory(volume, parameters());
    }

    @Override
    public void highRes(Block block, Object field, Block result) {
        int size = block.size();
        boolean rescale = parameters().bool("rescale");
        if (block.pixelType() == PixelType.FLOAT32) {
            float[] values = (float[]) field;
            float[] corrected = (float[]) result.voxels();
            divide((float[]) block.voxels(), values, corrected, size);
            for (int i = 0; i < size && rescale; i++) {
                corrected[i] = corrected[i] * values[size + i] + values[2 * size + i];
            }
        } else {
            double[] values = (double[]) field;
            double[] corrected = (double[]) result.voxels();
            divide((double[]) block.voxels(), values, corrected, size);
            for (int i = 0; i < size && rescale; i++) {
                corrected[i] = corrected[i] * values[size + i] + values[2 * size + i];
            }
        }
    }

    private static void divide(float[] voxels, float[] field, float[] result, int size) {
        for (int i = 0; i < size; i++) {
            result[i] = voxels[i] / field[i];
        }
    }

    private static void divide(double[] voxels, double[] field, double[] result, int size) {
        for (int i = 0; i < size; i++) {
            result[i] = voxels[i] / field[i];
        }
    }
}
