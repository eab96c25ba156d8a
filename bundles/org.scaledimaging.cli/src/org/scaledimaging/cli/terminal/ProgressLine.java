package org.scaledimaging.cli.terminal;

import java.util.OptionalLong;
import org.scaledimaging.engine.message.VisibleText;

/** Progress on one line: how much is done, what is being done, how long it took and will take. */
final class ProgressLine {
    private static final int LONGEST_BAR = 16;
    private static final int SHORTEST_BAR = 8;
    private static final int PERCENT = 6; // "100 % "
    private static final int SHORTEST_MESSAGE = 14;
    private static final String EIGHTHS = " ▏▎▍▌▋▊▉";

    private ProgressLine() {}

    /**
     * A line for a terminal, filled up to its width so that it covers the one before.
     *
     * @param width columns there are
     * @param unicode whether the terminal has blocks of an eighth's width
     */
    static String onTerminal(
            double fraction, String message, long elapsed, OptionalLong left, int width, boolean unicode) {
        String percent = percent(fraction) + " % ";
        String times = times(elapsed, left);
        StringBuilder line = new StringBuilder(width)
                .append(" ".repeat(PERCENT - percent.length()))
                .append(percent);
        int room = width - PERCENT - times.length();
        if (room < 1) {
            return pad(line, width).substring(0, Math.max(0, width));
        }
        int bar = Math.min(LONGEST_BAR, room - SHORTEST_MESSAGE);
        if (bar >= SHORTEST_BAR) {
            line.append(bar(fraction, bar - 1, unicode)).append(' ');
            room -= bar;
        }
        return pad(
                        line.append(pad(new StringBuilder(cut(VisibleText.of(message), room - 1, unicode)), room))
                                .append(times),
                        width)
                .substring(0, width);
    }

    /** A line for a log. */
    static String inLog(int percent, String message, long elapsed, OptionalLong left) {
        return percent + " % " + message + " (" + times(elapsed, left) + ")";
    }

    private static String times(long elapsed, OptionalLong left) {
        return Durations.text(elapsed) + (left.isPresent() ? ", " + Durations.rounded(left.getAsLong()) + " left" : "");
    }

    private static int percent(double fraction) {
        return (int) (Math.min(1, Math.max(0, fraction)) * 100 + 1e-9);
    }

    private static String bar(double fraction, int length, boolean unicode) {
        double full = Math.min(1, Math.max(0, fraction)) * (unicode ? length : length - 2);
        int whole = (int) full;
        if (!unicode) {
            return "[" + "=".repeat(whole) + " ".repeat(length - 2 - whole) + "]";
        }
        StringBuilder bar = new StringBuilder("█".repeat(whole));
        if (whole < length) {
            bar.append(EIGHTHS.charAt((int) ((full - whole) * EIGHTHS.length())));
        }
        return pad(bar, length);
    }

    private static String cut(String message, int room, boolean unicode) {
        if (message.length() <= room) {
            return message;
        }
        String end = unicode ? "…" : "...";
        return room <= end.length() ? "" : message.substring(0, room - end.length()) + end;
    }

    private static String pad(StringBuilder text, int length) {
        return text.append(" ".repeat(Math.max(0, length - text.length()))).toString();
    }
}
