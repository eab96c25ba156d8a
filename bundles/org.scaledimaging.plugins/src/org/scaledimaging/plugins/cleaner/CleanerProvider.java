package org.scaledimaging.plugins.cleaner;

import org.scaledimaging.engine.scaled.ParameterValues;
import org.scaledimaging.engine.scaled.PluginDescription;
import org.scaledimaging.engine.scaled.PluginProvider;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

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
