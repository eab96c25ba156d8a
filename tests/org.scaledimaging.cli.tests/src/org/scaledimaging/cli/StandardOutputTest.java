package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.terminal.TextStream;

/** A command fails where not all that was asked for got to standard output. */
class StandardOutputTest {
    @TempDir
    Path folder;

    /** Takes so many bytes and no more. */
    private static final class Full extends OutputStream {
        private int room;

        Full(int room) {
            this.room = room;
        }

        @Override
        public void write(int b) throws IOException {
            if (room-- <= 0) {
                throw new IOException("No space left on device");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "info IMAGE",
                "info IMAGE --json",
                "statistics IMAGE --quiet",
                "statistics IMAGE --json --quiet",
                "plugins",
                "plugins --json",
                "plugins gaussian",
                "--help",
                "--version",
                "process --help"
            })
    void aStreamThatTakesNotAll(String line) throws Exception {
        String[] arguments =
                line.replace("IMAGE", Samples.nifti(folder).toString()).split(" ");
        int length = Run.of((Object[]) arguments).done().out().length();
        for (int room : new int[] {0, 1, length - 1}) {
            ByteArrayOutputStream err = new ByteArrayOutputStream();
            int exitCode = Main.run(new PrintStream(new Full(room)), new PrintStream(err), () -> false, arguments);
            assertEquals(1, exitCode, line);
            assertTrue(err.toString().startsWith("scaled-imaging: standard output: found "), err.toString());
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
    }

    @Test
    void whatFailedForAnotherReasonSaysThat() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(new PrintStream(new Full(0)), new PrintStream(err), () -> false, "plugins", "nope");
        assertEquals(2, exitCode);
        assertTrue(err.toString().contains("nope"), err.toString());
    }

    @Test
    void workWhoseMessagesNobodyTakesIsDone() throws Exception {
        Path output = folder.resolve("out.nii");
        int exitCode = Main.run(
                new PrintStream(new ByteArrayOutputStream()),
                new PrintStream(new Full(0)),
                () -> false,
                "convert",
                Samples.nifti(folder).toString(),
                output.toString());
        assertEquals(0, exitCode);
        assertTrue(Files.exists(output));
    }

    @Test
    void aDeviceThatIsFull() throws Exception {
        Path full = Path.of("/dev/full");
        Assumptions.assumeTrue(Files.exists(full), "skipped: no /dev/full here");
        Path messages = folder.resolve("messages.txt");
        Process process = process("statistics", Samples.nifti(folder).toString(), "--json", "--quiet")
                .redirectOutput(full.toFile())
                .redirectError(messages.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        assertEquals(
                List.of("scaled-imaging: standard output: found No space left on device, expected a file or program"
                        + " that takes all that is printed."),
                Files.readAllLines(messages));
    }

    @Test
    void aProgramThatNoLongerReads() throws Exception {
        Path messages = folder.resolve("messages.txt");
        Process process = process("plugins").redirectError(messages.toFile()).start();
        process.getInputStream().close();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue());
        String told = Files.readString(messages);
        assertTrue(told.startsWith("scaled-imaging: standard output: found "), told);
        assertEquals(1, told.lines().count(), told);
    }

    private static ProcessBuilder process(String... arguments) {
        List<String> command = new java.util.ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    @Test
    void whatTheCharacterSetLacksIsAnEscape() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        TextStream stream = new TextStream(bytes, StandardCharsets.US_ASCII);
        PrintWriter writer = new PrintWriter(stream);
        writer.print("3 \u00b5m \ud83d");
        writer.print("\ude00.");
        writer.flush();
        assertEquals("3 \\u00b5m \\ud83d\\ude00.", bytes.toString(StandardCharsets.US_ASCII));
        assertTrue(stream.failure().isEmpty());
    }
}
