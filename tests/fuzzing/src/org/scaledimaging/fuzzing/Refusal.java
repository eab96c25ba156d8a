package org.scaledimaging.fuzzing;

import java.io.IOException;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;

/** Checks that unsound input is refused in one sentence that says where, what was found, and what was expected. */
final class Refusal {
    private static final int LONGEST = 2000;

    private Refusal() {}

    /** Reads something. */
    @FunctionalInterface
    interface Attempt {
        void run() throws Exception;
    }

    /** @return whether the input was read, and not refused */
    static boolean accepts(Attempt attempt) throws Exception {
        try {
            attempt.run();
            return true;
        } catch (ImageFormatException | ParameterException e) {
            check(e.getMessage());
            return false;
        }
    }

    private static void check(String message) throws IOException {
        boolean sentence = message.contains(": found ") && message.contains(", expected ") && message.endsWith(".");
        if (!sentence || message.length() > LONGEST) {
            throw new AssertionError("not one sentence of where, found and expected: " + message);
        }
    }
}
