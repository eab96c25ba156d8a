package org.scaledimaging.plugins.gaussian;

import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

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
