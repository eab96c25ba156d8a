package org.scaledimaging.cli.verb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.cli.option.Verb;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.cli.terminal.Exit;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.message.VisibleText;
import org.scaledimaging.engine.target.Litter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Removes what killed processes left of outputs that nobody writes again. */
@Command(
        name = "clean",
        description = {
            "Removes what killed processes left in a folder: outputs written by half, old ones that were replaced, the"
                    + " files that say who writes, temporary folders. What a running process uses stays. An old output"
                    + " that was not replaced yet is put back. Folders in the folder are not looked into.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  scaled-imaging clean results --list",
            "  scaled-imaging clean results",
            "  scaled-imaging clean /tmp"
        })
public final class CleanCommand extends Verb {
    @Parameters(paramLabel = "FOLDER", description = "Where outputs were written to.")
    private Path folder;

    @Option(names = "--list", description = "Only say what there is, and change nothing.")
    private boolean list;

    public CleanCommand(Console console) {
        super(console);
    }

    @Override
    public Integer call() throws IOException {
        if (!Files.isDirectory(folder)) {
            String found = Files.exists(folder) ? "a file" : "no such folder";
            throw new TargetException(folder, found, "the folder that outputs were written to");
        }
        List<Litter> all = list ? Litter.find(folder) : Litter.clean(folder);
        for (Litter litter : all) {
            console.out().println(VisibleText.of(line(litter)));
        }
        long bytes = all.stream()
                .filter(litter -> litter.state() == Litter.State.ABANDONED)
                .mapToLong(Litter::bytes)
                .sum();
        String sum = list ? "to remove" : "removed";
        console.out().println(all.isEmpty() ? "nothing to clean" : sum + " " + size(bytes));
        console.out().flush();
        return Exit.DONE;
    }

    private String line(Litter litter) {
        String done = switch (litter.state()) {
            case ABANDONED -> list ? "abandoned" : "removed";
            case TO_PUT_BACK -> list ? "the old output, to be put back" : "put back, being the old output";
            case PERHAPS_ONLY_COPY ->
                "kept, since it may be the only copy of an old output: rename or delete it yourself";
            case IN_USE -> "in use";
            case UNKNOWN -> "kept, since nobody can tell whether it is in use";
        };
        return litter.path() + "  " + size(litter.bytes()) + "  " + done;
    }

    private static String size(long bytes) {
        return bytes < 1_000_000
                ? bytes + " bytes"
                : String.format(Locale.ROOT, bytes < 1e9 ? "%.1f MB" : "%.1f GB", bytes / (bytes < 1e9 ? 1e6 : 1e9));
    }
}
