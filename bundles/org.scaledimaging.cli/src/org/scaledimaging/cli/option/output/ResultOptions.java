package org.scaledimaging.cli.option.output;

import picocli.CommandLine.Option;

/** Options that leave the work undone, or have results told to programs. */
public final class ResultOptions {
    @Option(
            names = "--dry-run",
            description = "Write nothing: say what would be written, what that takes and how long, by a sample of two"
                    + " seconds; or fail as the work would.")
    private boolean dryRun;

    @Option(
            names = "--json",
            description = "Print a line of JSON for each image when it is done with: input, output, status, seconds,"
                    + " shape, figures, warnings, error.")
    private boolean json;

    public boolean dryRun() {
        return dryRun;
    }

    public boolean json() {
        return json;
    }
}
