package org.scaledimaging.cli;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.scaledimaging.engine.execute.Notice;

/** A bar on standard error. */
final class ProgressOnTerminal implements ProgressDisplay {
    private static final int STEPS = 100;
    private static final int MILLISECONDS = 200;

    private final Console console;
    private final ProgressBar bar;
    private final List<Notice> notices = new ArrayList<>();
    private double furthest;

    ProgressOnTerminal(Console console) {
        this.console = console;
        boolean unicode = Charset.defaultCharset().equals(StandardCharsets.UTF_8);
        this.bar = new ProgressBarBuilder()
                .setTaskName("")
                .setInitialMax(STEPS)
                .setUpdateIntervalMillis(MILLISECONDS)
                .setStyle(unicode ? ProgressBarStyle.UNICODE_BLOCK : ProgressBarStyle.ASCII)
                .build();
    }

    @Override
    public synchronized void report(double fraction, String message) {
        furthest = Math.max(furthest, fraction); // threads overtake one another on the way here
        bar.stepTo((long) (furthest * STEPS));
        bar.setExtraMessage(" " + message);
    }

    @Override
    public synchronized void notice(Notice notice) {
        notices.add(notice);
    }

    @Override
    public boolean isCancelled() {
        return console.cancelled().getAsBoolean();
    }

    @Override
    public synchronized void close() {
        bar.close();
        notices.forEach(notice -> console.say(ProgressDisplay.line(notice)));
        notices.clear();
    }
}
