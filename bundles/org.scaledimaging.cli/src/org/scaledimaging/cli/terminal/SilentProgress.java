package org.scaledimaging.cli.terminal;

import org.scaledimaging.engine.execute.Notice;

/** Tells nothing but warnings, and can be cancelled. */
public final class SilentProgress implements ProgressDisplay {
    private final Console console;

    public SilentProgress(Console console) {
        this.console = console;
    }

    @Override
    public void report(double fraction, String message) {
        // asked to be quiet
    }

    @Override
    public synchronized void notice(Notice notice) {
        if (notice.kind() == Notice.Kind.WARNING) {
            console.say(ProgressDisplay.line(notice));
        }
    }

    @Override
    public boolean isCancelled() {
        return console.cancelled().getAsBoolean();
    }
}
