package org.scaledimaging.cli;

import java.util.function.LongSupplier;
import org.scaledimaging.engine.execute.Notice;

/** A line for every tenth of the work, and every half minute when a tenth takes longer: for logs. */
final class ProgressInLines implements ProgressDisplay {
    private static final int STEP = 10;
    private static final long PATIENCE = 30_000_000_000L;

    private final Console console;
    private final LongSupplier nanoTime;
    private int lastPercent;
    private long lastTime;

    ProgressInLines(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
        this.lastTime = nanoTime.getAsLong();
    }

    @Override
    public synchronized void report(double fraction, String message) {
        int percent = (int) (fraction * 100 + 1e-9);
        long now = nanoTime.getAsLong();
        boolean stepDone = percent / STEP > lastPercent / STEP;
        boolean longWait = percent > lastPercent && now - lastTime >= PATIENCE;
        if (stepDone || longWait) {
            lastPercent = percent;
            lastTime = now;
            console.say(percent + " % " + message);
        }
    }

    @Override
    public synchronized void notice(Notice notice) {
        console.say(ProgressDisplay.line(notice));
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
