package org.scaledimaging.plugins.background;

import org.scaledimaging.engine.plugin.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Makes {@link BackgroundSubtraction} known to OSGi and to {@link java.util.ServiceLoader}. */
public final class BackgroundProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return BackgroundSubtraction.DESCRIPTION;
    }

    @Override
    public Class<? extends ScaledProcessingPlugin> pluginClass() {
        return BackgroundSubtraction.class;
    }

    @Override
    public ScaledProcessingPlugin create(ParameterValues parameters) {
        return new BackgroundSubtraction(parameters);
    }
}
