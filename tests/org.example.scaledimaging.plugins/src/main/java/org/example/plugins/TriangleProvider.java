package org.example.plugins;

import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;

/** Makes {@link Triangle} known. */
public final class TriangleProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return Triangle.DESCRIPTION;
    }

    @Override
    public Class<Triangle> pluginClass() {
        return Triangle.class;
    }

    @Override
    public Triangle create(ParameterValues parameters) {
        return new Triangle(parameters);
    }
}
