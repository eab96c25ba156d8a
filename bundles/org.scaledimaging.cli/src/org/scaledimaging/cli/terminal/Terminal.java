package org.scaledimaging.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Tells whether a person watches. */
public final class Terminal {
    private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

    private static final Pattern TERMINAL = Pattern.compile("/dev/(pts/|tty|console).*");

    private Terminal() {}

    /** As far as can be known: Java knows of input and output alone, Linux of standard error too. */
    public static boolean isInteractive() {
        if (System.console() == null || !isTerminal(System.console()) || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        try {
            return !Files.isSymbolicLink(STANDARD_ERROR)
                    || TERMINAL.matcher(Files.readSymbolicLink(STANDARD_ERROR).toString())
                            .matches();
        } catch (IOException e) {
            return true; // no such thing on this system
        }
    }

    /** From Java 22 on there is a console where there is no terminal, too, and a method that tells. */
    private static boolean isTerminal(java.io.Console console) {
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException e) {
            return true; // an older Java, whose consoles are terminals
        }
    }
}
