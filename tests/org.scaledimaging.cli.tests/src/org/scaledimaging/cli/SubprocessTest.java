package org.scaledimaging.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;

/** The command as a process of its own. */
class SubprocessTest {
    @TempDir
    private static Path shared;

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
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
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

    /** An image whose job lasts long enough to be stopped; made once. */
    private static Path large() throws Exception {
        Path large = shared.resolve("large.ome.zarr");
        if (!Files.exists(large)) {
            Samples.volume(160, 512, 512).saveOmeZarr(large);
        }
        return large;
    }

    @ParameterizedTest
    @CsvSource({"INT, 130, out.ome.zarr", "TERM, 143, out.ome.zarr", "INT, 130, out.nii.gz"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalStopsTheJobAndLeavesNoLitter(String signal, int exitCode, String name) throws Exception {
        Assumptions.assumeFalse(
                signal.equals("INT") && interruptsAreIgnored(),
                "skipped: the tests run in the background, where shells have SIGINT ignored");
        Path input = large();
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

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalEndsAServer(String signal, int exitCode) throws Exception {
        Assumptions.assumeFalse(
                signal.equals("INT") && interruptsAreIgnored(),
                "skipped: the tests run in the background, where shells have SIGINT ignored");
        Process process = start("serve", Samples.nifti(folder), "--plugin", "gaussian");
        while (!Files.readString(messages).contains("Ctrl-C ends it")) {
            assertTrue(process.isAlive(), Files.readString(messages));
            Thread.sleep(20);
        }
        String address = Files.readAllLines(messages).get(0);
        try (Image image = Image.open(address)) {
            assertArrayEquals(new long[] {20, 24, 28}, image.metadata().shape());
        }
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        assertTrue(process.waitFor(15, TimeUnit.SECONDS), "still running");
        assertEquals(exitCode, process.exitValue(), Files.readString(messages));
        assertEquals(
                List.of(),
                Samples.names(temporary).stream().filter(SubprocessTest::isOurs).toList());
    }

    @ParameterizedTest
    @ValueSource(strings = {"info", "statistics", "convert"})
    @DisabledOnOs(OS.WINDOWS)
    void aSignalEndsTheWaitForAServerThatNeverAnswers(String verb) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/image.ome.zarr";
            Process process =
                    verb.equals("convert") ? start(verb, address, folder.resolve("out.nii")) : start(verb, address);
            server.setSoTimeout(60_000);
            try (Socket asked = server.accept()) {
                assertTrue(asked.getInputStream().read() > 0);
                long start = System.nanoTime();
                process.destroy();
                assertTrue(process.waitFor(60, TimeUnit.SECONDS));
                double seconds = (System.nanoTime() - start) / 1e9;
                assertEquals(143, process.exitValue());
                assertTrue(seconds < 8, seconds + " s"); // it would be 10, after which the process is ended
                String said = Files.readString(messages);
                assertTrue(said.contains("cancelled"), said);
            }
        }
    }

    @Test
    void aServerIsWaitedForAsLongAsTheOptionSays() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            String address = "http://127.0.0.1:" + server.getLocalPort() + "/image.ome.zarr";
            Run.of("info", address, "--http-timeout", "0.1")
                    .refused(1, List.of("no answer within 0.1 seconds 6 times"));
            Run.of("info", address, "--http-timeout", "0")
                    .refused(2, List.of("--http-timeout: found 0, expected seconds"));
        }
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

    /** Without the launcher, which would give another locale; Java has letters beyond ASCII on macOS and Windows anyway. */
    @ParameterizedTest
    @ValueSource(strings = {"input", "output", "inside"})
    @EnabledOnOs(OS.LINUX)
    void aLocaleWithoutLettersIsNamed(String where) throws Exception {
        Path input = Samples.omeZarr(folder);
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "convert",
                where.equals("input") ? "gehirn-\u00fc.nii" : input.toString(),
                where.equals("output")
                        ? "aus-\u00e9.nii"
                        : folder.resolve("out.nii").toString());
        if (where.equals("inside")) {
            Path group = input.resolve("zarr.json");
            Files.writeString(
                    group, Files.readString(group).replaceFirst("\"path\"\\s*:\\s*\"0\"", "\"path\":\"\u00fc\""));
        }
        builder.environment().put("LC_ALL", "C");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(messages.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        String told = Files.readString(messages);
        assertEquals(where.equals("inside") ? 1 : 2, process.exitValue(), told);
        assertEquals(1, told.lines().count(), told);
        assertTrue(told.contains("expected LC_ALL=C.UTF-8 in the environment"), told);
    }
}
