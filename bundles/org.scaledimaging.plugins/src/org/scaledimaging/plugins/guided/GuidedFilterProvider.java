package org.scaledimaging.plugins.guided;

import org.scaledimaging.engine.plugin.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

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
