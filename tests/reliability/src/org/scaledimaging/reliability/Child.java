package org.scaledimaging.reliability;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other processes that run a class of these tests, or any other on the class path. */
public final class Child {
    private static final int PATIENCE_SECONDS = 120;

    private Child() {}

    /** Runs a class to its end and returns its exit code; what it prints comes out here. */
    public static int run(Class<?> type, Object... arguments) throws IOException, InterruptedException {
        Process process = builder(List.of(), type, arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close(); // nothing to be told
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(type + " is still running");
        }
        return process.exitValue();
    }

    /** Starts a class that uses a temporary folder of its own. */
    static Process start(Path temporary, Class<?> type, Object... arguments) throws IOException {
        return builder(List.of("-Djava.io.tmpdir=" + temporary), type, arguments)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** What a process prints. */
    public static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** To start a class with options for Java. */
    public static ProcessBuilder builder(List<String> options, Class<?> type, Object... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", // starts sooner
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(type.getName());
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command);
    }
}
