package org.example.plugins;

import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;

/** Makes {@link Flatten} known. */
public final class FlattenProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return Flatten.DESCRIPTION;
    }

    @Override
    public Class<Flatten> pluginClass() {
        return Flatten.class;
    }

    @Override
    public Flatten create(ParameterValues parameters) {
        return new Flatten(parameters);
    }
}
