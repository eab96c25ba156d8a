package org.scaledimaging.workflowengines;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program that is run to its end, with what it prints on both streams. */
final class Program {
    private static final int MINUTES = 10;

    record Result(int exitCode, String output) {}

    private Program() {}

    /** @param environment is added to that of the tests */
    static Result run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile("program", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(output.toFile()).start();
        process.getOutputStream().close();
        if (!process.waitFor(MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
        assertTrue(process.waitFor(1, TimeUnit.MINUTES), List.of(command) + " does not end");
        String text = Files.readString(output);
        Files.delete(output);
        return new Result(process.exitValue(), text);
    }
}
