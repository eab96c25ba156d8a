package org.scaledimaging.plugins.cleaner;

import org.scaledimaging.engine.plugin.ParameterValues;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Makes {@link SegmentationCleaner} known to OSGi and to {@link java.util.ServiceLoader}. */
public final class CleanerProvider implements PluginProvider {

    @Override
    public PluginDescription description() {
        return SegmentationCleaner.DESCRIPTION;
    }

    @Override
    public Class<? extends ScaledProcessingPlugin> pluginClass() {
        return SegmentationCleaner.class;
    }

    @Override
    public ScaledProcessingPlugin create(ParameterValues parameters) {
        return new SegmentationCleaner(parameters);
    }
}
