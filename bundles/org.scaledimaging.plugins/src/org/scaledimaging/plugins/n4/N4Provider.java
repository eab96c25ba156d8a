package org.scaledimaging.plugins.n4;

import org.scaledimaging.engine.image.ParameterException;
import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

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
