package org.scaledimaging.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
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
    private static final Map<String, Function<Console, ?>> ALL = all();

    private Verbs() {}

    private static Map<String, Function<Console, ?>> all() {
        Map<String, Function<Console, ?>> verbs = new LinkedHashMap<>();
        verbs.put("process", ProcessCommand::new);
        verbs.put("run", RunCommand::new);
        verbs.put("serve", ServeCommand::of);
        for (String name : OperationVerbs.names()) {
            verbs.put(name, console -> OperationVerbs.named(console, name));
        }
        verbs.put("info", InfoCommand::new);
        verbs.put("statistics", StatisticsCommand::new);
        verbs.put("picture", PictureCommand::new);
        verbs.put("report", ReportCommand::new);
        verbs.put("plugins", PluginsCommand::new);
        verbs.put("clean", CleanCommand::new);
        verbs.put("help", HelpCommand::new);
        verbs.put("completion", CompletionCommand::new);
        return verbs;
    }

    /** The names of all, in the order to show them. */
    static Set<String> names() {
        return ALL.keySet();
    }

    /** The names of the verbs that are wanted for arguments: the first of these, or all where it is none or speaks of all. */
    static Set<String> namesFor(String... arguments) {
        String first = arguments.length == 0 ? "" : arguments[0];
        return ALL.containsKey(first) && !first.equals("help") && !first.equals("completion") ? Set.of(first) : names();
    }

    /** Makes a verb: a command of picocli, or the object that one is made of. */
    static Object make(String name, Console console) {
        return ALL.get(name).apply(console);
    }
}
