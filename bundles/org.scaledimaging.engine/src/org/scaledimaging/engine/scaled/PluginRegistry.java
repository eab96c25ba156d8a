package org.scaledimaging.engine.scaled;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.scaledimaging.engine.image.ParameterException;

/** The plugins that can be chosen by id or class. A snapshot: plugins installed later are in the next one. */
public final class PluginRegistry {
    private final List<PluginProvider> providers;

    private PluginRegistry(List<PluginProvider> providers) {
        this.providers = providers;
    }

    /** All that is installed: the OSGi services inside OSGi, what {@link ServiceLoader} finds elsewhere. */
    public static PluginRegistry installed() {
        List<PluginProvider> found = new ArrayList<>();
        if (insideOsgi()) {
            found.addAll(OsgiProviders.find());
        } else {
            ServiceLoader.load(PluginProvider.class, PluginRegistry.class.getClassLoader())
                    .forEach(found::add);
        }
        return of(found);
    }

    /** These plugins alone. */
    public static PluginRegistry of(Collection<? extends PluginProvider> providers) {
        List<PluginProvider> sorted = new ArrayList<>(providers);
        sorted.sort(Comparator.comparing(provider -> provider.description().id()));
        return new PluginRegistry(List.copyOf(sorted));
    }

    /** What can be chosen, sorted by id. */
    public List<PluginDescription> descriptions() {
        return providers.stream().map(PluginProvider::description).toList();
    }

    /** @throws ParameterException when there is no plugin of that id */
    public PluginDescription description(String id) throws ParameterException {
        return provider(id).description();
    }

    /**
     * Makes a plugin.
     *
     * @param parameters by name, as {@link ParameterValues#of} takes them
     * @throws ParameterException when there is no plugin of that id, or a parameter is unknown or not accepted
     */
    public ScaledProcessingPlugin create(String id, Map<String, ?> parameters) throws ParameterException {
        return create(provider(id), parameters);
    }

    /** Makes a plugin of a class. */
    public <P extends ScaledProcessingPlugin> P create(Class<P> pluginClass, Map<String, ?> parameters)
            throws ParameterException {
        for (PluginProvider provider : providers) {
            if (provider.pluginClass() == pluginClass) {
                return pluginClass.cast(create(provider, parameters));
            }
        }
        throw new ParameterException(
                "Plugin class", pluginClass.getName(), "a class that an installed plugin provides");
    }

    private static ScaledProcessingPlugin create(PluginProvider provider, Map<String, ?> parameters)
            throws ParameterException {
        return provider.create(ParameterValues.of(provider.description(), parameters));
    }

    private PluginProvider provider(String id) throws ParameterException {
        for (PluginProvider provider : providers) {
            if (provider.description().id().equals(id)) {
                return provider;
            }
        }
        String known = providers.isEmpty()
                ? "a plugin, but none is installed"
                : "one of " + descriptions().stream().map(PluginDescription::id).collect(Collectors.joining(", "));
        throw new ParameterException("Plugin", id, known);
    }

    private static boolean insideOsgi() {
        try {
            return OsgiProviders.runsInFramework();
        } catch (NoClassDefFoundError e) {
            return false; // no OSGi classes: a plain class path
        }
    }
}
