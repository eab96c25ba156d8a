package org.scaledimaging.cli;

/** Tells nothing, and can be cancelled. */
final class SilentProgress implements ProgressDisplay {
    private final Console console;

    SilentProgress(Console console) {
        this.console = console;
    }

    @Override
    public void report(double fraction, String message) {
        // asked to be quiet
    }

    @Override
    public boolean isCancelled() {
        return console.cancelled().getAsBoolean();
    }

    @Override
    public void close() {
        // nothing open
    }
}
