package org.scaledimaging.cli;

import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.URLClassLoader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Collection;
import java.util.function.BooleanSupplier;
import org.scaledimaging.cli.option.ForServers;
import org.scaledimaging.cli.option.PluginPath;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.cli.terminal.Failures;
import org.scaledimaging.cli.terminal.Interruption;
import org.scaledimaging.cli.terminal.OptionNames;
import org.scaledimaging.cli.terminal.SilentProgress;
import org.scaledimaging.cli.terminal.StandardStreams;
import org.scaledimaging.cli.terminal.Terminal;
import org.scaledimaging.cli.terminal.TextStream;
import org.scaledimaging.cli.terminal.UsageMessages;
import org.scaledimaging.engine.execute.wait.Cancelling;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.Addresses;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.place.ImageLocation;
import picocli.CommandLine;

/** The entry of the command line. Exit codes: 0 done, 1 failed, 2 wrong usage, 130 and 143 ended by a signal. */
public final class Main {
    private Main() {}

    /** An archive of classes that Java did not take, of other jars or damaged, is in the way of a new one. */
    private static void removeRefusedArchive() {
        String archive = System.getProperty("scaledimaging.class.archive");
        if (archive != null && !System.getProperty("java.vm.info", "").contains("sharing")) {
            new File(archive).delete();
        }
    }

    private static void setUnlessGiven(String property, String value) {
        System.setProperty(property, System.getProperty(property, value));
    }

    public static void main(String[] arguments) {
        // jhdf logs by SLF4J, which otherwise says on the terminal that there is nobody to log to.
        setUnlessGiven("slf4j.internal.verbosity", "ERROR");
        // What comes from a server is taken in larger pieces, with fewer turns of the thread that waits for it.
        setUnlessGiven("jdk.httpclient.bufsize", "65536");
        removeRefusedArchive();
        EnvironmentProxy.use(System.getenv(), System.getProperties(), System.err);
        int exitCode;
        try (Interruption interruption = Interruption.listen()) {
            exitCode = run(
                    StandardStreams.out(),
                    StandardStreams.err(),
                    Terminal.isInteractive(),
                    interruption::requested,
                    arguments);
        }
        if (exitCode != Exit.DONE) { // YARN takes a job for failed whose driver ends its process by itself
            System.exit(exitCode);
        }
    }

    /**
     * Runs a command inside this JVM, as plain text without a terminal.
     *
     * @param cancelled asked often; once true, the command stops and cleans up
     * @return the exit code
     */
    public static int run(PrintStream out, PrintStream err, BooleanSupplier cancelled, String... arguments) {
        Charset charset = Charset.defaultCharset();
        return run(new TextStream(out, charset), new TextStream(err, charset), false, cancelled, arguments);
    }

    /** What was asked for and does not get to standard output is a failure, whether it is full or nobody reads it. */
    private static int run(
            TextStream out, TextStream err, boolean interactive, BooleanSupplier cancelled, String... arguments) {
        Console console = new Console(
                new PrintWriter(new BufferedWriter(out)),
                out.bytes(),
                new PrintWriter(err, true),
                interactive,
                cancelled);
        int exitCode = run(console, arguments);
        console.out().flush();
        console.err().flush();
        if (exitCode == Exit.DONE && out.failure().isPresent()) {
            return new Failures(console).notPrinted(out.failure().get());
        }
        return exitCode;
    }

    private static int run(Console console, String... arguments) {
        try {
            return commandLine(console, Verbs.namesFor(arguments)).execute(arguments);
        } catch (Throwable e) { // picocli hands exceptions to Failures, errors come through
            return new Failures(console).report(e);
        }
    }

    /** The command with all its verbs. */
    public static CommandLine commandLine(Console console) {
        return commandLine(console, Verbs.names());
    }

    private static CommandLine commandLine(Console console, Collection<String> verbs) {
        Failures failures = new Failures(console);
        ScaledImaging entry = new ScaledImaging(console);
        CommandLine commands = new CommandLine(entry);
        verbs.forEach(name -> commands.addSubcommand(name, Verbs.make(name, console)));
        return commands.setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(100)
                .setUsageHelpAutoWidth(console.interactive())
                .registerConverter(ImageLocation.class, new ToLocation())
                .registerConverter(Path.class, new ToTarget())
                .setExecutionStrategy(new WhileServed(console, entry))
                .setParameterExceptionHandler(new WrongUsage(failures))
                .setExecutionExceptionHandler(new Failed(failures));
    }

    // Picocli calls classes here, not lambda expressions: a class cache of Java 17 takes none of an interface as old as
    // picocli's, and then lacks that interface, too, and all that is made of it.

    private record WhileServed(Console console, ScaledImaging entry) implements CommandLine.IExecutionStrategy {
        @Override
        public int execute(CommandLine.ParseResult parsed) {
            return whileServed(console, entry, parsed);
        }
    }

    private record WrongUsage(Failures failures) implements CommandLine.IParameterExceptionHandler {
        @Override
        public int handleParseException(CommandLine.ParameterException e, String[] arguments) {
            return failures.wrongUsage(e, arguments);
        }
    }

    private record Failed(Failures failures) implements CommandLine.IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
            return failures.report(e);
        }
    }

    /** Runs the verb with the options for web servers, and without waiting for one when the user wants to stop. */
    private static int whileServed(Console console, ScaledImaging entry, CommandLine.ParseResult parsed) {
        try (ForServers options = entry.forServers();
                Cancelling cancelling = Cancelling.by(new SilentProgress(console)::isCancelled);
                JobScope.Working working = new JobScope().begin()) {
            return withPlugins(entry, parsed);
        }
    }

    /** Runs the verb where plugins of the plugin path are found: they come by the thread's class loader. */
    private static int withPlugins(ScaledImaging entry, CommandLine.ParseResult parsed) {
        CommandLine.RunLast verb = new CommandLine.RunLast();
        if (entry.pluginPath().isEmpty()) {
            return verb.execute(parsed);
        }
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader plugins = PluginPath.open(entry.pluginPath().get(), Main.class.getClassLoader())) {
            thread.setContextClassLoader(plugins);
            return verb.execute(parsed);
        } catch (ParameterException e) {
            throw UsageMessages.wrap(parsed.commandSpec().commandLine(), e);
        } catch (IOException e) { // a place on the plugin path that cannot be read
            throw new CommandLine.ParameterException(
                    parsed.commandSpec().commandLine(), FileFailures.sentence(e, OptionNames.TABLE), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private record ToTarget() implements CommandLine.ITypeConverter<Path> {
        @Override
        public Path convert(String text) {
            try {
                return Addresses.target(text);
            } catch (IOException e) {
                throw new CommandLine.TypeConversionException(e.getMessage());
            }
        }
    }

    private record ToLocation() implements CommandLine.ITypeConverter<ImageLocation> {
        @Override
        public ImageLocation convert(String text) {
            try {
                return ImageLocation.parse(text);
            } catch (IOException e) {
                throw new CommandLine.TypeConversionException(e.getMessage());
            }
        }
    }
}
