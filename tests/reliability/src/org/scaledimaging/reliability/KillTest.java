package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.target.TemporaryFolder;

/**
 * A process that is killed (SIGKILL) at a random moment of a save over an existing image leaves the old image or the new
 * one, whole, and the next save succeeds and removes what the killed one left. {@code -Dreliability.kills=200} sets how
 * often; where the kills struck is printed.
 */
class KillTest {
    private static final int KILLS = Campaign.times("reliability.kills", 1, 3);
    private static final int SAVES_BEFORE = 1;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    Path folder;

    private final TreeMap<String, Integer> struck = new TreeMap<>();

    @ParameterizedTest
    @CsvSource({
        "ome-zarr, false",
        "nii, false",
        "nii.gz, false",
        "ome-zarr, true",
        "ome-zarr-shards, false",
        "ome.tif, false"
    })
    void theOldImageOrTheNewOneOutlivesAKill(String layout, boolean field) throws Exception {
        Path images = Files.createDirectory(folder.resolve("images"));
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path target = images.resolve(Versions.name(layout));
        Random random = new Random(layout.hashCode() + KILLS);
        Versions.save(Versions.image(0), layout, target, Execution.standard());
        int version = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            version = killed(layout, target, version, temporary, field, random) + 1;
            Versions.save(Versions.image(version), layout, target, Execution.standard());
            assertEquals(version, Versions.versionOf(target, version));
            assertEquals(List.of(Versions.name(layout)), Versions.names(images));
            assertNothingTemporary(temporary);
        }
        System.out.println(KILLS + " kills of saves as " + layout + (field ? " with a temporary field" : "")
                + ", all survived; they struck while " + struck);
    }

    /** Kills a process that saves, looks at what is there, and returns the version that was saved. */
    private int killed(String layout, Path target, int version, Path temporary, boolean field, Random random)
            throws Exception {
        int first = version + 1;
        Process process = field
                ? Child.start(temporary, SavingLoop.class, layout, target, first, "field")
                : Child.start(temporary, SavingLoop.class, layout, target, first);
        AtomicReference<String> last = new AtomicReference<>("done " + (first + SAVES_BEFORE));
        try (BufferedReader lines = Child.lines(process)) {
            long[] times = new long[2];
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("done " + (first + SAVES_BEFORE - 1))) {
                    times[0] = System.nanoTime();
                } else if (line.equals("done " + (first + SAVES_BEFORE))) {
                    times[1] = System.nanoTime();
                    break;
                }
            }
            assertTrue(times[1] > 0, "the process ended by itself");
            Thread reader = new Thread(() -> lines.lines().forEach(last::set));
            reader.start();
            long nanos = (long) (random.nextDouble() * 2 * (times[1] - times[0]));
            TimeUnit.NANOSECONDS.sleep(nanos);
            process.toHandle()
                    .destroyForcibly(); // SIGKILL; unlike the process's own method it leaves the output to be read
            assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
            reader.join();
        }
        String[] words = last.get().split(" ");
        int number = Integer.parseInt(words[1]);
        List<String> left = Versions.names(target.getParent());
        int found = Versions.versionOf(target, number - 1, number);
        boolean mayBeOld = !words[0].equals("done");
        boolean mayBeNew = words[0].equals("done") || words[0].equals("written");
        assertTrue(
                mayBeOld && found == number - 1 || mayBeNew && found == number,
                () -> "version " + found + " after " + last.get() + ", with " + left);
        boolean partial = left.stream().anyMatch(name -> name.endsWith(".partial"));
        struck.merge(phase(words[0], found == number - 1, partial), 1, Integer::sum);
        return number;
    }

    /** Where the killed process was, by the last it said and by what it left. */
    private static String phase(String last, boolean old, boolean partial) {
        return switch (last) {
            case "start" -> partial ? "writing" : "starting or estimating";
            case "field" -> partial ? "writing" : "using the temporary field";
            case "written" -> old ? "forcing to disk" : partial ? "deleting the old" : "just committed";
            default -> "between two saves";
        };
    }

    /** As the next process that needs a temporary folder finds and leaves the place. */
    private static void assertNothingTemporary(Path temporary) throws Exception {
        String usual = System.setProperty("java.io.tmpdir", temporary.toString());
        try {
            TemporaryFolder.create().close();
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
        List<String> ours = Versions.names(temporary).stream()
                .filter(name -> name.contains("scaled-imaging"))
                .toList();
        assertEquals(List.of(), ours);
    }
}
