package org.scaledimaging.cli.verb;

import java.util.Locale;
import org.scaledimaging.cli.option.Shapes;
import org.scaledimaging.cli.option.output.Output;
import org.scaledimaging.cli.terminal.Console;
import org.scaledimaging.engine.image.ImageMetadata;

/** The last line of a verb that writes: what was written, and how long it took. */
final class Report {
    private final Console console;
    private final boolean quiet;
    private final long start = System.nanoTime();

    Report(Console console, boolean quiet) {
        this.console = console;
        this.quiet = quiet;
    }

    void wrote(Output output, ImageMetadata image) {
        wrote(
                output,
                image.axes() + " " + Shapes.text(image.shape()) + ", "
                        + image.pixelType().label());
    }

    void wrote(Output output, String what) {
        double seconds = seconds();
        say(String.format(Locale.ROOT, "Wrote %s (%s, %.1f s)", output.place(), what, seconds));
    }

    /** How long it has taken until now. */
    double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    void say(String line) {
        if (!quiet) {
            console.say(line);
        }
    }
}
