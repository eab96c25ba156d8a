package org.scaledimaging.knime.nodes;

import java.util.ArrayList;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.statistics.ImageStatistics;

/** What is wanted to be known of an image. Field names are the settings' keys: they stay. */
final class ImagePropertiesParameters implements NodeParameters {
    /** Whether voxels are looked at. */
    static final class Measures implements BooleanReference {}

    @Widget(
            title = "Statistics of voxels",
            description =
                    "Whether to compute minimum, maximum, mean, standard deviation and percentiles of all voxels, in one"
                            + " pass over the image. Without, only metadata are read.")
    @ValueReference(Measures.class)
    boolean statistics;

    @Widget(
            title = "Percentiles",
            description = "Which percentiles to compute, from 0 to 100, with commas between; empty for none.")
    @TextInputWidget(placeholder = "none")
    @Effect(predicate = Measures.class, type = EffectType.SHOW)
    String percentiles = "5,50,95";

    List<Double> percentiles() throws ParameterException {
        List<Double> numbers = new ArrayList<>();
        for (String part : percentiles.isBlank() ? new String[0] : percentiles.split(",", -1)) {
            try {
                double percentile = Double.parseDouble(part.strip());
                if (numbers.contains(percentile)) {
                    throw new ParameterException("Percentiles", part.strip() + " twice", "each number once");
                }
                numbers.add(percentile);
            } catch (NumberFormatException e) {
                throw new ParameterException("Percentiles", percentiles, "numbers from 0 to 100 with commas between");
            }
        }
        ImageStatistics.check(numbers);
        return numbers;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Work.validate(this::percentiles);
    }
}
