package org.scaledimaging.cli;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.scaledimaging.cli.batch.RunCommand;
import org.scaledimaging.cli.picture.PictureCommand;
import org.scaledimaging.cli.report.ReportCommand;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.verb.CleanCommand;
import org.scaledimaging.cli.verb.CompletionCommand;
import org.scaledimaging.cli.verb.HelpCommand;
import org.scaledimaging.cli.verb.InfoCommand;
import org.scaledimaging.cli.verb.OperationVerbs;
import org.scaledimaging.cli.verb.PluginsCommand;
import org.scaledimaging.cli.verb.ProcessCommand;
import org.scaledimaging.cli.verb.StatisticsCommand;
import org.scaledimaging.cli.verb.serve.ServeCommand;

/** All verbs by their names, each made when it is wanted: to make them all takes longer than what a short verb does. */
final class Verbs {
    private static final List<String> BEFORE_OPERATIONS = List.of("process", "run", "serve");
    private static final List<String> AFTER_OPERATIONS =
            List.of("info", "statistics", "picture", "report", "plugins", "clean", "help", "completion");

    private Verbs() {}

    /** The names of all, in the order to show them. */
    static Set<String> names() {
        Set<String> names = new LinkedHashSet<>(BEFORE_OPERATIONS);
        names.addAll(OperationVerbs.names());
        names.addAll(AFTER_OPERATIONS);
        return names;
    }

    /** The names of the verbs that are wanted for arguments: the first of these, or all where it is none or speaks of all. */
    static Set<String> namesFor(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        boolean one = BEFORE_OPERATIONS.contains(first)
                || AFTER_OPERATIONS.contains(first)
                || OperationVerbs.names().contains(first);
        return one && !first.equals("help") && !first.equals("completion") ? Set.of(first) : names();
    }

    /** Makes a verb: a command of picocli, or the object that one is made of. */
    static Object make(String name, Console console) {
        return switch (name) {
            case "process" -> new ProcessCommand(console);
            case "run" -> new RunCommand(console);
            case "serve" -> ServeCommand.of(console);
            case "info" -> new InfoCommand(console);
            case "statistics" -> new StatisticsCommand(console);
            case "picture" -> new PictureCommand(console);
            case "report" -> new ReportCommand(console);
            case "plugins" -> new PluginsCommand(console);
            case "clean" -> new CleanCommand(console);
            case "help" -> new HelpCommand(console);
            case "completion" -> new CompletionCommand(console);
            default -> OperationVerbs.named(console, name);
        };
    }
}
