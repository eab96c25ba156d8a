package org.scaledimaging.plugins.background;

import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

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
