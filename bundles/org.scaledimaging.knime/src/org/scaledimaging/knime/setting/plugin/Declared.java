package org.scaledimaging.knime.setting.plugin;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.Parameter.Type;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;

/** The declarations of installed plugins, as widgets have them. */
public final class Declared {
    private static final int LONGEST_TEXT = 10_000; // a class file takes no longer ones than 65,535 bytes

    private Declared() {}

    /** What a plugin declares, if it is installed. */
    static Optional<PluginDescription> plugin(String id) {
        return PluginRegistry.installed().descriptions().stream()
                .filter(plugin -> plugin.id().equals(id))
                .findFirst();
    }

    /** A plugin's parameter, if it is installed and has that. */
    static Optional<Parameter> parameter(String plugin, String name) {
        return plugin(plugin).stream()
                .flatMap(description -> description.parameters().stream())
                .filter(parameter -> parameter.name().equals(name))
                .findFirst();
    }

    /** What a dialog calls a parameter of an installed plugin: {@code Keep brightness}, {@code Radius (voxels)}. */
    public static Optional<String> title(String plugin, String name) {
        return parameter(plugin, name).map(Declared::title);
    }

    static String title(Parameter parameter) {
        String words = parameter
                .name()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT);
        String title = words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        return parameter.unit().isEmpty() ? title : title + " (" + marked(parameter.unit()) + ")";
    }

    /** The declared sentences, and what is accepted where no widget shows it. */
    static String help(Parameter parameter) {
        boolean said = parameter.type() == Type.BOOLEAN || parameter.type() == Type.CHOICE;
        String help = parameter.description() + (said ? "" : " Accepted: " + parameter.accepted() + ".");
        String whole = help.endsWith(".") ? help : help + ".";
        return marked(whole.length() > LONGEST_TEXT ? whole.substring(0, LONGEST_TEXT) : whole);
    }

    /** KNIME makes an XML description of texts, unescaped. */
    private static String marked(String text) {
        return text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").replace("&", "&amp;").replace("<", "&lt;");
    }

    /** A value as a widget keeps it: a double, long, boolean or text. */
    static Object kept(Parameter parameter, Object value) {
        if (value == null) {
            return ""; // has to be given
        }
        return switch (widget(parameter)) {
            case NUMBER -> ((Number) value).doubleValue();
            case INTEGER -> ((Number) value).longValue();
            case BOOLEAN -> value;
            default ->
                value instanceof List<?> list
                        ? list.stream().map(Object::toString).collect(Collectors.joining(","))
                        : value.toString();
        };
    }

    /** What kind of widget shows a parameter: a text where nothing is given at first. */
    static Type widget(Parameter parameter) {
        return parameter.defaultValue() == null && parameter.type() != Type.IMAGE ? Type.TEXT : parameter.type();
    }

    /** Whether a text names an image's place, which means something on this computer only. */
    static boolean isPlace(Parameter parameter, String text) {
        return parameter.type() == Type.IMAGE
                && !parameter.choices().contains(text)
                && !text.startsWith("{")
                && !text.isEmpty();
    }
}
