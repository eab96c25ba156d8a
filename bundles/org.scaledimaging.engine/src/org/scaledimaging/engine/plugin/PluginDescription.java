package org.scaledimaging.engine.plugin;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What users see of a plugin, before there is an instance of it.
 *
 * @param id short, lower case, unique among all plugins of either kind: as on the command line and in recipes
 * @param name for people
 * @param description what it does, one or a few sentences
 * @param parameters in the order to show them
 */
public record PluginDescription(String id, String name, String description, List<Parameter> parameters) {

    public PluginDescription {
        parameters = List.copyOf(parameters);
    }

    /**
     * What a recipe means that names some of the parameters: those that it does not name have the value from before they
     * were there.
     *
     * @param named by name
     * @return {@code named} and the parameters that were added later
     */
    public Map<String, Object> asRecipesMean(Map<String, ?> named) {
        Map<String, Object> meant = new LinkedHashMap<>(named);
        for (Parameter parameter : parameters) {
            if (!parameter.valueBefore().equals(parameter.defaultValue())) {
                meant.putIfAbsent(parameter.name(), parameter.valueBefore());
            }
        }
        return meant;
    }
}
