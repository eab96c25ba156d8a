package org.scaledimaging.cli;

import org.scaledimaging.engine.execute.Progress;

/** Progress as users see it; closed when there is no more of it. */
interface ProgressDisplay extends Progress, AutoCloseable {

    @Override
    void close();

    /** A bar on a terminal, lines elsewhere, nothing if quiet. */
    static ProgressDisplay of(Console console, boolean quiet) {
        if (quiet) {
            return new SilentProgress(console);
        }
        return console.interactive() ? new ProgressOnTerminal(console) : new ProgressInLines(console, System::nanoTime);
    }
}
