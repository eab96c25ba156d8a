package org.scaledimaging.engine.plugin;

import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.ParameterValues;

/**
 * The service by which a plugin is found: an OSGi service of this type inside OSGi, an entry in {@code META-INF/services}
 * elsewhere. One provider per algorithm, of whichever kind of plugin; {@link PluginProviders} is the service for several.
 */
public interface PluginProvider {

    /** What users see of the plugin. */
    PluginDescription description();

    /** The class that {@link #create} makes instances of; it tells what kind of plugin they are. */
    Class<? extends Plugin> pluginClass();

    /**
     * Makes an instance.
     *
     * @param parameters values for the declared parameters, defaults filled in
     * @throws ParameterException when values do not go together
     */
    Plugin create(ParameterValues parameters) throws ParameterException;

    /** How a plugin is made, often its constructor; as {@link PluginProvider#create}. */
    @FunctionalInterface
    interface Factory<P extends Plugin> {
        /** Makes the plugin; values are checked against its description. */
        P create(ParameterValues parameters) throws ParameterException;
    }

    /** A provider of what the factory makes. */
    static <P extends Plugin> PluginProvider of(
            PluginDescription description, Class<P> pluginClass, Factory<? extends P> factory) {
        return new PluginProvider() {
            @Override
            public PluginDescription description() {
                return description;
            }

            @Override
            public Class<P> pluginClass() {
                return pluginClass;
            }

            @Override
            public P create(ParameterValues parameters) throws ParameterException {
                return factory.create(parameters);
            }
        };
    }
}
