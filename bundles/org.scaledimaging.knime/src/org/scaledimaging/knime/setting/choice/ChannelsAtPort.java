package org.scaledimaging.knime.setting.choice;

import java.util.List;
import org.knime.node.parameters.NodeParametersInput;
import org.knime.node.parameters.widget.choices.StringChoice;
import org.knime.node.parameters.widget.choices.StringChoicesProvider;

/** The channels of the image at the first port by name; numbers where there is no image yet. */
public final class ChannelsAtPort implements StringChoicesProvider {
    @Override
    public List<StringChoice> computeState(NodeParametersInput context) {
        return ImageParts.atPort(context, 0).map(ImageParts::channels).orElseGet(ImageParts::numbers);
    }
}
