package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;
import org.scaledimaging.engine.scaled.PluginRegistry;
import org.scaledimaging.engine.scaled.ScaledProcessingPlugin;
import org.scaledimaging.plugins.gaussian.GaussianProvider;

/** Inside OSGi, the built-in plugins are services, with nobody having loaded a class of theirs before. */
class InstalledPluginsTest {
    @BeforeAll
    static void runsInsideOsgi() {
        assertNotNull(FrameworkUtil.getBundle(PluginRegistry.class), "the engine's bundle");
        assertNotNull(FrameworkUtil.getBundle(GaussianProvider.class), "the plugins' bundle");
    }

    @Test
    void theRegistryFindsTheGaussianPluginById() throws Exception {
        ScaledProcessingPlugin plugin = PluginRegistry.installed().create("gaussian", Map.of());
        assertEquals("gaussian", plugin.description().id());
    }

    @Test
    void theServiceIsOfferedByThePluginsBundle() {
        Bundle bundle = FrameworkUtil.getBundle(GaussianProvider.class);
        assertNotNull(bundle.getRegisteredServices(), "services of " + bundle);
        assertEquals(
                "org.scaledimaging.plugins.gaussian",
                bundle.getRegisteredServices()[0].getProperty("component.name"));
    }
}
