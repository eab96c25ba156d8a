package org.scaledimaging.fuzzing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads inputs that Jazzer makes of sound ones, guided by the code they reach: none may crash the JVM, hang, take more
 * memory than the JVM has, throw what is not a refusal, or give other voxels than were stored. One JVM with a small heap
 * reads all kinds by turns; where {@code -Dfuzzing.cases=} tells how many inputs all targets together get, each has a JVM
 * of its own besides.
 */
class FuzzingTest {
    private static final boolean FULL = System.getProperty("campaigns", "short").equals("full");
    private static final long CASES = Long.getLong("fuzzing.cases", FULL ? 10_000 : 2_500);
    private static final Pattern DONE = Pattern.compile("(?m)^Done (\\d+) ");

    @TempDir
    private Path folder;

    static List<Targets> targets() {
        return System.getProperty("fuzzing.cases") == null ? List.of(Targets.MIXED) : List.of(Targets.values());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void noInputDoesHarm(Targets target) throws Exception {
        long cases = (CASES + targets().size() - 1) / targets().size();
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        Fuzzing.writeSeeds(target, corpus);
        Path log = folder.resolve("log");
        Process process = new ProcessBuilder(command(target, cases, corpus))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = process.waitFor();
        String said = Files.readString(log);
        assertEquals(0, exit, () -> end(said));
        Matcher done = DONE.matcher(said);
        assertTrue(done.find(), () -> end(said));
        assertEquals(cases, Long.parseLong(done.group(1)), () -> end(said));
        System.out.println(target + ": " + cases + " inputs, none does harm");
    }

    private List<String> command(Targets target, long cases, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1", // what Jazzer puts into each class is large, and runs too briefly for more
                "-Dscaledimaging.durability=none",
                "-Djava.io.tmpdir=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + Fuzzing.class.getName(),
                "--target_args=" + target.name(),
                "--instrumentation_includes=org.scaledimaging.engine.**:org.scaledimaging.plugins.**",
                "--disabled_hooks=" + target.hooksThatDoNotApply(),
                "-runs=" + cases,
                "-seed=1",
                "-timeout=120", // the first input waits until Jazzer has rewritten each class, on a busy machine a
                // minute
                "-rss_limit_mb=0",
                "-max_len=" + target.maximumLength(),
                corpus.toString());
    }

    private static String end(String said) {
        return said.substring(Math.max(0, said.length() - 6000));
    }
}
