package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command as a process of its own. */
class SubprocessTest {
    @TempDir
    Path folder;

    private Path temporary;
    private Path messages;

    @BeforeEach
    void makeFolders() throws IOException {
        temporary = Files.createDirectory(folder.resolve("temporary"));
        messages = folder.resolve("messages.txt");
    }

    private Process start(Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + temporary,
                Main.class.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
    }

    @Test
    void theMainJobGoesFromEndToEnd() throws Exception {
        Path input = Samples.nifti(folder);
        Path output = folder.resolve("out.ome.zarr");
        Process process = start("process", input, output, "--plugin", "gaussian", "--downsample-factor", "4");
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), Files.readString(messages));
        assertArrayEquals(new long[] {20, 24, 28}, Samples.metadata(output).shape());
        assertEquals(
                List.of(),
                Samples.names(temporary).stream().filter(SubprocessTest::isOurs).toList());
    }

    @ParameterizedTest
    @CsvSource({"INT, 130, out.ome.zarr", "TERM, 143, out.ome.zarr", "INT, 130, out.nii.gz"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalStopsTheJobAndLeavesNoLitter(String signal, int exitCode, String name) throws Exception {
        Assumptions.assumeFalse(
                signal.equals("INT") && interruptsAreIgnored(),
                "skipped: the tests run in the background, where shells have SIGINT ignored");
        Path input = folder.resolve("large.ome.zarr");
        Samples.volume(160, 512, 512).saveOmeZarr(input);
        Path results = Files.createDirectory(folder.resolve("results"));
        Path output = Files.writeString(results.resolve(name), "as it was");
        Process process = start(
                "process", input, output, "--plugin", "gaussian", "--use-temp-zarr", "--overwrite", "--threads", 1);
        waitForPartial(process, results);
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertTrue(process.waitFor(15, TimeUnit.SECONDS), "still running");
        assertEquals(exitCode, process.exitValue(), Files.readString(messages));
        assertEquals(List.of(name), Samples.names(results));
        assertEquals("as it was", Files.readString(output));
        assertEquals(
                List.of(),
                Samples.names(temporary).stream().filter(SubprocessTest::isOurs).toList());
    }

    /** Processes inherit it: whoever ignores SIGINT starts processes that do so, too. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .findFirst()
                .orElse("SigIgn: 0");
        return (Long.parseUnsignedLong(ignored.substring("SigIgn:".length()).trim(), 16) & 2) != 0;
    }

    private void waitForPartial(Process process, Path results) throws Exception {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (Samples.names(results).size() < 2) {
            assertTrue(process.isAlive() && System.nanoTime() < end, Files.readString(messages));
            Thread.sleep(20);
        }
    }

    /** Libraries unpack native code there; what we make carries our name. */
    private static boolean isOurs(String name) {
        return name.startsWith("scaled-imaging");
    }
}
