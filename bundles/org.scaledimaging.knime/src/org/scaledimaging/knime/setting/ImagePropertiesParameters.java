package org.scaledimaging.knime.setting;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.updates.Effect;
import org.knime.node.parameters.updates.Effect.EffectType;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.updates.util.BooleanReference;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.message.NumberList;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.knime.setting.text.Location;

/** The settings of Image Properties. Field names are the settings' keys: they stay. */
public final class ImagePropertiesParameters implements NodeParameters {
    /** Whether voxels are looked at. */
    public static final class Measures implements BooleanReference {}

    @Widget(
            title = "Statistics of voxels",
            description =
                    "Whether to compute minimum, maximum, mean, standard deviation and percentiles of all voxels, in one"
                            + " pass over the image. Without, only metadata are read.")
    @ValueReference(Measures.class)
    public boolean statistics;

    @Widget(
            title = "Percentiles",
            description = "Which percentiles to compute, from 0 to 100, with commas between; empty for none.")
    @TextInputWidget(placeholder = "none")
    @Effect(predicate = Measures.class, type = EffectType.SHOW)
    public String percentiles = "5,50,95";

    @Widget(
            title = "Thumbnail",
            description =
                    "Whether to add a column with a picture of the image: the slices through its middle. It is made of the"
                            + " coarsest resolution that has enough pixels; an image without a pyramid is read at these slices.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean thumbnail;

    public List<Double> percentiles() throws ParameterException {
        List<Double> numbers;
        try {
            numbers = percentiles.isBlank() ? List.of() : NumberList.parse(percentiles, Double::valueOf);
        } catch (NumberFormatException e) {
            throw new ParameterException(
                    "Percentiles", Location.quoted(percentiles), "numbers from 0 to 100 with commas between");
        }
        Set<Double> seen = new HashSet<>();
        for (double percentile : numbers) {
            if (!seen.add(percentile)) {
                String written = ("" + percentile).replaceFirst("\\.0$", "");
                throw new ParameterException("Percentiles", written + " twice", "each number once");
            }
        }
        ImageStatistics.check(numbers);
        return numbers;
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(this::percentiles);
    }
}
