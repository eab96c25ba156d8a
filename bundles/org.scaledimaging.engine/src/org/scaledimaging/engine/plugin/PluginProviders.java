package org.scaledimaging.engine.plugin;

import java.util.List;

/**
 * The service by which several plugins are found at once: all that a bundle or jar has, in one list. Found as a {@link
 * PluginProvider} is.
 */
public interface PluginProviders {

    /** One for each algorithm, in any order. */
    List<PluginProvider> providers();
}
