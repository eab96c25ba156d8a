package org.scaledimaging.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.plugins.gaussian.GaussianProvider;

/** Inside OSGi, the built-in plugins are services, with nobody having loaded a class of theirs before. */
class InstalledPluginsTest {
    @BeforeAll
    static void runsInsideOsgi() {
        assertNotNull(FrameworkUtil.getBundle(PluginRegistry.class), "the engine's bundle");
        assertNotNull(FrameworkUtil.getBundle(GaussianProvider.class), "the plugins' bundle");
    }

    @ParameterizedTest
    @ValueSource(strings = {"background", "gaussian", "guided-filter", "n4", "normalize", "segmentation-cleaner"})
    void theRegistryFindsAPluginById(String id) throws Exception {
        ScaledProcessingPlugin plugin = PluginRegistry.installed().create(id, Map.of());
        assertEquals(id, plugin.description().id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"background", "gaussian", "guided-filter", "n4", "normalize", "segmentation-cleaner"})
    void thePluginsBundleOffersItAsAService(String id) {
        ServiceReference<?>[] services =
                FrameworkUtil.getBundle(GaussianProvider.class).getRegisteredServices();
        assertNotNull(services, "services of the plugins' bundle");
        assertTrue(
                Arrays.stream(services)
                        .anyMatch(service -> List.of((String[]) service.getProperty("objectClass"))
                                        .contains(PluginProvider.class.getName())
                                && ("org.scaledimaging.plugins." + id).equals(service.getProperty("component.name"))),
                () -> Arrays.toString(services));
    }
}
