package org.scaledimaging.plugins.normalize;

import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

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
