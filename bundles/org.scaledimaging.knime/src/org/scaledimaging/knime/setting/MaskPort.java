package org.scaledimaging.knime.setting;

import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginDescription;

/** The optional port for a mask image, which becomes a parameter of the plugin. */
public final class MaskPort {
    public static final String NAME = "Mask";

    /** The plugin's parameter that takes an image as mask. */
    public static final String PARAMETER = "mask";

    private MaskPort() {}

    /** @throws ParameterException when the plugin takes no mask image */
    public static void check(PluginDescription plugin) throws ParameterException {
        boolean takesMask = plugin.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(PARAMETER) && parameter.type() == Parameter.Type.IMAGE);
        if (!takesMask) {
            throw new ParameterException(
                    NAME, "an image for the plugin " + plugin.id(), "a plugin that takes a mask, or no image here");
        }
    }
}
