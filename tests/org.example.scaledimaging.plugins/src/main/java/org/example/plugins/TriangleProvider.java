package org.example.plugins;

import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;

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
