package org.scaledimaging.objectstores;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The command line as a process of its own, with nobody's credentials but those it is given.
 *
 * @param folder its home, with what it says
 */
record CommandLine(Path folder) {

    /** What a command came to. */
    record Outcome(int code, String out, String messages) {}

    /** A command on its way. */
    record Running(Process process, Path out, Path messages) {
        Outcome await() throws Exception {
            assertTrue(process.waitFor(3, TimeUnit.MINUTES), "ends");
            return new Outcome(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(messages, StandardCharsets.UTF_8));
        }
    }

    Outcome run(Map<String, String> environment, Object... arguments) throws Exception {
        return start(environment, arguments).await();
    }

    Running start(Map<String, String> environment, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Duser.home=" + folder,
                "-Dscaledimaging.durability=none",
                "-cp",
                System.getProperty("java.class.path"),
                "org.scaledimaging.cli.Main"));
        Stream.of(arguments).forEach(argument -> command.add(argument.toString()));
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path messages = Files.createTempFile(folder, "messages", ".txt");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(messages.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, messages);
    }
}
