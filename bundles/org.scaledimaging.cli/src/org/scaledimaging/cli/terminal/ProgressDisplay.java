package org.scaledimaging.cli.terminal;

import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;

/** Progress and notices as users see them; closed when there is no more of either. */
public interface ProgressDisplay extends Progress, AutoCloseable {

    /** Says what a user has to know about the result: at once, or where a bar is in the way, when closed. */
    void notice(Notice notice);

    /** By default nothing is open. */
    @Override
    default void close() {}

    /** A notice as a line. */
    static String line(Notice notice) {
        String sentence = notice.sentence(OptionNames.TABLE);
        return notice.kind() == Notice.Kind.WARNING ? "Warning: " + sentence : sentence;
    }

    /** A bar on a terminal, lines elsewhere, nothing if quiet. */
    static ProgressDisplay of(Console console, boolean quiet) {
        if (quiet) {
            return new SilentProgress(console);
        }
        return console.interactive() ? new ProgressOnTerminal(console) : new ProgressInLines(console, System::nanoTime);
    }
}
