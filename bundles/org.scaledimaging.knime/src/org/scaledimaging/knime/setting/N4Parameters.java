package org.scaledimaging.knime.setting;

import java.util.Map;
import java.util.Set;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.layout.Layout;
import org.knime.node.parameters.migration.DefaultProvider;
import org.knime.node.parameters.migration.Migration;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.choices.ValueSwitchWidget;
import org.knime.node.parameters.widget.number.NumberInputWidget;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsNonNegativeValidation;
import org.knime.node.parameters.widget.number.NumberInputWidgetValidation.MinValidation.IsPositiveIntegerValidation;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.plugin.PluginParameters;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.PlacePersistor;

/** The parameters of the plugin n4. Field names are the settings' keys: they stay. */
@Layout(ScaledProcessingParameters.N4Section.class)
public final class N4Parameters extends PluginParameters {

    /** Which voxels take part in the estimate. */
    public enum Mask {
        @Label("Foreground")
        FOREGROUND,
        @Label("All")
        NONE,
        @Label("Positive")
        POSITIVE,
        @Label("Otsu")
        OTSU
    }

    /** What a length is counted in. */
    public enum SpacingUnit {
        @Label("Millimetres")
        MILLIMETER,
        @Label("The image's unit")
        IMAGE
    }

    /** Settings that were saved before there was a unit. */
    public static final class FormerUnit implements DefaultProvider<SpacingUnit> {
        @Override
        public SpacingUnit getDefault() {
            return SpacingUnit.IMAGE;
        }
    }

    @Widget(
            title = "Spline spacing (mm or spans)",
            description = "Distance of the spline's control points at the first level, in millimetres whatever the"
                    + " image's unit (an image without a unit: as its voxel sizes are); or how many spans it"
                    + " has, with x between them along x, y, z as in 3x2x1, with commas in the image's order"
                    + " (z,y,x) as in 1,2,3; auto: one span along each axis.")
    public String splineSpacing = "auto";

    @Widget(
            title = "Iterations",
            description = "At most how many iterations at each level; each further level halves the distance of"
                    + " control points. With commas between: 50,50,30 are three levels.")
    public String iterations = "200,50";

    @Widget(
            title = "Tolerance",
            description = "A level ends when the coefficient of variation of the field's change is not above this.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    public double tolerance = 1e-5;

    @Widget(
            title = "Mask",
            description = "Which voxels take part in the estimate: foreground (those above Otsu's threshold of the"
                    + " log intensities), none (all), positive (those above 0), otsu (those above Otsu's"
                    + " threshold), or those where an image of the same field of view, at any resolution, is not"
                    + " 0. Such an image comes in at the mask port, and is used whatever is chosen here.")
    @ValueSwitchWidget
    public Mask mask = Mask.FOREGROUND;

    @Widget(
            title = "Keep the mean",
            description = "Whether the result keeps the image's grey scale: the field is divided by a constant, so"
                    + " that the mean of the low-resolution voxels that take part in the estimate stays the"
                    + " same. Without it, the field's mean is left to chance, as ITK's; with rescale, the"
                    + " range decides. Nodes saved before there was this setting have it off.")
    @Migration(NotBefore.class)
    public boolean keepMean = true;

    @Widget(
            title = "Unit of the spacing",
            description = "What a length in Spline spacing is counted in: millimeter, or image, the image's own"
                    + " unit. With image, spans go along x, y, z with commas, too: recipes from before there was"
                    + " this parameter mean that. So do nodes that were saved before there was this setting.")
    @ValueSwitchWidget
    @Advanced
    @Migration(FormerUnit.class)
    public SpacingUnit spacingUnit = SpacingUnit.MILLIMETER;

    @Widget(
            title = "Shrink factor",
            description = "Every how many voxels along each axis one takes part in the estimate. In low-resolution"
                    + " voxels.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Advanced
    public int shrinkFactor = 1;

    @Widget(
            title = "Weight image",
            description = "Image of the same field of view, at any resolution, with the weight of each voxel in the"
                    + " estimate; voxels that are not above 0 take no part. Its file or folder; empty for none.")
    @TextInputWidget(placeholder = "none")
    @Advanced
    @Persistor(PlacePersistor.OfWeight.class)
    public String weight = "";

    @Widget(title = "Histogram bins", description = "Number of bins of the log intensities' histogram.")
    @NumberInputWidget(minValidation = IsPositiveIntegerValidation.class)
    @Advanced
    public int histogramBins = 200;

    @Widget(
            title = "Full width at half maximum (log intensity)",
            description = "Width of the Gaussian that the bias field is taken to blur the histogram with. In log"
                    + " intensity.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    public double fullWidthAtHalfMaximum = 0.15;

    @Widget(
            title = "Wiener filter noise",
            description = "Noise constant of the Wiener filter that sharpens the histogram.")
    @NumberInputWidget(minValidation = IsNonNegativeValidation.class)
    @Advanced
    public double wienerNoise = 0.01;

    @Widget(
            title = "Rescale",
            description =
                    "Whether corrected intensities are rescaled to the range that the low-resolution image has in the"
                            + " mask.")
    @Advanced
    public boolean rescale;

    @Override
    protected Set<String> places() {
        return Set.of("weight");
    }

    @Override
    public Map<String, Object> valuesHere() throws ParameterException {
        Map<String, Object> values = values();
        if (!weight.isEmpty()) {
            values.put("weight", Location.image("Weight image", weight, true).toString());
        }
        return values;
    }
}
