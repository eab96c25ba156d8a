package org.scaledimaging.plugins.gaussian;

import org.scaledimaging.engine.plugin.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Makes {@link GaussianBiasFieldCorrection} known to OSGi and to {@link java.util.ServiceLoader}. */
public final class GaussianProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return GaussianBiasFieldCorrection.DESCRIPTION;
    }

    @Override
    public Class<? extends ScaledProcessingPlugin> pluginClass() {
        return GaussianBiasFieldCorrection.class;
    }

    @Override
    public ScaledProcessingPlugin create(ParameterValues parameters) {
        return new GaussianBiasFieldCorrection(parameters);
    }
}
