package org.scaledimaging.knime.setting;

import java.util.Arrays;
import java.util.List;
import org.knime.core.node.InvalidSettingsException;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.updates.ValueReference;
import org.knime.node.parameters.widget.message.TextMessage;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.knime.setting.text.Numbers;

/** By how much an image is downsampled. Field names are the settings' keys: they stay. */
public final class DownsampleImageParameters implements OperationParameters {
    @Widget(
            title = "Factor",
            description =
                    "How many voxels make one of the result: one number for all spatial axes, limited to each axis'"
                            + " length, or one for each in the order z,y,x, as in 1,2,2 or 1x2x2. At the end of the image"
                            + " the voxels that there are are averaged.")
    @ValueReference(Downsampled.Factor.class)
    public String factor = "2";

    @TextMessage(Downsampled.Result.class)
    public Void result;

    @Override
    public Image apply(Image image) throws ParameterException {
        return image.downsample(factors());
    }

    private List<Integer> factors() throws ParameterException {
        return Arrays.stream(Numbers.required("Factor", factor)).boxed().toList();
    }

    @Override
    public void validate() throws InvalidSettingsException {
        Sentences.validate(this::factors);
    }
}
