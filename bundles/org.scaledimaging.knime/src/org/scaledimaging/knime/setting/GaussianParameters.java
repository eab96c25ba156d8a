package org.scaledimaging.knime.setting;

import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.scaledimaging.knime.setting.plugin.PluginParameters;

/** The parameters of the plugin gaussian. Field names are the settings' keys: they stay. */
@Layout(ScaledProcessingParameters.GaussianSection.class)
public final class GaussianParameters extends PluginParameters {

    /** What lies beyond the border. */
    public enum Mode {
        @Label("Reflect (d c b a | a b c d | d c b a)")
        REFLECT,
        @Label("Constant (0)")
        CONSTANT,
        @Label("Nearest (a a a a | a b c d | d d d d)")
        NEAREST,
        @Label("Mirror (d c b | a b c d | c b a)")
        MIRROR,
        @Label("Wrap (a b c d | a b c d | a b c d)")
        WRAP
    }

    @Widget(
            title = "Sigma (low-resolution voxels)",
            description = "Standard deviation of the Gaussian; 0 leaves the low-resolution image as it is. In"
                    + " low-resolution voxels.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public double sigma = 5;

    @Widget(
            title = "Beyond the border",
            description = "What lies beyond the border: reflect (d c b a | a b c d | d c b a), constant (0), nearest"
                    + " (a a a a | a b c d | d d d d), mirror (d c b | a b c d | c b a), wrap (a b c d | a b c d"
                    + " | a b c d).")
    public Mode mode = Mode.REFLECT;

    @Widget(
            title = "Keep the mean",
            description = "Whether the result keeps the image's grey scale: the field is divided by a constant, so"
                    + " that the mean of the low-resolution image above Otsu's threshold stays the same. Without"
                    + " it, results are around 1. That is too few grey levels for an integer type. Nodes saved"
                    + " before there was this setting have it off.")
    @Migration(NotBefore.class)
    public boolean keepMean = true;

    @Widget(
            title = "Allow values that are not positive",
            description = "Whether to go on where the smoothed image is not above 0 in more than 0.1 % of its"
                    + " voxels; they are divided by 2^-23 then. What comes of it means nothing; images with"
                    + " negative values are such. Nodes saved before there was this setting have it on.")
    @Advanced
    @Migration(AlwaysBefore.class)
    public boolean allowNonPositive;

    /** What nodes did that were saved before there was a setting. */
    public static final class AlwaysBefore implements DefaultProvider<Boolean> {
        @Override
        public Boolean getDefault() {
            return true;
        }
    }
}
