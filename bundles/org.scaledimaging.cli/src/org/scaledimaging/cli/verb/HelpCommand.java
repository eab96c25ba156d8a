package org.scaledimaging.cli.verb;

import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells how a verb is used, as its option {@code --help} does. */
@Command(
        name = "help",
        description = {"Tells what a verb does and all of its options; without a verb, which verbs there are.", ""},
        footer = {"", "Example:", "  scaled-imaging help process"})
public final class HelpCommand extends Verb {
    @Parameters(arity = "0..1", paramLabel = "VERB", description = "The verb to tell about.")
    private String verb;

    public HelpCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() {
        CommandLine all = spec.parent().commandLine();
        CommandLine wanted = verb == null ? all : all.getSubcommands().get(verb);
        if (wanted == null) {
            List<String> verbs = new ArrayList<>(all.getSubcommands().keySet());
            throw wrongUsage(new ParameterException(
                    "VERB", Given.shown(verb), "one of " + String.join(", ", verbs) + NearMisses.perhaps(verb, verbs)));
        }
        wanted.usage(console.out());
        return Exit.DONE;
    }
}
