package org.scaledimaging.cli.terminal;

import java.util.Locale;

/** Times in nanoseconds as people say them. */
public final class Durations {
    private static final double SECOND = 1e9;
    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;

    private Durations() {}

    /** {@code 34 s}, {@code 1 min 20 s}, {@code 2 h 05 min}. */
    static String text(long nanoseconds) {
        return ofSeconds(Math.max(0, (long) (nanoseconds / SECOND)));
    }

    /** The same for a guess: to 5 seconds above a minute, to a minute above ten. */
    public static String rounded(long nanoseconds) {
        long seconds = Math.max(0, (long) Math.ceil(nanoseconds / SECOND));
        int step = seconds >= 10 * MINUTE ? MINUTE : seconds >= MINUTE ? 5 : 1;
        return ofSeconds((seconds + step - 1) / step * step);
    }

    private static String ofSeconds(long seconds) {
        if (seconds >= HOUR) {
            return String.format(Locale.ROOT, "%d h %02d min", seconds / HOUR, seconds % HOUR / MINUTE);
        } else if (seconds >= MINUTE) {
            return seconds % MINUTE == 0
                    ? seconds / MINUTE + " min"
                    : seconds / MINUTE + " min " + seconds % MINUTE + " s";
        }
        return seconds + " s";
    }
}
