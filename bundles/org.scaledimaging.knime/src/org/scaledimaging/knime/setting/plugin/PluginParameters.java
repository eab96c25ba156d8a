package org.scaledimaging.knime.setting.plugin;

import java.lang.reflect.Field;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.knime.node.parameters.NodeParameters;
import org.knime.node.parameters.Widget;
import org.knime.node.parameters.migration.DefaultProvider;
import org.scaledimaging.engine.message.ParameterException;

/**
 * The widgets of a plugin that has some of its own: a public field for each of the plugin's parameters, of its name. Field
 * names are the settings' keys, too: they stay.
 */
public abstract class PluginParameters implements NodeParameters {

    /** What nodes did that were saved before there was a setting. */
    public static final class NotBefore implements DefaultProvider<Boolean> {
        @Override
        public Boolean getDefault() {
            return false;
        }
    }

    /** The values that mean the same on every computer, by the names of the plugin's parameters. */
    public final Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Field field : getClass().getFields()) {
            Object value = value(field);
            values.put(
                    field.getName(), value instanceof Enum<?> word ? word.name().toLowerCase(Locale.ROOT) : value);
        }
        values.keySet().removeAll(places());
        return values;
    }

    final Object value(Field field) {
        return value(field, this);
    }

    static Object value(Field field, Object owner) {
        try {
            return field.get(owner);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a public field of a public class", e);
        }
    }

    /** All values. */
    public Map<String, Object> valuesHere() throws ParameterException {
        return values();
    }

    /** The fields that say a place, which means something on this computer only. */
    protected Set<String> places() {
        return Set.of();
    }

    /** What a dialog calls a plugin's parameter; nothing where it has no widget for it. */
    public static Optional<String> title(Class<? extends PluginParameters> widgets, String parameter) {
        for (Field field : widgets.getFields()) {
            if (field.getName().equals(parameter)) {
                return Optional.of(field.getAnnotation(Widget.class).title());
            }
        }
        return Optional.empty();
    }
}
