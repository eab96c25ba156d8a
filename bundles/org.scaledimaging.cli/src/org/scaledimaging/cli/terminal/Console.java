package org.scaledimaging.cli.terminal;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import org.scaledimaging.engine.message.VisibleText;

/**
 * The streams that a command writes to, and the user who may cancel it.
 *
 * @param out for what was asked for, as text
 * @param bytes for the same where it is no text; goes the same way
 * @param err for everything else
 * @param interactive whether somebody watches {@code err} on a terminal
 * @param cancelled whether the user wants to stop
 */
public record Console(
        PrintWriter out, OutputStream bytes, PrintWriter err, boolean interactive, BooleanSupplier cancelled) {

    /** A line of what was asked for; what of it does not show itself is shown as escapes. */
    public void print(String line) {
        out.println(VisibleText.of(line));
    }

    /** A line for the user that is no result; what of it does not show itself is shown as escapes. */
    public void say(String line) {
        err.println(VisibleText.of(line));
        err.flush();
    }
}
