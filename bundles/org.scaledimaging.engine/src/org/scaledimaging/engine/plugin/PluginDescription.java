package org.scaledimaging.engine.plugin;

import java.util.List;
import org.scaledimaging.engine.parameter.Declaration;
import org.scaledimaging.engine.parameter.Parameter;

/**
 * The description of a plugin, before there is an instance of it.
 *
 * @param id short, lower case, unique among all plugins of either kind: as on the command line and in recipes
 * @param name for people
 * @param description what it does, one or a few sentences
 * @param parameters in the order to show them
 */
public record PluginDescription(String id, String name, String description, List<Parameter> parameters)
        implements Declaration {

    public PluginDescription {
        parameters = List.copyOf(parameters);
    }

    @Override
    public String called() {
        return "the plugin " + id;
    }
}
