package org.scaledimaging.cli.terminal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.CancellationException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.plugin.PluginFailure;
import picocli.CommandLine;

/** Tells users what went wrong: one line for what they can change, a stack trace for what is our fault. */
public final class Failures {
    /** The property by which authors of plugins get the stack trace of what their plugin throws. */
    private static final String TRACE = "scaledimaging.trace";

    private final Console console;

    public Failures(Console console) {
        this.console = console;
    }

    /** A command line that cannot be understood. */
    public int wrongUsage(CommandLine.ParameterException e, String[] arguments) {
        if (e.getCause() instanceof ParameterException cause && cause.plugin().isPresent()) {
            say(sentence(cause));
        } else {
            say(FileFailures.oneLine(UsageMessages.of(e, arguments)) + " See '"
                    + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        }
        return Exit.WRONG_USAGE;
    }

    /** Work that did not come to its end. */
    public int report(Throwable failure) {
        if (failure instanceof UncheckedIOException e) {
            return report(e.getCause());
        }
        if (failure instanceof IOException && console.cancelled().getAsBoolean()) {
            // what is temporary goes at once when the process is to end, and whoever reads it fails
            say("cancelled, nothing was written.");
        } else if (failure instanceof ParameterException e) {
            say(sentence(e));
        } else if (failure instanceof IOException e) {
            say(FileFailures.sentence(e, OptionNames.TABLE));
            if (failure instanceof PluginFailure && Boolean.getBoolean(TRACE)) {
                trace(failure);
            }
        } else if (failure instanceof CancellationException) {
            say("cancelled, nothing was written.");
        } else if (failure instanceof ServiceConfigurationError) {
            say("a plugin on the class path cannot be loaded (" + FileFailures.oneLine(failure.getMessage()) + ").");
        } else if (failure instanceof OutOfMemoryError) {
            say("memory: found " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB, expected more (--memory, or SCALED_IMAGING_JAVA_OPTS=-Xmx8g in the environment), or fewer --threads,"
                    + " smaller --chunks or a larger --downsample-factor.");
        } else {
            say("internal error (" + FileFailures.oneLine(failure.toString())
                    + "), please report it with what follows.");
            trace(failure);
        }
        return Exit.FAILED;
    }

    /** Where a parameter of a plugin is wrong, what is accepted is told by another verb. */
    private static String sentence(ParameterException e) {
        String sentence = FileFailures.oneLine(e.sentence(OptionNames.TABLE));
        return e.plugin()
                .map(plugin -> sentence + " See '" + Exit.COMMAND + " plugins " + plugin + "'.")
                .orElse(sentence);
    }

    /** What was asked for, and did not get to standard output. */
    public int notPrinted(IOException failure) {
        say("standard output: found " + failure.getMessage()
                + ", expected a file or program that takes all that is printed.");
        return Exit.FAILED;
    }

    /** The way here of an exception and of what caused it; messages could hold lines of their own. */
    private void trace(Throwable failure) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            console.say((at == failure ? "" : "Caused by: ") + at);
            for (StackTraceElement element : at.getStackTrace()) {
                console.say("    at " + element);
            }
        }
    }

    private void say(String message) {
        console.say(Exit.COMMAND + ": " + message);
    }
}
