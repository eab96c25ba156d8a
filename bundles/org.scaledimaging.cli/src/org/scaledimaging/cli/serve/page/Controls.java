package org.scaledimaging.cli.serve.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** Describes parameters so that the page can show controls of them; it knows no single plugin. */
final class Controls {
    /** Beyond this, a bound is none that a person meets. */
    private static final double FAR = 1e15;

    private Controls() {}

    /** For each plugin its name, its parameters and the values that these have, as maps and lists for JSON. */
    static List<Object> of(List<ScaledProcessingPlugin> chain) {
        List<Object> plugins = new ArrayList<>();
        for (ScaledProcessingPlugin plugin : chain) {
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("id", plugin.description().id());
            facts.put("name", plugin.description().name());
            facts.put("description", plugin.description().description());
            List<Object> parameters = new ArrayList<>();
            for (Parameter parameter : plugin.description().parameters()) {
                parameters.add(of(parameter, plugin.parameters().asMap().get(parameter.name())));
            }
            facts.put("parameters", parameters);
            plugins.add(facts);
        }
        return plugins;
    }

    private static Map<String, Object> of(Parameter parameter, Object value) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", parameter.name());
        facts.put("type", parameter.type().name().toLowerCase(Locale.ROOT));
        facts.put("value", ProcessLine.written(value));
        facts.put("default", parameter.defaultValue() == null ? null : ProcessLine.written(parameter.defaultValue()));
        facts.put("minimum", bound(parameter.minimum()));
        facts.put("maximum", bound(parameter.maximum()));
        facts.put("choices", parameter.choices());
        facts.put("unit", parameter.unit());
        facts.put("accepted", parameter.accepted());
        facts.put("description", parameter.description());
        return facts;
    }

    private static Double bound(double bound) {
        return Math.abs(bound) < FAR && bound != Integer.MAX_VALUE ? bound : null;
    }
}
