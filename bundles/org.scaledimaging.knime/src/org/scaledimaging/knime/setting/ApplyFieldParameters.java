package org.scaledimaging.knime.setting;

import java.util.Optional;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Advanced;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.persistence.Persistor;
import org.knime.node.parameters.widget.choices.ChoicesProvider;
import org.knime.node.parameters.widget.choices.Label;
import org.knime.node.parameters.widget.text.TextInputWidget;
import org.scaledimaging.engine.block.Interpolation;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.operation.ApplyField;
import org.scaledimaging.knime.setting.text.Location;
import org.scaledimaging.knime.setting.text.OutputType;
import org.scaledimaging.knime.setting.text.PlacePersistor;

/** The settings of Apply Field. Field names are the settings' keys: they stay. */
public final class ApplyFieldParameters implements NodeParameters {

    /** What is done with a voxel and the field's value there. Names are kept in workflows: they stay. */
    public enum By {
        @Label("Divide")
        DIVIDE,
        @Label("Multiply")
        MULTIPLY,
        @Label("Subtract")
        SUBTRACT,
        @Label("Add")
        ADD
    }

    /** How the field is evaluated between its voxels. */
    public enum Between {
        @Label("Linear")
        LINEAR,
        @Label("Cubic B-spline")
        CUBIC,
        @Label("Linear in logarithms")
        LOG
    }

    @Widget(
            title = "What to do",
            description =
                    "What is done with the field's value at each voxel: divide, multiply, subtract or add. Dividing"
                            + " leaves a voxel as it is where the field is 0 or no number.")
    public By by = By.DIVIDE;

    @Widget(
            title = "Interpolation",
            description = "How the field is evaluated between its voxels: linear, by a cubic B-spline, or linear in"
                    + " logarithms (log).")
    public Between interpolation = Between.LINEAR;

    @Widget(title = "Scale", description = "What the field's values are multiplied by before they are applied.")
    public double scale = 1;

    @Widget(title = "Offset", description = "What is added to the field's values then.")
    public double offset;

    @Widget(
            title = EstimateParameters.APPLY_MASK_TITLE,
            description =
                    "Where the field is applied: an image m of the same field of view, at any resolution, by its path"
                            + " or address; the result is corrected · m + original · (1 − m), with m from 0 to 1 and 1"
                            + " where it is more. Empty for everywhere. An image in the workflow comes in by the port"
                            + " Mask.")
    @TextInputWidget(placeholder = "none")
    @Advanced
    @Persistor(PlacePersistor.OfApplyMask.class)
    public String applyMask = "";

    @Widget(
            title = "Pixel type",
            description = "Type of the result's voxels; rounded to the nearest and clamped where need be.")
    @ChoicesProvider(OutputType.ComputedChoices.class)
    public String pixelType = OutputType.UNCHANGED;

    /**
     * What is done to an image.
     *
     * @param field its recipe
     * @param mask recipe of the image at the port for one
     * @throws ParameterException when a value is not accepted, or there are two masks
     */
    public ApplyField operation(String field, Optional<String> mask) throws ParameterException {
        if (!Double.isFinite(scale)) {
            throw new ParameterException("Scale", scale, "a finite number");
        }
        if (!Double.isFinite(offset)) {
            throw new ParameterException("Offset", offset, "a finite number");
        }
        ApplyField operation = new ApplyField(
                field, ApplyField.By.valueOf(by.name()), Interpolation.valueOf(interpolation.name()), scale, offset);
        if (applyMask.isEmpty()) {
            return mask.map(operation::within).orElse(operation);
        }
        if (mask.isPresent()) {
            throw new ParameterException(
                    Setting.APPLY_MASK, "it, and an image at the port " + EstimateParameters.PORT, "one of the two");
        }
        return operation.within(Location.image(EstimateParameters.APPLY_MASK_TITLE, applyMask, true)
                .toString());
    }

    /** Looks at what can be wrong everywhere: not at places. */
    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(() -> {
            ApplyFieldParameters anywhere = new ApplyFieldParameters();
            anywhere.scale = scale;
            anywhere.offset = offset;
            anywhere.operation("none", Optional.empty());
            OutputType.of(pixelType, PixelType.FLOAT32, PixelType.FLOAT32);
        });
    }
}
