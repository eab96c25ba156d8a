package org.scaledimaging.cli.option;

import java.util.concurrent.Callable;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.UsageMessages;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A verb of the command line, with a console and the options {@code --help} and {@code --version}. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, versionProvider = Version.class)
public abstract class Verb implements Callable<Integer> {
    protected final Console console;

    @Spec
    protected CommandSpec spec;

    protected Verb(Console console) {
        this.console = console;
    }

    /** What the engine says of an option, for picocli to hand on. */
    protected final ParameterException wrongUsage(Exception e) {
        return UsageMessages.wrap(spec.commandLine(), e);
    }
}
