package org.scaledimaging.distribution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The files that the build made to be published, and programs that look at them. */
final class Built {
    static final Path ROOT = Path.of(System.getProperty("project.root"));
    static final Path FOLDER = ROOT.resolve("bundles/org.scaledimaging.distribution/target");

    /** Of Java, where it runs for a second or two: the second compiler would not pay. */
    static final Map<String, String> QUICK =
            Map.of("SCALED_IMAGING_CLASS_CACHE", "off", "SCALED_IMAGING_JAVA_OPTS", "-XX:TieredStopAtLevel=1");

    private Built() {}

    /** The one file of this kind, by the end of its name as a regular expression. */
    static Path file(String end) throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().matches("scaled-imaging[-_].*" + end))
                    .toList();
            assertEquals(1, found.size(), () -> end + ": " + found);
            return found.get(0);
        }
    }

    /** Unpacks a tar archive; its one folder. */
    static Path unpacked(Path archive, Path place) throws Exception {
        Files.createDirectories(place);
        assertEquals("", told(Map.of(), 0, "tar", "-xzf", archive.toString(), "-C", place.toString()));
        try (Stream<Path> all = Files.list(place)) {
            return all.findFirst().orElseThrow();
        }
    }

    /** Where a program is, if it is here. */
    static Optional<Path> program(String name) {
        return Stream.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")
                .map(bin -> Path.of(bin, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** What a program prints, with this environment changed as is said; an empty value takes a variable away. */
    static String told(Map<String, String> environment, int exitCode, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SCALED_IMAGING_"));
        builder.environment().putAll(QUICK);
        builder.environment().putAll(environment);
        builder.environment().values().removeIf(String::isEmpty);
        return told(builder, exitCode);
    }

    static String told(ProcessBuilder builder, int exitCode) throws Exception {
        Path out = Files.createTempFile("out", ".txt");
        try {
            Process process = builder.redirectOutput(out.toFile()).start();
            boolean ended = process.waitFor(600, TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String text = Files.readString(out);
            assertTrue(ended, () -> builder.command() + ": " + text);
            assertEquals(exitCode, process.exitValue(), () -> builder.command() + ": " + text);
            return text;
        } finally {
            Files.delete(out);
        }
    }

    /** The entries of an archive or package, as it lists them. */
    static List<String> lines(String... command) throws Exception {
        return Arrays.asList(told(Map.of(), 0, command).split("\n"));
    }
}
