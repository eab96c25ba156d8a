package org.scaledimaging.plugins.n4;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.LowResolutionImage;

/**
 * Tells users what they have to know of an estimate: how far each level came, and whether it can have had an effect.
 */
record Findings(LowResolutionStep step, LowResolutionImage image, ParameterValues parameters, SplineSpacing spacing) {
    /** A field whose greatest value is no more than so many times its least corrects hardly anything. */
    private static final double NEARLY_CONSTANT = 1.01;

    /** Up to which part of the voxels may be below 0: interpolation and noise leave some in many an image. */
    private static final double TRACE = 0.01;

    void tell(Execution execution) {
        checkSigns(execution);
        List<Estimation.Level> levels = step.levels();
        if (levels.isEmpty()) {
            String mask = parameters.text("mask");
            boolean keyword = N4BiasFieldCorrection.MASKS.contains(mask);
            execution.tell(Notice.warning("n4 changed nothing: no voxel takes part in the estimate with the mask "
                    + (keyword ? mask : "given") + ", such as where all voxels are alike."));
            return;
        }
        execution.tell(Notice.information(levels()));
        for (int level = 0; level < levels.size(); level++) {
            List<Double> course = levels.get(level).course();
            execution.tell(Notice.course(
                    String.format(
                            Locale.ROOT,
                            "n4, level %d of %d: convergence from %.3g to %.3g, iteration by iteration.",
                            level + 1,
                            levels.size(),
                            course.get(0),
                            course.get(course.size() - 1)),
                    course));
        }
        if (spacing.length() > 0) {
            checkSpan(execution);
        }
        Estimation.Level first = levels.get(0);
        if (first.iterations() == 1 && first.most() > 1) {
            execution.tell(Notice.warning(
                    "n4 ended its first level after one iteration, since that changed the field by no more than the"
                            + " tolerance: a smaller tolerance lets it go on."));
        } else if (isNearlyConstant()) {
            execution.tell(Notice.warning("n4 changed hardly anything, its field is within 1 % of a constant: another"
                    + " mask, more iterations or a smaller tolerance may find more."));
        }
    }

    /** Negative intensities have no logarithm: what is meant to be a dark tissue has no say then. */
    private void checkSigns(Execution execution) {
        if (step.negative() > TRACE) {
            execution.tell(Notice.warning(String.format(
                    Locale.ROOT,
                    "%.0f %% of the voxels are below 0: they take no part in n4's estimate, and are divided by the field"
                            + " like the rest. If they show something, first add an offset (the plugin normalize with"
                            + " outputMin=100, outputMax=1100 and clamp=true), or use the plugin background, which"
                            + " subtracts.",
                    100 * step.negative())));
        }
    }

    private String levels() {
        StringBuilder text = new StringBuilder("n4: ");
        for (int level = 0; level < step.levels().size(); level++) {
            Estimation.Level each = step.levels().get(level);
            text.append(level == 0 ? "" : "; ");
            text.append(String.format(
                    Locale.ROOT,
                    "level %d did %d of %d iterations, convergence %.3g",
                    level + 1,
                    each.iterations(),
                    each.most(),
                    each.convergence()));
        }
        return text.append('.').toString();
    }

    /** A length of a span that is meant for larger things gives a field that can hardly bend. */
    private void checkSpan(Execution execution) {
        double longest = 0;
        boolean known = true;
        for (Dimension axis : image.fullResolution().dimensions()) {
            longest = Math.max(longest, axis.length() * spacing.voxelSize(axis));
            known &= spacing.isMillimeters(axis);
        }
        if (spacing.length() > longest) {
            String unit = known ? " mm" : "";
            execution.tell(Notice.warning("n4's spans of " + rounded(spacing.length()) + unit
                    + " are longer than the image, whose longest side is " + rounded(longest) + unit
                    + ": the field can hardly bend."));
        }
    }

    private static String rounded(double length) {
        return new BigDecimal(length)
                .round(new MathContext(4))
                .stripTrailingZeros()
                .toPlainString();
    }

    private boolean isNearlyConstant() {
        Block field = Block.allocate(PixelType.FLOAT32, image.voxels().interval());
        step.field().evaluate(0, image.factors(), field);
        double least = Double.POSITIVE_INFINITY;
        double greatest = 0;
        for (float value : (float[]) field.voxels()) {
            least = Math.min(least, value);
            greatest = Math.max(greatest, value);
        }
        return greatest <= NEARLY_CONSTANT * least;
    }
}
