package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.Main;

/**
 * A batch that is killed (SIGKILL) at random moments and started again with {@code --skip-existing} ends with every image
 * right, to the byte, and nothing besides; what was there already is not made again. {@code -Dreliability.batchKills=20}
 * sets how often it is killed.
 */
class BatchKillTest {
    private static final int KILLS = Campaign.times("reliability.batchKills", 2, 8);
    private static final int IMAGES = 10 * KILLS;
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {".nii", ".nii.gz"})
    void itGoesOnWhereItWas(String ending) throws Exception {
        List<Path> inputs = new ArrayList<>();
        Path input = Files.createDirectory(folder.resolve("input"));
        Random random = new Random(ending.hashCode() + KILLS);
        for (int i = 0; i < IMAGES; i++) {
            Path file = input.resolve(String.format("scan%03d.nii", i));
            Versions.image(i, 16, 16, 24, 20).saveNifti(file);
            inputs.add(file);
        }
        Path recipe = Files.writeString(
                folder.resolve("recipe.json"),
                "{\"version\":1,\"operations\":[{\"operation\":\"process\",\"plugin\":\"gaussian\","
                        + "\"parameters\":{\"sigma\":2.0},\"downsampleFactor\":[2]}]}");
        Path expected = folder.resolve("expected");
        long start = System.nanoTime();
        assertEquals(0, run(recipe, inputs, expected, ending));
        long whole = System.nanoTime() - start;
        Path out = Files.createDirectory(folder.resolve("out"));
        List<Integer> after = new ArrayList<>();
        for (int kill = 0; kill < KILLS; kill++) {
            Process process = start(recipe, inputs, out, ending);
            int before = results(out).size();
            if (kill % 2 == 0) { // most of the time is the start of Java; half of the kills come while it writes
                while (process.isAlive() && results(out).size() == before && before < IMAGES) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
                TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * whole / 4));
            } else {
                TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * whole));
            }
            process.destroyForcibly();
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            after.add(results(out).size());
            for (String name : results(out).keySet()) {
                assertArrayEquals(
                        Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
            }
        }
        assertTrue(after.get(0) > 0, "the first kill comes after the first result");
        TreeMap<String, Object> left = results(out);
        assertEquals(0, run(recipe, inputs, out, ending));
        assertEquals(2 * IMAGES, Versions.names(out).size(), "each with its sidecar");
        assertEquals(Versions.names(expected), Versions.names(out), "all results, nothing a killed process left");
        for (String name : Versions.names(expected)) {
            assertArrayEquals(Files.readAllBytes(expected.resolve(name)), Files.readAllBytes(out.resolve(name)), name);
        }
        left.forEach((name, time) -> assertEquals(time, results(out).get(name), name + " is not made again"));
        System.out.println(KILLS + " kills of a batch of " + IMAGES + " images " + ending
                + ", all right at the end; images there after each: " + after);
    }

    private static TreeMap<String, Object> results(Path out) {
        TreeMap<String, Object> times = new TreeMap<>();
        try {
            for (String name : Versions.names(out)) {
                if (name.startsWith("scan") && !name.endsWith(".json")) {
                    times.put(name, Files.getLastModifiedTime(out.resolve(name)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return times;
    }

    private static Process start(Path recipe, List<Path> inputs, Path out, String ending) throws Exception {
        List<Object> arguments = new ArrayList<>(List.of("run", recipe));
        arguments.addAll(inputs);
        arguments.addAll(List.of("--output-dir", out, "--name={name}" + ending, "--skip-existing", "--quiet"));
        return Child.builder(List.of(), Main.class, arguments.toArray())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static int run(Path recipe, List<Path> inputs, Path out, String ending) throws Exception {
        Process process = start(recipe, inputs, out, ending);
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        return process.exitValue();
    }
}
