package org.example.plugins;

import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;

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
