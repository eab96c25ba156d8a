package org.scaledimaging.knime.setting;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.Migrate;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.scaledimaging.engine.message.ParameterException;

/**
 * The settings by which a view shows its images when it opens; all of them can be changed in the view. Changing these
 * does not reset the node. Field names are the settings' keys: they stay. Workflows that were saved before their nodes
 * had views have none of them.
 */
public final class ViewParameters implements NodeParameters {
    private static final double MOST = 100;

    /** Which slices. */
    public enum Planes {
        @Label("All three")
        ALL,
        @Label("Across z")
        Z,
        @Label("Across y")
        Y,
        @Label("Across x")
        X
    }

    @Widget(
            title = "Slices",
            description = "Which slices are shown when the view opens: three at right angles, or one of them, large.")
    @ValueSwitchWidget
    @Migrate(loadDefaultIfAbsent = true)
    public Planes planes = Planes.ALL;

    @Widget(
            title = "Darkest percentile",
            description = "The percentile of an image's values that is shown as black, from 0 to 100.")
    @Migrate(loadDefaultIfAbsent = true)
    public double low = 1;

    @Widget(
            title = "Brightest percentile",
            description = "The percentile of an image's values that is shown as white, from 0 to 100.")
    @Migrate(loadDefaultIfAbsent = true)
    public double high = 99;

    @Widget(
            title = "One window for all images",
            description = "Whether all images but fields and labels are shown in the first one's range of values.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean linkWindows;

    @Widget(title = "One position for all images", description = "Whether all images are cut at the same place.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean linkPositions = true;

    @Widget(
            title = "Opacity of labels",
            description = "How much labels cover what is below them, from 0 (not at all) to 1.")
    @Migrate(loadDefaultIfAbsent = true)
    public double opacity = 0.5;

    @Widget(
            title = "Smooth pixels",
            description =
                    "Whether pixels are interpolated where they are larger than the screen's, or shown as they are.")
    @Migrate(loadDefaultIfAbsent = true)
    public boolean smooth;

    /** For the page. */
    public ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("planes", planes.name().toLowerCase(Locale.ROOT))
                .put("low", low)
                .put("high", high)
                .put("linkWindows", linkWindows)
                .put("linkPositions", linkPositions)
                .put("opacity", opacity)
                .put("smooth", smooth);
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            if (!(low >= 0 && low <= MOST)) {
                throw new ParameterException("Darkest percentile", low, "a number from 0 to 100");
            } else if (!(high > low && high <= MOST)) {
                throw new ParameterException("Brightest percentile", high, "a number above " + low + ", up to 100");
            } else if (!(opacity >= 0 && opacity <= 1)) {
                throw new ParameterException("Opacity of labels", opacity, "a number from 0 to 1");
            }
        });
    }
}
