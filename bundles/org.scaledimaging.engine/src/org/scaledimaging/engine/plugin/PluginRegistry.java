package org.scaledimaging.engine.plugin;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.service.Services;

/** The plugins that can be chosen by id or class. A snapshot: plugins installed later are in the next one. */
public final class PluginRegistry {
    private final List<PluginProvider> providers;

    private PluginRegistry(List<PluginProvider> providers) {
        this.providers = providers;
    }

    /**
     * All that is installed: the OSGi services inside OSGi, elsewhere what {@link ServiceLoader} finds by the thread's
     * context class loader.
     *
     * @throws java.util.ServiceConfigurationError when one of them cannot be loaded
     */
    public static PluginRegistry installed() {
        return of(all(Services.all(PluginProvider.class), Services.all(PluginProviders.class)));
    }

    /**
     * What {@link ServiceLoader} finds by a class loader.
     *
     * @throws java.util.ServiceConfigurationError when one of them cannot be loaded
     */
    public static List<PluginProvider> loaded(ClassLoader loader) {
        return all(Services.loaded(PluginProvider.class, loader), Services.loaded(PluginProviders.class, loader));
    }

    private static List<PluginProvider> all(List<PluginProvider> providers, List<PluginProviders> lists) {
        List<PluginProvider> found = new ArrayList<>(providers);
        lists.forEach(list -> found.addAll(listed(list)));
        return found;
    }

    /**
     * What a list of plugins holds.
     *
     * @throws UncheckedIOException of a {@link PluginFailure}, when it fails to say so
     */
    static List<PluginProvider> listed(PluginProviders list) {
        try {
            return List.copyOf(list.providers());
        } catch (RuntimeException | LinkageError e) {
            throw new UncheckedIOException(PluginFailure.in(list.getClass().getName(), "list of plugins", e));
        }
    }

    /** These plugins alone. */
    public static PluginRegistry of(Collection<? extends PluginProvider> providers) {
        List<PluginProvider> sorted = new ArrayList<>(providers);
        sorted.sort(Comparator.comparing(provider -> describe(provider).id()));
        return new PluginRegistry(List.copyOf(sorted));
    }

    /**
     * What a provider says of its plugin.
     *
     * @throws UncheckedIOException of a {@link PluginFailure}, when it fails to
     */
    public static PluginDescription describe(PluginProvider provider) {
        try {
            return Objects.requireNonNull(provider.description(), "no description");
        } catch (RuntimeException | LinkageError e) {
            throw new UncheckedIOException(PluginFailure.in(provider.getClass().getName(), "description", e));
        }
    }

    /** What can be chosen, of all kinds, sorted by id. */
    public List<PluginDescription> descriptions() {
        return descriptions(Plugin.class);
    }

    /**
     * What can be chosen of one kind, sorted by id.
     *
     * @param kind such as {@code ScaledProcessingPlugin.class}
     */
    public List<PluginDescription> descriptions(Class<? extends Plugin> kind) {
        return of(kind).map(PluginProvider::description).toList();
    }

    /** @throws ParameterException when there is no plugin of that id, of whatever kind */
    public PluginDescription description(String id) throws ParameterException {
        return provider(Plugin.class, id).description();
    }

    /** Whether there is a plugin of that kind and id. */
    public boolean has(Class<? extends Plugin> kind, String id) {
        return descriptions(kind).stream().anyMatch(plugin -> plugin.id().equals(id));
    }

    /** Makes a plugin for scaled processing; as {@link #create(Class, String, Map)}. */
    public ScaledProcessingPlugin create(String id, Map<String, ?> parameters) throws ParameterException {
        return create(ScaledProcessingPlugin.class, id, parameters);
    }

    /**
     * Makes a plugin.
     *
     * @param kind such as {@code ScaledProcessingPlugin.class}
     * @param parameters by name, as {@link ParameterValues#of} takes them
     * @throws ParameterException when there is no plugin of that kind and id, or a parameter is unknown or not accepted
     * @throws UncheckedIOException of a {@link PluginFailure}, when the plugin fails to be made
     */
    public <P extends Plugin> P create(Class<P> kind, String id, Map<String, ?> parameters) throws ParameterException {
        return kind.cast(create(provider(kind, id), parameters));
    }

    /** Makes a plugin of a class. */
    public <P extends Plugin> P create(Class<P> pluginClass, Map<String, ?> parameters) throws ParameterException {
        for (PluginProvider provider : providers) {
            if (provider.pluginClass() == pluginClass) {
                return pluginClass.cast(create(provider, parameters));
            }
        }
        throw new ParameterException(
                "Plugin class", pluginClass.getName(), "a class that an installed plugin provides");
    }

    private static Plugin create(PluginProvider provider, Map<String, ?> parameters) throws ParameterException {
        String id = provider.description().id();
        try {
            ParameterValues values = ParameterValues.of(provider.description(), parameters);
            return Objects.requireNonNull(provider.create(values), "no plugin");
        } catch (ParameterException e) {
            throw e.ofPlugin(id);
        } catch (RuntimeException | LinkageError e) {
            throw new UncheckedIOException(PluginFailure.in(id, "making", e));
        }
    }

    private Stream<PluginProvider> of(Class<? extends Plugin> kind) {
        return providers.stream().filter(provider -> kind.isAssignableFrom(provider.pluginClass()));
    }

    private PluginProvider provider(Class<? extends Plugin> kind, String id) throws ParameterException {
        return of(kind).filter(provider -> provider.description().id().equals(id))
                .findFirst()
                .orElseThrow(() -> unknown(kind, id));
    }

    private ParameterException unknown(Class<? extends Plugin> kind, String id) {
        if (has(Plugin.class, id)) {
            return new ParameterException(
                    Setting.PLUGIN, Given.shown(id) + ", which " + runsIt(id) + " runs", known(kind));
        }
        List<String> ids =
                descriptions(kind).stream().map(PluginDescription::id).toList();
        String expected = known(kind) + NearMisses.perhaps(id, ids);
        List<String> others = descriptions().stream()
                .map(PluginDescription::id)
                .filter(other -> !ids.contains(other))
                .toList();
        List<String> near = NearMisses.of(id, ids).isEmpty() ? NearMisses.of(id, others) : List.of();
        return new ParameterException(
                Setting.PLUGIN,
                Given.shown(id),
                near.isEmpty()
                        ? expected
                        : expected + ", perhaps " + near.get(0) + ", which " + runsIt(near.get(0)) + " runs");
    }

    /** What runs an installed plugin, by its kind. */
    private Setting runsIt(String id) {
        return has(ScaledProcessingPlugin.class, id) ? Setting.SCALED_PROCESSING : Setting.SEGMENTATION;
    }

    /** The ids of one kind, for messages: "one of gaussian, n4". */
    public String known(Class<? extends Plugin> kind) {
        String ids = descriptions(kind).stream().map(PluginDescription::id).collect(Collectors.joining(", "));
        if (!ids.isEmpty()) {
            return "one of " + ids;
        }
        String purpose = kind == Plugin.class
                ? ""
                : kind == ScaledProcessingPlugin.class ? " for scaled processing" : " for segmentation";
        return "a plugin" + purpose + ", of which none is installed";
    }
}
