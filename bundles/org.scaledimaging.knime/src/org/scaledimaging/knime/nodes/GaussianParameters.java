package org.scaledimaging.knime.nodes;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;

/** The parameters of the plugin gaussian. Field names are the settings' keys: they stay. */
final class GaussianParameters implements NodeParameters {

    /** What lies beyond the border. */
    enum Mode {
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
            title = "Sigma",
            description =
                    "Standard deviation of the Gaussian, in low-resolution voxels; 0 leaves the low-resolution image"
                            + " as it is.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Layout(ScaledProcessingParameters.GaussianSection.class)
    double sigma = 5;

    @Widget(title = "Beyond the border", description = "What the smoothing finds beyond the border of the image.")
    @Layout(ScaledProcessingParameters.GaussianSection.class)
    Mode mode = Mode.REFLECT;

    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("sigma", sigma);
        values.put("mode", mode.name().toLowerCase(Locale.ROOT));
        return values;
    }
}
