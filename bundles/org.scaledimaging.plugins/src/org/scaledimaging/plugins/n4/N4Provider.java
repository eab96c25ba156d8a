package org.scaledimaging.plugins.n4;

import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Makes {@link N4BiasFieldCorrection} known to OSGi and to {@link java.util.ServiceLoader}. */
public final class N4Provider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return N4BiasFieldCorrection.DESCRIPTION;
    }

    @Override
    public Class<? extends ScaledProcessingPlugin> pluginClass() {
        return N4BiasFieldCorrection.class;
    }

    @Override
    public ScaledProcessingPlugin create(ParameterValues parameters) throws ParameterException {
        return new N4BiasFieldCorrection(parameters);
    }
}
