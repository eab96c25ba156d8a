package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.scaledimaging.engine.scaled.PluginProvider;
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
    void thePluginsBundleOffersItAsAService() {
        ServiceReference<?>[] services =
                FrameworkUtil.getBundle(GaussianProvider.class).getRegisteredServices();
        assertNotNull(services, "services of the plugins' bundle");
        assertTrue(
                Arrays.stream(services)
                        .anyMatch(service -> List.of((String[]) service.getProperty("objectClass"))
                                        .contains(PluginProvider.class.getName())
                                && "org.scaledimaging.plugins.gaussian".equals(service.getProperty("component.name"))),
                () -> Arrays.toString(services));
    }
}
