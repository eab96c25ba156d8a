package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.scaledimaging.engine.scaled.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;

/** On a plain class path, the built-in plugins are found as any third party's would be. */
class InstalledPluginsTest {
    @Test
    void theRegistryFindsTheGaussianPluginById() throws Exception {
        ScaledProcessingPlugin plugin = PluginRegistry.installed().create("gaussian", Map.of());
        assertEquals("gaussian", plugin.description().id());
    }
}
