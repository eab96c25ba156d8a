package org.scaledimaging.cli.serve.page;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.scaledimaging.cli.serve.Correction;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/** The command line that computes and writes what is shown. */
public final class ProcessLine {
    private static final String SAFE = "[A-Za-z0-9_@%+=:,./-]+";

    private ProcessLine() {}

    /**
     * A line for a shell: of the parameters, those that are not the defaults.
     *
     * @param input path or address of the image
     * @param output name of what is written
     * @param correction the plugins, in order; of their options, the channels that each works on
     * @param options further words, such as {@code --level 1}
     */
    public static String of(String input, String output, Correction correction, List<String> options) {
        List<String> words = new ArrayList<>(List.of(Exit.COMMAND, "process", input, output));
        for (Correction.Step step : correction.steps()) {
            ScaledProcessingPlugin plugin = step.plugin();
            words.add("--plugin");
            words.add(plugin.description().id());
            for (Parameter parameter : plugin.description().parameters()) {
                Object value = plugin.parameters().asMap().get(parameter.name());
                if (!value.equals(parameter.defaultValue())) {
                    words.add("-p");
                    words.add(parameter.name() + "=" + written(value));
                }
            }
            step.options().onChannels().ifPresent(channels -> words.addAll(List.of("--on-channels", channels)));
        }
        words.addAll(options);
        return words.stream().map(ProcessLine::quoted).collect(Collectors.joining(" "));
    }

    /** A value as one writes it behind {@code -p name=}. */
    public static String written(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(ProcessLine::written).collect(Collectors.joining(","));
        }
        boolean whole = value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15;
        return whole
                ? Long.toString(((Double) value).longValue())
                : value instanceof Double number
                        ? number.toString().replace(".0E", "e").replace("E", "e")
                        : String.valueOf(value);
    }

    /** A word as a shell reads it. */
    public static String quoted(String word) {
        return word.matches(SAFE) ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
