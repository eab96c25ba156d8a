package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.List;

/**
 * The outcome of a command.
 *
 * @param exitCode 0 done, 1 failed, 2 wrong usage
 * @param out what it printed on standard output
 * @param err what it printed on standard error
 */
public record Run(int exitCode, String out, String err) {

    /** Runs a command in this JVM. */
    public static Run of(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        String[] texts = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
        int exitCode = Main.run(new PrintStream(out), new PrintStream(err), () -> false, texts);
        return new Run(exitCode, text(out), text(err));
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(Charset.defaultCharset());
    }

    /** This run, if it did what it was to do. */
    public Run done() {
        if (exitCode != 0) {
            throw new AssertionError("exit code " + exitCode + ": " + err);
        }
        return this;
    }

    /** This run, if it was refused in one line with these words, and no progress before it, so no work done in vain. */
    public Run refused(int expectedCode, List<?> words) {
        assertEquals(expectedCode, exitCode, err);
        assertEquals(1, err.lines().count(), err);
        assertTrue(err.startsWith("scaled-imaging: "), err);
        words.forEach(word -> assertTrue(err.contains(word.toString()), () -> "no " + word + " in " + err));
        return this;
    }

    public JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out);
    }
}
