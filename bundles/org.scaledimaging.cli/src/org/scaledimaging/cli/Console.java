package org.scaledimaging.cli;

import java.io.PrintWriter;
import java.util.function.BooleanSupplier;

/**
 * What a command talks to.
 *
 * @param out for what was asked for
 * @param err for everything else
 * @param interactive whether somebody watches {@code err} on a terminal
 * @param cancelled whether the user wants to stop
 */
record Console(PrintWriter out, PrintWriter err, boolean interactive, BooleanSupplier cancelled) {

    /** A line for the user that is no result. */
    void say(String line) {
        err.println(line);
        err.flush();
    }
}
