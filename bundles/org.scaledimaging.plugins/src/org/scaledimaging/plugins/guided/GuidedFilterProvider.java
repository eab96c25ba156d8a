package org.scaledimaging.plugins.guided;

import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

/** Makes {@link GuidedFilter} known to OSGi and to {@link java.util.ServiceLoader}. */
public final class GuidedFilterProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return GuidedFilter.DESCRIPTION;
    }

    @Override
    public Class<? extends ScaledProcessingPlugin> pluginClass() {
        return GuidedFilter.class;
    }

    @Override
    public ScaledProcessingPlugin create(ParameterValues parameters) {
        return new GuidedFilter(parameters);
    }
}
