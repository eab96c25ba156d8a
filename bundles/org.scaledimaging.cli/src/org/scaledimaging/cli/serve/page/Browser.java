package org.scaledimaging.cli.serve.page;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Opens the user's browser at an address of our own, by the program that the system has for that. */
public final class Browser {
    private static final int SECONDS_TO_FAIL = 3;

    private Browser() {}

    /**
     * Tries to open it.
     *
     * @param address of our own server, never one that was read somewhere
     * @return whether a program took it
     */
    public static boolean open(String address) {
        for (List<String> command : commands(System.getProperty("os.name"), System.getenv(), address)) {
            if (started(command)) {
                return true;
            }
        }
        return false;
    }

    /** What to try, in order; nothing where nobody would see a window. */
    static List<List<String>> commands(String system, Map<String, String> environment, String address) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("mac")) {
            return List.of(List.of("open", address));
        }
        if (name.startsWith("windows")) {
            return List.of(List.of("rundll32", "url.dll,FileProtocolHandler", address));
        }
        boolean windows = environment.containsKey("DISPLAY") || environment.containsKey("WAYLAND_DISPLAY");
        return windows ? List.of(List.of("xdg-open", address), List.of("gio", "open", address)) : List.of();
    }

    private static boolean started(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            return !process.waitFor(SECONDS_TO_FAIL, TimeUnit.SECONDS) || process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
