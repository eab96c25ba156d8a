package org.scaledimaging.cli.verb;

import java.util.List;
import org.scaledimaging.cli.option.Candidates;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.NearMisses;
import org.scaledimaging.engine.message.ParameterException;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Prints what a shell needs to complete verbs, options and their values. */
@Command(
        name = "completion",
        description = {
            "Prints a script by which a shell completes verbs, options, the ids of plugins and other values.",
            ""
        },
        footer = {
            "",
            "Examples: for this session; for all, in ~/.bashrc or ~/.zshrc; for fish",
            "  source <(scaled-imaging completion bash)",
            "  echo 'source <(scaled-imaging completion zsh)' >>~/.zshrc",
            "  scaled-imaging completion fish >~/.config/fish/completions/scaled-imaging.fish"
        })
public final class CompletionCommand extends Verb {
    private static final List<String> SHELLS = List.of("bash", "zsh", "fish");

    /** By this, picocli's script has bash offer no files where it offers nothing itself; inputs and outputs are files. */
    private static final String NO_FILES = "(?m)^.*compopt \\+o default$\\R?";

    @Parameters(
            paramLabel = "SHELL",
            description = "bash, zsh or fish.",
            completionCandidates = Candidates.Shells.class)
    private String shell;

    public CompletionCommand(Console console) {
        super(console);
    }

    /** One script serves bash and zsh: it asks zsh for what bash has of its own. */
    @Override
    public Integer call() {
        if (!SHELLS.contains(shell)) {
            throw wrongUsage(new ParameterException(
                    "SHELL", Given.shown(shell), "bash, zsh or fish" + NearMisses.perhaps(shell, SHELLS)));
        }
        CommandLine all = spec.parent().commandLine();
        console.out()
                .println(
                        shell.equals("fish")
                                ? FishCompletion.of(all)
                                : AutoComplete.bash(Exit.COMMAND, all).replaceAll(NO_FILES, ""));
        return Exit.DONE;
    }
}
