package org.scaledimaging.plugins.normalize;

import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Makes {@link IntensityNormalization} known to OSGi and to {@link java.util.ServiceLoader}. */
public final class NormalizationProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return IntensityNormalization.DESCRIPTION;
    }

    @Override
    public Class<? extends ScaledProcessingPlugin> pluginClass() {
        return IntensityNormalization.class;
    }

    @Override
    public ScaledProcessingPlugin create(ParameterValues parameters) throws ParameterException {
        return new IntensityNormalization(parameters);
    }
}
