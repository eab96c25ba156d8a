package org.scaledimaging.workflowengines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The command line as users have it: an archive of the build, unpacked. On the path of engines there is a script before
 * it that writes down how it was called.
 */
final class Installation {
    private static final Path BUILT =
            Path.of(System.getProperty("project.root"), "bundles/org.scaledimaging.distribution/target");

    /** Where the archive is unpacked, once for all tests; null before. */
    private static Path home;

    private final Path bin;
    private final Path calls;

    private Installation(Path bin, Path calls) {
        this.bin = bin;
        this.calls = calls;
    }

    private static Path unpacked() throws Exception {
        if (home != null) {
            return home;
        }
        List<Path> archives = List.of();
        if (Files.exists(BUILT)) {
            try (Stream<Path> files = Files.list(BUILT)) {
                archives = files.filter(file -> file.toString().matches(".*-(any|linux-\\w+)\\.tar\\.gz"))
                        .sorted()
                        .toList();
            }
        }
        if (archives.isEmpty()) {
            System.out.println("workflow-engines: skipped: no archive of the command line was built in " + BUILT);
        }
        assumeTrue(!archives.isEmpty(), "no archive of the command line was built");
        Path folder = Files.createTempDirectory(
                Files.createDirectories(Path.of("target")).toAbsolutePath(), "home");
        Program.run(
                folder, Map.of(), "tar", "-xzf", archives.get(0).toString(), "--strip-components=1", "-C", folder + "");
        home = folder;
        return home;
    }

    /** What a test calls, which says how it was called; skips the test where no archive was built. */
    static Installation in(Path folder) throws Exception {
        Path home = unpacked();
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Path calls = Files.createFile(folder.resolve("calls"));
        Path script = bin.resolve("scaled-imaging");
        Files.writeString(
                script,
                "#!/bin/sh\necho \"$*\" >>'" + calls + "'\nexec '" + home.resolve("bin/scaled-imaging") + "' \"$@\"\n");
        script.toFile().setExecutable(true);
        return new Installation(bin, calls);
    }

    /** What programs find on their path, and which Java. */
    Map<String, String> environment() {
        return Map.of(
                "PATH",
                bin + ":/usr/local/bin:/usr/bin:/bin",
                "JAVA_HOME",
                System.getProperty("java.home"),
                "SCALED_IMAGING_CLASS_CACHE",
                "off",
                "SCALED_IMAGING_JAVA_OPTS", // what runs for a second has nothing from the second compiler
                "-XX:TieredStopAtLevel=1");
    }

    /** How it was called since it was asked last, in no order. */
    List<String> calls() throws IOException {
        List<String> lines = Files.readAllLines(calls);
        Files.writeString(calls, "");
        return lines;
    }

    /** Runs it in a folder. */
    void run(Path folder, Object... arguments) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(bin.resolve("scaled-imaging").toString()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
        Program.Result result = Program.run(folder, environment(), command.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.output());
    }
}
