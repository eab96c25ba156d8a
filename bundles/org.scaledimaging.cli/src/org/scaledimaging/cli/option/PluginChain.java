package org.scaledimaging.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessingDeclaration;
import picocli.CommandLine.Option;

/**
 * Plugins, one after the other, each with the parameters that are given after it. picocli calls the setter of an option
 * whenever it meets one, in the order of the command line, with all values so far; its groups of options, which seem made
 * for this, give a third plugin's parameters to the second.
 */
public final class PluginChain {
    private record Choice(String id, List<String> assignments, List<String> channels) {}

    private final List<Choice> choices = new ArrayList<>();
    private final List<String> beforeAll = new ArrayList<>();

    @Option(
            names = "--plugin",
            paramLabel = "ID",
            completionCandidates = Candidates.ProcessingPlugins.class,
            required = true,
            description =
                    "The plugin to run; 'scaled-imaging plugins' lists them. May be given several times: each works"
                            + " on the result of the one before.")
    private void plugin(List<String> soFar) {
        if (soFar.isEmpty()) {
            choices.clear(); // before a command line is read
        } else {
            choices.add(new Choice(soFar.get(soFar.size() - 1), new ArrayList<>(), new ArrayList<>()));
        }
    }

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "Sets a parameter of the plugin before it; repeatable.")
    private void parameter(List<String> soFar) {
        if (soFar.isEmpty()) {
            beforeAll.clear();
            return;
        }
        List<String> here =
                choices.isEmpty() ? beforeAll : choices.get(choices.size() - 1).assignments();
        here.add(soFar.get(soFar.size() - 1));
    }

    @Option(
            names = "--on-channels",
            paramLabel = "N[,N...]",
            description =
                    "Which channels are processed by the plugin before it, counted from 0; the others are passed on,"
                            + " in the result's pixel type. All channels: all if not given.")
    private void onChannel(List<String> soFar) {
        if (soFar.isEmpty()) {
            return;
        }
        String here = soFar.get(soFar.size() - 1);
        if (choices.isEmpty()) {
            beforeAll.add("--on-channels " + here);
        } else {
            choices.get(choices.size() - 1).channels().add(here);
        }
    }

    /**
     * The channels that each plugin corrects, in the order of the plugins: numbers with commas between, or the word for
     * all.
     */
    public List<String> channels() {
        return choices.stream()
                .map(choice -> choice.channels().isEmpty()
                        ? ScaledProcessingDeclaration.ALL_CHANNELS
                        : String.join(",", choice.channels()))
                .toList();
    }

    /** @throws ParameterException when there is no such plugin, or one does not accept a parameter */
    public List<ScaledProcessingPlugin> create(PluginRegistry registry) throws ParameterException {
        if (!beforeAll.isEmpty()) {
            throw new ParameterException(
                    beforeAll.get(0).startsWith("--") ? "--on-channels" : "-p",
                    Given.shown(beforeAll.get(0)) + " before the first --plugin",
                    "it after the --plugin whose parameter it is");
        }
        List<ScaledProcessingPlugin> plugins = new ArrayList<>();
        for (Choice choice : choices) {
            plugins.add(registry.create(choice.id(), Assignments.parse(choice.id(), choice.assignments())));
        }
        return plugins;
    }
}
