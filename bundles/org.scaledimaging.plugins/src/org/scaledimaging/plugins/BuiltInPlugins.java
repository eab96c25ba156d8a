package org.scaledimaging.plugins;

import java.util.List;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginProviders;
import org.scaledimaging.plugins.background.BackgroundSubtraction;
import org.scaledimaging.plugins.cleaner.SegmentationCleaner;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;
import org.scaledimaging.plugins.guided.GuidedFilter;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;
import org.scaledimaging.plugins.normalize.IntensityNormalization;

/** The list of built-in plugins, for OSGi and {@link java.util.ServiceLoader} alike. */
public final class BuiltInPlugins implements PluginProviders {

    @Override
    public List<PluginProvider> providers() {
        return List.of(
                BackgroundSubtraction.PROVIDER,
                GaussianBiasFieldCorrection.PROVIDER,
                GuidedFilter.PROVIDER,
                IntensityNormalization.PROVIDER,
                N4BiasFieldCorrection.PROVIDER,
                SegmentationCleaner.PROVIDER);
    }
}
