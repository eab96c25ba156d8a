package org.scaledimaging.cli.terminal;

import java.util.function.LongSupplier;
import org.scaledimaging.engine.execute.Notice;

/** A line for every tenth of the work, and every half minute when a tenth takes longer: for logs. */
final class ProgressInLines implements ProgressDisplay {
    private static final int STEP = 10;
    private static final long PATIENCE = 30_000_000_000L;

    private final Console console;
    private final LongSupplier nanoTime;
    private final TimeLeft time;
    private double furthest;
    private int lastPercent;
    private long lastTime;

    ProgressInLines(Console console, LongSupplier nanoTime) {
        this.console = console;
        this.nanoTime = nanoTime;
        this.lastTime = nanoTime.getAsLong();
        this.time = new TimeLeft(lastTime);
    }

    @Override
    public synchronized void report(double fraction, String message) {
        furthest = Math.max(furthest, fraction); // threads overtake one another on the way here
        int percent = (int) (furthest * 100 + 1e-9);
        long now = nanoTime.getAsLong();
        time.progressed(furthest, now);
        boolean stepDone = percent / STEP > lastPercent / STEP;
        boolean longWait = now - lastTime >= PATIENCE;
        if (stepDone || longWait) {
            lastPercent = percent;
            lastTime = now;
            console.say(ProgressLine.inLog(percent, message, time.elapsed(now), time.left(now)));
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
}
