package org.scaledimaging.cli.verb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for the shell fish, which picocli makes none for: a line for each verb, each option, each argument's values. */
final class FishCompletion {
    private final List<String> lines = new ArrayList<>();
    private final String command;

    private FishCompletion(String command) {
        this.command = command;
    }

    /** The script for a command and its verbs; files are offered wherever no values are known. */
    static String of(CommandLine command) {
        FishCompletion completion = new FishCompletion(command.getCommandName());
        completion.lines.add("# Completion of " + completion.command + " for fish.");
        completion.add("-e"); // what was there before
        completion.options(command.getCommandSpec(), "__fish_use_subcommand");
        command.getSubcommands().forEach((name, verb) -> {
            CommandSpec spec = verb.getCommandSpec();
            completion.add("-f -n __fish_use_subcommand -a " + name + described(firstSentence(spec)));
            String condition = quoted("__fish_seen_subcommand_from " + name);
            completion.options(spec, condition);
            spec.positionalParameters().stream()
                    .filter(parameter -> parameter.completionCandidates() != null)
                    .forEach(parameter -> completion.add("-f -n " + condition + values(parameter)));
        });
        return String.join("\n", completion.lines);
    }

    private void options(CommandSpec spec, String condition) {
        for (OptionSpec option : spec.options()) {
            if (!option.hidden()) {
                StringBuilder line = new StringBuilder("-n " + condition);
                for (String name : option.names()) {
                    line.append(name.startsWith("--") ? " -l " : " -s ").append(name.replaceFirst("^-+", ""));
                }
                if (option.arity().max() > 0) {
                    line.append(option.completionCandidates() == null ? " -r" : " -x" + values(option));
                }
                add(line + described(option.description().length == 0 ? "" : sentence(option.description()[0])));
            }
        }
    }

    private void add(String rest) {
        lines.add("complete -c " + command + " " + rest);
    }

    private static String values(ArgSpec argument) {
        return " -a "
                + quoted(StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .collect(Collectors.joining(" ")));
    }

    private static String described(String text) {
        return text.isEmpty() ? "" : " -d " + quoted(text);
    }

    private static String firstSentence(CommandSpec spec) {
        String[] description = spec.usageMessage().description();
        return description.length == 0 ? "" : sentence(description[0]);
    }

    /** The first sentence of a text in which percent signs stand twice. */
    private static String sentence(String text) {
        return text.replace("%%", "%").split("(?<=[.;:]) |%n", 2)[0].replaceFirst("[.;:]$", "");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
