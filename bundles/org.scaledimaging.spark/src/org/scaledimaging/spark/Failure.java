package org.scaledimaging.spark;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says as one line why Spark's work failed: its own messages hold stack traces. */
final class Failure {
    private static final Pattern TASK =
            Pattern.compile("failed (\\d+) times?, most recent failure: (?:Lost task [^(]*\\(TID \\d+\\) )?(.*)");

    private Failure() {}

    static String line(Throwable e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return message.lines().findFirst().orElse("").strip().replaceAll("\\.$", "");
    }

    /** Work that Spark gave up. */
    static IOException of(String master, Throwable e) {
        String line = line(e);
        Matcher task = TASK.matcher(line);
        String found = task.find()
                ? "a task that failed " + task.group(1) + " times, last on " + task.group(2)
                : "that it gave up (" + line + ")";
        return new IOException("Spark at " + master + ": found " + found + ", expected it to be done.", e);
    }
}
