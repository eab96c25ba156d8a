package org.scaledimaging.engine.plugin;

import org.scaledimaging.engine.message.ParameterException;

/**
 * The service by which plugins are found: an OSGi service of this type inside OSGi, an entry in {@code
 * META-INF/services} elsewhere. One provider per algorithm, of whichever kind of plugin.
 */
public interface PluginProvider {

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
}
