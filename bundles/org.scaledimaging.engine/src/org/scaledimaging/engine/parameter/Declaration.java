package org.scaledimaging.engine.parameter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The description of a plugin, an operation or a writer before it is made: what it is called, and what can be set. */
public interface Declaration {
    /** Short, lower case, unique among its kind: as on the command line and in recipes. */
    String id();

    /** What it is called in a sentence: {@code the plugin n4}. */
    String called();

    /** In the order to show them. */
    List<Parameter> parameters();

    /**
     * What a recipe means that names some of the parameters: those that it does not name have the value from before they
     * were there.
     *
     * @param named by name
     * @return {@code named} and the parameters that were added later
     */
    default Map<String, Object> asRecipesMean(Map<String, ?> named) {
        Map<String, Object> meant = new LinkedHashMap<>(named);
        for (Parameter parameter : parameters()) {
            if (parameter.valueBefore() != null && !parameter.valueBefore().equals(parameter.defaultValue())) {
                meant.putIfAbsent(parameter.name(), parameter.valueBefore());
            }
        }
        return meant;
    }
}
