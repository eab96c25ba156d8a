package org.scaledimaging.knime.setting;

import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginDescription;

/** The optional port for a mask image, which becomes a parameter of the plugin where it takes one. */
public final class MaskPort {
    public static final String NAME = "Mask";

    /** The plugin's parameter that takes an image as mask. */
    public static final String PARAMETER = "mask";

    private MaskPort() {}

    /** Whether a plugin takes a mask itself, as a parameter; what the engine does with one holds for all others. */
    static boolean isTakenBy(PluginDescription plugin) {
        return plugin.parameters().stream()
                .anyMatch(parameter -> parameter.name().equals(PARAMETER) && parameter.type() == Parameter.Type.IMAGE);
    }
}
