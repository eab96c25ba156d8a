package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.cli.terminal.Console;
import picocli.CommandLine;

/** What makes the start of a short verb slow, milliseconds each, and is not there. */
class StartTest {
    /** What makes JSON of any object, and what makes a record's comparison. */
    private static final List<String> SLOW =
            List.of("com.fasterxml.jackson.databind.ObjectMapper ", "java.lang.runtime.ObjectMethods ");

    @TempDir
    Path folder;

    @Test
    void infoOfAnImageInChunksLoadsNothingThatIsSlow() throws Exception {
        Path classes = folder.resolve("classes");
        Path messages = folder.resolve("messages");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:class+load:file=" + classes.getFileName(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "info",
                        Samples.omeZarr(folder).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(messages));
        try (Stream<String> lines = Files.lines(classes)) {
            List<String> loaded = lines.filter(line -> line.contains("org.scaledimaging.cli.Main ")
                            || SLOW.stream().anyMatch(line::contains))
                    .toList();
            assertEquals(1, loaded.size(), loaded::toString);
        }
    }

    /** Java 17's class cache takes no lambda expression of an interface as old as picocli's, nor then that interface. */
    @Test
    void whatPicocliCallsIsNoLambdaExpression() {
        PrintWriter nowhere = new PrintWriter(new StringWriter());
        CommandLine commands = Main.commandLine(new Console(nowhere, System.out, nowhere, false, () -> false));
        List<Object> called = List.of(
                commands.getExecutionStrategy(),
                commands.getParameterExceptionHandler(),
                commands.getExecutionExceptionHandler());
        for (Object one : called) {
            assertFalse(one.getClass().isHidden(), one::toString);
        }
    }
}
