package org.scaledimaging.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressInLinesTest {
    private final StringWriter text = new StringWriter();
    private final AtomicLong time = new AtomicLong();
    private final ProgressInLines progress = new ProgressInLines(
            new Console(
                    new PrintWriter(text), OutputStream.nullOutputStream(), new PrintWriter(text), false, () -> false),
            time::get);

    @Test
    void everyTenthGetsOneLine() {
        for (int i = 0; i <= 1000; i++) {
            progress.report(i / 1000.0, "working");
        }
        assertEquals(10, text.toString().lines().count());
        assertEquals("10 % working (0 s)", text.toString().lines().findFirst().orElseThrow());
    }

    @Test
    void threadsThatReportOutOfOrderGetNoLineTwice() {
        progress.report(0.11, "working");
        progress.report(0.09, "working");
        progress.report(0.12, "working");
        assertEquals(List.of("11 % working (0 s)"), text.toString().lines().toList());
    }

    @Test
    void slowWorkIsHeardOfEveryHalfMinute() {
        progress.report(0.02, "working");
        time.set(31_000_000_000L);
        progress.report(0.03, "working");
        assertEquals(
                List.of("3 % working (31 s, 17 min left)"),
                text.toString().lines().toList());
    }
}
