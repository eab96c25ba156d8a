package org.scaledimaging.engine.plugin;

import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * An algorithm that users choose by its id and set by declared parameters: a {@link ScaledProcessingPlugin}, or one for
 * segmentation. Immutable and thread-safe.
 */
public interface Plugin {

    /** What this algorithm is and which parameters it has. */
    PluginDescription description();

    /** The values that this instance's parameters have. */
    ParameterValues parameters();
}
