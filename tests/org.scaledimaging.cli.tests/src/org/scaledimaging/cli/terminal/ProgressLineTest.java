package org.scaledimaging.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private static String line(double fraction, String message, long elapsed, long left, int width, boolean unicode) {
        return ProgressLine.onTerminal(
                fraction,
                message,
                elapsed * SECOND,
                left < 0 ? OptionalLong.empty() : OptionalLong.of(left * SECOND),
                width,
                unicode);
    }

    @Test
    void everythingIsVisibleOnEightyColumns() {
        assertEquals(
                " 42 % ██████▎         level 1 of 2, iteration 100 of 200       34 s, 1 min 20 s left",
                line(0.42, "level 1 of 2, iteration 100 of 200", 34, 80, 84, true));
        String narrow = line(0.42, "level 1 of 2, iteration 100 of 200", 34, 80, 79, false);
        assertEquals(79, narrow.length());
        assertTrue(narrow.contains("level 1 of 2, iteration 100 of 200"), narrow);
        assertTrue(narrow.endsWith("34 s, 1 min 20 s left"), narrow);
        assertTrue(narrow.startsWith(" 42 % [=====        ] "), narrow);
    }

    @Test
    void aLineFillsAnyWidthAndNoMore() {
        for (int width = 0; width < 200; width++) {
            for (int percent = 0; percent <= 100; percent += 10) {
                for (String message : new String[] {"", "writing", "a message that is much longer than what fits"}) {
                    for (boolean unicode : new boolean[] {true, false}) {
                        String line = line(percent / 100.0, message, 5000, 36000, width, unicode);
                        assertEquals(width, line.length(), line);
                        assertFalse(line.contains("\n"));
                    }
                }
            }
        }
    }

    @Test
    void whatIsToldShowsItself() {
        assertTrue(line(0.5, "reading a\u001b[2J", 1, 1, 80, true).contains("reading a\\u001b[2J"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "59, 59 s",
        "60, 1 min",
        "80, 1 min 20 s",
        "3599, 59 min 59 s",
        "3600, 1 h 00 min",
        "7500, 2 h 05 min"
    })
    void timesAsPeopleSayThem(long seconds, String text) {
        assertEquals(text, Durations.text(seconds * SECOND));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 s", "59, 59 s", "61, 1 min 5 s", "583, 9 min 45 s", "601, 11 min", "7210, 2 h 01 min"})
    void guessesAreRoundedUp(long seconds, String text) {
        assertEquals(text, Durations.rounded(seconds * SECOND));
    }

    @Test
    void workAtOneSpeedIsToldRight() {
        TimeLeft time = new TimeLeft(0);
        for (int i = 1; i < 1000; i++) {
            long now = i * SECOND / 10;
            time.progressed(i / 1000.0, now);
            OptionalLong left = time.left(now);
            assertEquals(i >= 20, left.isPresent(), "after " + i);
            left.ifPresent(nanoseconds -> assertEquals(100 - now / 1e9, nanoseconds / 1e9, 0.5));
        }
    }

    @Test
    void workThatGoesFasterLaterIsToldRightSoon() {
        TimeLeft time = new TimeLeft(0);
        for (int i = 1; i <= 300; i++) { // 30 % of the work in 300 s
            time.progressed(i / 1000.0, i * SECOND);
        }
        for (int i = 1; i <= 600; i++) { // then ten times as fast
            time.progressed(0.3 + i / 1000.0 * 0.5, 300 * SECOND + i * SECOND / 20);
        }
        // 60 % after 330 s, and 40 s to go; by the speed of the whole it would be 220 s
        assertEquals(65, time.left(330 * SECOND).orElseThrow() / 1e9, 25);
        TimeLeft alone = new TimeLeft(0);
        alone.progressed(0.5, 10 * SECOND);
        assertEquals(10, alone.left(10 * SECOND).orElseThrow() / 1e9, 0.1);
        assertTrue(alone.left(60 * SECOND).orElseThrow() > 20 * SECOND, "it stands still");
    }
}
