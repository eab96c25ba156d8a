package org.scaledimaging.plugins.n4;

import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.ParameterImage;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.engine.statistics.OtsuMask;
import org.scaledimaging.plugins.n4.spline.ControlPoints;
import org.scaledimaging.plugins.n4.spline.SplineAxis;

/**
 * The low-resolution step of N4 on one volume: what takes part, the estimate, and the field made of it.
 *
 * @param levels what became of each fitting level; empty where no voxel took part
 * @param lattice control points per axis at the finest level
 * @param negative part of the finite voxels that is below 0
 */
record LowResolutionStep(
        SplineField field, List<Estimation.Level> levels, SplineAxis[] axes, int[] lattice, double negative) {
    /** The most control points that are held: 128 MiB. */
    private static final long MOST_CONTROL_POINTS = 1 << 24;

    /** Which part of the time goes into reading a mask or weights that are images. */
    private static final double READING = 0.1;

    static LowResolutionStep of(
            LowResolutionImage image, ParameterValues parameters, SplineSpacing spacing, Execution execution)
            throws IOException, ParameterException {
        List<Long> iterations = parameters.integers("iterations");
        SplineAxis[] axes = axes(image, spacing, (int) parameters.integer("shrinkFactor"));
        checkLattice(axes, iterations.size());
        float[] voxels = (float[]) image.voxels().convert(PixelType.FLOAT32).voxels();
        double readingTakes = readsImages(parameters) ? READING : 0;
        Execution reading = execution.part(0, readingTakes);
        boolean[] mask = mask(voxels, parameters.text("mask"), image, reading);
        float[] weights = weights(parameters.text("weight"), image, reading);
        FitSamples samples = FitSamples.of(axes, voxels, mask, weights);

        SplineAxis[] finest = axes;
        ControlPoints controlPoints = ControlPoints.zero(axes);
        List<Estimation.Level> levels = List.of();
        if (samples.count() > 0) { // else there is nothing to correct
            HistogramSharpening sharpening = new HistogramSharpening(
                    (int) parameters.integer("histogramBins"),
                    parameters.number("fullWidthAtHalfMaximum"),
                    parameters.number("wienerNoise"));
            try (Team team = new Team(execution.threads())) {
                Estimation.Result result = new Estimation(samples, sharpening, team)
                        .run(
                                axes,
                                iterations,
                                parameters.number("tolerance"),
                                execution.progress().part(readingTakes, 1));
                finest = result.axes();
                controlPoints = result.controlPoints();
                levels = result.levels();
            }
        }
        SplineField field = SplineField.of(finest, controlPoints, image.factors());
        if (parameters.bool("rescale")) {
            field = rescaled(field, voxels, mask, image);
        } else if (parameters.bool(N4BiasFieldCorrection.KEEP_MEAN) && samples.count() > 0) {
            field = KeptMean.of(field, voxels, mask, weights, image);
        }
        return new LowResolutionStep(field, levels, finest, controlPoints.shape(), negative(voxels));
    }

    /** As {@link org.scaledimaging.engine.plugin.ScaledProcessingPlugin#workingMemory} says it. */
    static long workingMemory(ImageMetadata volume, ParameterValues parameters) {
        boolean weighted = !parameters.text("weight").equals(N4BiasFieldCorrection.NONE);
        int perVoxel = 1 + (weighted ? Float.BYTES : 0); // mask, weights
        perVoxel += volume.pixelType() == PixelType.FLOAT32 ? 0 : Float.BYTES;
        int perSample = Integer.BYTES + (weighted ? 4 : 3) * Float.BYTES; // place, logarithm, field, ratio, weight
        long samples = 1;
        long shrink = parameters.integer("shrinkFactor");
        for (Dimension dimension : volume.dimensions()) {
            samples *= (dimension.length() + shrink - 1) / shrink;
        }
        long preparing = 2L * Float.BYTES * volume.voxels(); // mask or weights as they are read, or logarithms
        return perVoxel * volume.voxels() + Math.max(preparing, perSample * samples);
    }

    private static double negative(float[] voxels) {
        int finite = 0;
        int negative = 0;
        for (float voxel : voxels) {
            finite += Float.isFinite(voxel) ? 1 : 0;
            negative += voxel < 0 && voxel >= -Float.MAX_VALUE ? 1 : 0;
        }
        return finite == 0 ? 0 : (double) negative / finite;
    }

    private static boolean readsImages(ParameterValues parameters) {
        return !N4BiasFieldCorrection.MASKS.contains(parameters.text("mask"))
                || !parameters.text("weight").equals(N4BiasFieldCorrection.NONE);
    }

    /** Three axes, slowest first. An image with two gets a middle one of length 1: threads share the first. */
    static SplineAxis[] axes(LowResolutionImage image, SplineSpacing spacing, int shrinkFactor)
            throws ParameterException {
        List<Dimension> dimensions = image.metadata().dimensions();
        spacing.check(dimensions);
        SplineAxis[] axes = new SplineAxis[3];
        axes[1] = SplineAxis.of(Dimension.of(Axis.Z, 1), 1, 1, 0, 1, 1, 1);
        for (int d = 0; d < dimensions.size(); d++) {
            Dimension dimension = dimensions.get(d);
            axes[dimensions.size() == 3 ? d : 2 * d] = SplineAxis.of(
                    dimension,
                    image.factors()[d],
                    image.fullResolution().dimensions().get(d).length(),
                    spacing.spansAlong(dimension.axis()),
                    spacing.length(),
                    spacing.voxelSize(dimension),
                    shrinkFactor);
        }
        return axes;
    }

    private static void checkLattice(SplineAxis[] axes, int levels) throws ParameterException {
        double size = 1;
        for (SplineAxis axis : axes) {
            size *= axis.isConstant() ? 1 : axis.spans() * Math.pow(2, levels - 1) + 3;
        }
        if (size > MOST_CONTROL_POINTS) {
            throw new ParameterException(
                    Setting.parameter(SplineSpacing.NAME) + " and " + Setting.parameter("iterations"),
                    String.format(java.util.Locale.ROOT, "%.3g control points at level %d", size, levels),
                    "at most " + MOST_CONTROL_POINTS + ": a larger spacing or fewer levels");
        }
    }

    private static boolean[] mask(float[] voxels, String mask, LowResolutionImage image, Execution execution)
            throws IOException, ParameterException {
        return switch (mask) {
            case N4BiasFieldCorrection.NONE -> null;
            case N4BiasFieldCorrection.POSITIVE -> above(voxels, 0);
            case N4BiasFieldCorrection.FOREGROUND -> above(voxels, OtsuMask.thresholdOfLogarithms(voxels));
            case N4BiasFieldCorrection.OTSU -> above(voxels, OtsuMask.threshold(voxels));
            default -> ParameterImage.mask("mask", mask, image, execution);
        };
    }

    private static boolean[] above(float[] voxels, double threshold) {
        boolean[] mask = new boolean[voxels.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = voxels[i] > threshold;
        }
        return mask;
    }

    /** Weights of at most 1: what counts is how they compare. */
    private static float[] weights(String weight, LowResolutionImage image, Execution execution)
            throws IOException, ParameterException {
        if (weight.equals(N4BiasFieldCorrection.NONE)) {
            return null;
        }
        float[] weights = ParameterImage.values("weight", weight, image, execution);
        float largest = 0;
        for (float value : weights) {
            if (value <= Float.MAX_VALUE) {
                largest = Math.max(largest, value);
            }
        }
        if (!(largest > 0)) {
            throw new ParameterException(
                    Setting.parameter("weight"), "an image in which no voxel is above 0", "a weight above 0 somewhere");
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] = weights[i] <= Float.MAX_VALUE ? weights[i] / largest : 0;
        }
        return weights;
    }

    /** Adds the constants that bring the range of the corrected intensities in the mask back to what it was. */
    private static SplineField rescaled(SplineField field, float[] voxels, boolean[] mask, LowResolutionImage image) {
        float[] bias = new float[voxels.length];
        field.evaluate(
                0, image.factors(), new Block(PixelType.FLOAT32, image.voxels().interval(), bias));
        double[] range = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (int i = 0; i < image.voxels().size(); i++) {
            if ((mask == null || mask[i]) && Float.isFinite(voxels[i])) {
                double corrected = (double) voxels[i] / bias[i];
                range[0] = Math.min(range[0], voxels[i]);
                range[1] = Math.max(range[1], voxels[i]);
                range[2] = Math.min(range[2], corrected);
                range[3] = Math.max(range[3], corrected);
            }
        }
        if (!(range[3] > range[2])) {
            return field.rescaling(1, 0);
        }
        double slope = (range[1] - range[0]) / (range[3] - range[2]);
        return field.rescaling(slope, range[1] - slope * range[3]);
    }
}
