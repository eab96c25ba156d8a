package org.scaledimaging.cli.report;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.cli.serve.page.ProcessLine;
import org.scaledimaging.cli.terminal.Exit;
import picocli.CommandLine.Model.CommandSpec;

/** The command line that was typed. */
public final class TypedCommand {
    private TypedCommand() {}

    /** Fit to be typed again; without what may be a secret, as the query of an address. */
    public static String of(CommandSpec spec) {
        return Stream.concat(
                        Stream.of(Exit.COMMAND), spec.root().commandLine().getParseResult().originalArgs().stream())
                .map(word -> word.replaceFirst("(?is)(https?://)([^/?]*@)?([^?]*)\\?.*", "$1$3"))
                .map(ProcessLine::quoted)
                .collect(Collectors.joining(" "));
    }
}
