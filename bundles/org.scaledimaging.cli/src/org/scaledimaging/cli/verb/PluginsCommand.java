package org.scaledimaging.cli.verb;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.scaledimaging.cli.option.Candidates;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.Json;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.cli.terminal.UsageMessages;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells which plugins are installed and how they can be set. */
@Command(
        name = "plugins",
        description = {"Lists the installed plugins and their parameters.", ""},
        footer = {"", "Example:", "  scaled-imaging plugins gaussian"})
public final class PluginsCommand extends Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "ID",
            completionCandidates = Candidates.AllPlugins.class,
            description = "Only the plugin of this id.")
    private String id;

    @Option(names = "--json", description = "Print JSON, for programs: a list, or an object where an ID is given.")
    private boolean json;

    public PluginsCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        PluginRegistry registry = PluginRegistry.installed();
        List<PluginDescription> plugins = registry.descriptions();
        if (id != null) {
            try {
                plugins = List.of(registry.description(id));
            } catch (ParameterException e) {
                throw UsageMessages.wrap(spec.commandLine(), e, OptionNames.OF_ARGUMENT);
            }
        }
        if (json) {
            List<Map<String, Object>> facts = plugins.stream()
                    .map(plugin -> facts(plugin, verb(registry, plugin)))
                    .toList();
            console.out().println(Json.write(id == null ? facts : facts.get(0)));
        } else {
            String before = "";
            for (PluginDescription plugin : plugins) {
                console.out().print(before);
                print(plugin, verb(registry, plugin));
                before = System.lineSeparator();
            }
        }
        console.out().flush();
        return Exit.DONE;
    }

    /** The verb that runs a plugin, by its kind. */
    private static String verb(PluginRegistry registry, PluginDescription plugin) {
        return registry.has(SegmentationPlugin.class, plugin.id()) ? "segment" : "process";
    }

    private static Map<String, Object> facts(PluginDescription plugin, String verb) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("id", plugin.id());
        facts.put("verb", verb);
        facts.put("name", plugin.name());
        facts.put("description", plugin.description());
        facts.put(
                "parameters",
                plugin.parameters().stream().map(PluginsCommand::facts).toList());
        return facts;
    }

    private static Map<String, Object> facts(Parameter parameter) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("name", parameter.name());
        facts.put("type", parameter.type().name().toLowerCase(Locale.ROOT));
        facts.put("default", parameter.defaultValue());
        facts.put("accepted", parameter.accepted());
        if (!parameter.choices().isEmpty()) {
            facts.put("choices", parameter.choices());
        }
        facts.put("unit", parameter.unit());
        facts.put("description", parameter.description());
        return facts;
    }

    private void print(PluginDescription plugin, String verb) {
        console.print(plugin.id() + " - " + plugin.name());
        console.print("  " + plugin.description());
        console.print("  Run by: scaled-imaging " + verb + " --plugin " + plugin.id());
        for (Parameter parameter : plugin.parameters()) {
            String unit = parameter.unit().isEmpty() ? "" : " (" + parameter.unit() + ")";
            console.out().println();
            console.print("  " + parameter.name() + "=" + written(parameter.defaultValue()) + unit + ": "
                    + parameter.accepted());
            console.print("      " + parameter.description());
        }
    }

    /** A default as one would write it behind {@code -p name=}. */
    private static String written(Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(Object::toString).collect(Collectors.joining(","));
        }
        return value.toString();
    }
}
