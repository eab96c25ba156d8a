package org.scaledimaging.cli.option;

import org.scaledimaging.cli.terminal.ProgressDisplay;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.message.ParameterException;
import picocli.CommandLine.Option;

/** Options on how work is done. */
public final class ExecutionOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many threads compute; one per processor if not given.")
    private Integer threads;

    @Option(names = "--quiet", description = "Print nothing but errors and warnings.")
    private boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Also say how the image is read and what that takes.")
    private boolean verbose;

    public boolean quiet() {
        return quiet;
    }

    /** @throws ParameterException when there are no threads, or little and much is to be said at once */
    public void check() throws ParameterException {
        if (quiet && verbose) {
            throw new ParameterException("--quiet", "it along with --verbose", "one of them");
        }
        if (threads != null && threads < 1) {
            throw new ParameterException("--threads", threads, "a whole number of at least 1");
        }
    }

    public int threads() {
        return threads == null ? Execution.standard().threads() : threads;
    }

    public Execution execution(ProgressDisplay display) {
        return new Execution(threads(), display).withNotices(notice -> {
            if (verbose || notice.kind() != Notice.Kind.DETAIL) {
                display.notice(notice);
            }
        });
    }
}
