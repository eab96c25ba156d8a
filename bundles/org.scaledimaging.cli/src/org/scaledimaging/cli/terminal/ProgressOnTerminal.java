package org.scaledimaging.cli.terminal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.scaledimaging.engine.execute.Notice;

/** A line on standard error that is written over five times a second. */
final class ProgressOnTerminal implements ProgressDisplay {
    private static final int STEPS = 10_000;
    private static final int MILLISECONDS = 200;

    private final Console console;
    private final boolean unicode = StandardStreams.charsetOfErrors().equals(StandardCharsets.UTF_8);
    private final TimeLeft time = new TimeLeft(System.nanoTime());
    private final List<Notice> notices = new ArrayList<>();
    private final ProgressBar bar;
    private double furthest;
    private String message = "";

    ProgressOnTerminal(Console console) {
        this.console = console;
        this.bar = new ProgressBarBuilder()
                .setInitialMax(STEPS)
                .setUpdateIntervalMillis(MILLISECONDS)
                .setRenderer(this::line)
                .build();
    }

    private synchronized String line(ProgressState state, int width) {
        long now = System.nanoTime();
        OptionalLong left = state.isAlive() ? time.left(now) : OptionalLong.empty();
        return ProgressLine.onTerminal(furthest, message, time.elapsed(now), left, width, unicode);
    }

    @Override
    public synchronized void report(double fraction, String newMessage) {
        furthest = Math.max(furthest, fraction); // threads overtake one another on the way here
        message = newMessage;
        time.progressed(furthest, System.nanoTime());
        bar.stepTo((long) (furthest * STEPS));
    }

    @Override
    public synchronized void notice(Notice notice) {
        notices.add(notice);
    }

    @Override
    public boolean isCancelled() {
        return console.cancelled().getAsBoolean();
    }

    /** Not while holding what drawing the line waits for. */
    @Override
    public void close() {
        bar.close();
        synchronized (this) {
            notices.forEach(notice -> console.say(ProgressDisplay.line(notice)));
            notices.clear();
        }
    }
}
