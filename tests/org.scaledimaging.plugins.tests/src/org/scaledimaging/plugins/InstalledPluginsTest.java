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
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.PluginProviders;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Inside OSGi, the list of built-in plugins is a service, with nobody having loaded a class of it before. */
class InstalledPluginsTest {
    @BeforeAll
    static void runsInsideOsgi() {
        assertNotNull(FrameworkUtil.getBundle(PluginRegistry.class), "the engine's bundle");
        assertNotNull(FrameworkUtil.getBundle(BuiltInPlugins.class), "the plugins' bundle");
    }

    @Test
    void theRegistryFindsEachByItsId() throws Exception {
        List<PluginProvider> builtIn = new BuiltInPlugins().providers();
        assertEquals(
                builtIn.stream()
                        .map(plugin -> plugin.description().id())
                        .sorted()
                        .toList(),
                PluginRegistry.installed().descriptions().stream()
                        .map(PluginDescription::id)
                        .toList());
        for (PluginProvider provider : builtIn) {
            String id = provider.description().id();
            ScaledProcessingPlugin plugin = PluginRegistry.installed().create(id, Map.of());
            assertEquals(provider.pluginClass(), plugin.getClass());
            assertEquals(id, plugin.description().id());
        }
    }

    @Test
    void theirBundleOffersThemAsOneService() {
        ServiceReference<?>[] services =
                FrameworkUtil.getBundle(BuiltInPlugins.class).getRegisteredServices();
        assertNotNull(services, "services of the plugins' bundle");
        assertTrue(
                Arrays.stream(services)
                        .anyMatch(service -> List.of((String[]) service.getProperty("objectClass"))
                                .contains(PluginProviders.class.getName())),
                () -> Arrays.toString(services));
    }
}
