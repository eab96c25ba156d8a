package org.scaledimaging.knime.setting.plugin;

import java.lang.reflect.Field;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.knime.setting.text.Location;

/** The widgets of a plugin that are made from what it declares: classes made of it have a field for each parameter. */
public abstract class DeclaredParameters extends PluginParameters {
    private final String plugin;

    protected DeclaredParameters(String plugin) {
        this.plugin = plugin;
    }

    final String plugin() {
        return plugin;
    }

    @Override
    protected Set<String> places() {
        Set<String> places = new HashSet<>();
        for (Field field : getClass().getFields()) {
            if (value(field) instanceof String text
                    && Declared.parameter(plugin, field.getName())
                            .filter(parameter -> Declared.isPlace(parameter, text))
                            .isPresent()) {
                places.add(field.getName());
            }
        }
        return places;
    }

    @Override
    public Map<String, Object> valuesHere() throws ParameterException {
        Map<String, Object> values = values();
        for (String place : places()) {
            String title = Declared.title(plugin, place).orElse(place);
            values.put(
                    place,
                    Location.image(title, (String) value(field(place)), true).toString());
        }
        return values;
    }

    /** Sets what lines {@code name = value} say that earlier builds kept. */
    void take(Map<String, Object> lines) throws ParameterException {
        for (Map.Entry<String, Object> line : lines.entrySet()) {
            Parameter parameter = Declared.parameter(plugin, line.getKey())
                    .orElseThrow(() -> new ParameterException(
                            "Parameters", Location.quoted(line.getKey()), "a parameter of the plugin " + plugin));
            boolean place = Declared.isPlace(parameter, line.getValue().toString());
            set(line.getKey(), place ? line.getValue() : Declared.kept(parameter, parameter.parse(line.getValue())));
        }
    }

    private void set(String name, Object value) {
        try {
            field(name).set(this, value);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public field of a public class", e);
        }
    }

    private Field field(String name) {
        try {
            return getClass().getField(name);
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException("made from the same declaration", e);
        }
    }
}
