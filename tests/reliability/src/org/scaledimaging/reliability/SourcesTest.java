package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * A source that goes away or is replaced at a random moment while work is under way: the work fails with a sentence and the
 * target is what it was, or it is done as of one of the two images, whole. {@code -Dreliability.sources=1000} sets how often;
 * what happened is printed.
 */
class SourcesTest {
    private static final int RUNS = Campaign.times("reliability.sources", 11, 44);
    private static final int EDGE = 64;

    /** Longer than a tick of the clock that file systems go by: images are older than that when they are opened. */
    private static final int TICK_MILLISECONDS = 30;

    @TempDir
    Path folder;

    private final Random random = new Random(22 + RUNS);
    private final Map<String, Expected> expected = new HashMap<>();
    private final TreeMap<String, Integer> outcomes = new TreeMap<>();
    private SourceSabotage sabotage;
    private Path target;

    /** @param nanos how long it took */
    private record Expected(Object result, long nanos) {}

    private enum Job {
        CONVERT,
        PROCESS,
        PROCESS_WITH_TEMPORARY_FIELD,
        SEGMENT,
        STATISTICS
    }

    @BeforeEach
    void writeImages() throws Exception {
        sabotage = new SourceSabotage(Files.createDirectory(folder.resolve("images")), EDGE);
        target = folder.resolve("target.ome.zarr");
    }

    /** Does a job and returns what came of it: voxels, or numbers. */
    private Object run(Job job, String source) throws Exception {
        Execution execution = new Execution(1, Progress.none());
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(2);
        options = options.withTempZarr(job == Job.PROCESS_WITH_TEMPORARY_FIELD);
        try (Image image = Image.open(source)) {
            if (job == Job.STATISTICS) {
                return image.statistics(List.of(50.0), execution).toString();
            }
            try (Image result = switch (job) {
                case CONVERT -> image.downsample(0);
                case SEGMENT -> image.segmentOtsu();
                default -> image.applyScaledProcessing(new GaussianBiasFieldCorrection(2), options, execution);
            }) {
                Versions.save(result, "ome-zarr", target, execution);
            }
        }
        try (Image written = Image.open(target)) {
            return written.source().read(written.metadata().interval()).voxels();
        }
    }

    private void putOldTarget() throws IOException {
        AtomicTarget.deleteAll(target);
        Files.createDirectory(target);
        Files.writeString(target.resolve("old"), "the old one");
    }

    private void assertOldTarget() throws IOException {
        assertEquals(List.of("old"), Versions.names(target));
        assertEquals(List.of("images", "target.ome.zarr"), Versions.names(folder));
    }

    private Expected expected(Job job, SourceSabotage.Kind kind, int version) throws Exception {
        String key = job + " " + kind + " " + version;
        if (!expected.containsKey(key)) {
            String source = sabotage.whole(kind, version);
            run(job, source);
            long start = System.nanoTime();
            Object result = run(job, source);
            expected.put(key, new Expected(result, System.nanoTime() - start));
        }
        return expected.get(key);
    }

    private void disturbed(Job job, SourceSabotage.Kind kind, SourceSabotage.Way way) throws Exception {
        Expected first = expected(job, kind, 0);
        Expected second = expected(job, kind, 1);
        String source = sabotage.make(kind);
        TimeUnit.MILLISECONDS.sleep(TICK_MILLISECONDS);
        long nanos = (long) (random.nextDouble() * 1.1 * first.nanos);
        putOldTarget();
        List<Throwable> failures = new ArrayList<>();
        Thread saboteur = new Thread(() -> {
            try {
                TimeUnit.NANOSECONDS.sleep(nanos);
                sabotage.happen(kind, way);
            } catch (Exception e) {
                failures.add(e);
            }
        });
        saboteur.start();
        String outcome;
        try {
            Object result = run(job, source);
            outcome = Objects.deepEquals(result, first.result) ? "done" : "done, of the other image";
            assertTrue(
                    Objects.deepEquals(result, first.result) || Objects.deepEquals(result, second.result),
                    () -> job + " of " + kind + ", " + way + ": a result of no image");
        } catch (IOException e) {
            outcome = "refused";
            String sentence = FileFailures.sentence(e);
            assertTrue(sentence.contains(": found ") && sentence.contains(", expected "), sentence);
            saboteur.join();
            assertOldTarget();
        }
        saboteur.join();
        assertEquals(List.of(), failures);
        outcomes.merge(way + " " + kind + ": " + outcome, 1, Integer::sum);
        sabotage.clear();
    }

    @Test
    void nothingWrongIsMadeOfASourceThatGoesAwayOrIsReplaced() throws Exception {
        List<SourceSabotage.Way> ways = List.of(SourceSabotage.Way.values());
        for (int run = 0; run < RUNS; run++) {
            SourceSabotage.Way way = ways.get(run % ways.size());
            List<SourceSabotage.Kind> kinds = way.kinds();
            SourceSabotage.Kind kind = kinds.get(random.nextInt(kinds.size()));
            disturbed(Job.values()[random.nextInt(Job.values().length)], kind, way);
        }
        sabotage.close();
        System.out.println(RUNS + " sources taken away or replaced, no result wrong:");
        outcomes.forEach((what, count) -> System.out.println("  " + what + " " + count));
    }

    @Test
    void nothingWrongIsMadeOfASourceWhoseFileSystemGoesAway() throws Exception {
        Path place = Files.createDirectory(folder.resolve("images/mounted"));
        Object whole = expected(Job.STATISTICS, SourceSabotage.Kind.ZARR, 0).result;
        int refused = 0;
        int runs = Math.max(2, RUNS / 20);
        for (int run = 0; run < runs; run++) {
            Assumptions.assumeTrue(
                    command("mount", "-t", "tmpfs", "tmpfs", place.toString()),
                    "skipped: mounting a file system takes Linux and root");
            long nanos;
            Path source = place.resolve("image.ome.zarr");
            try {
                SourceSabotage.copy(Path.of(sabotage.whole(SourceSabotage.Kind.ZARR, 0)), source);
                TimeUnit.MILLISECONDS.sleep(TICK_MILLISECONDS);
                long start = System.nanoTime();
                assertEquals(whole, run(Job.STATISTICS, source.toString()));
                nanos = (long) (random.nextDouble() * (System.nanoTime() - start));
            } catch (Exception | Error e) {
                command("umount", "-l", place.toString());
                throw e;
            }
            Thread saboteur = new Thread(() -> {
                try {
                    TimeUnit.NANOSECONDS.sleep(nanos);
                    command("umount", "-l", place.toString());
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            saboteur.start();
            try {
                assertEquals(whole, run(Job.STATISTICS, source.toString()));
            } catch (IOException e) {
                refused++;
            } finally {
                saboteur.join();
            }
        }
        System.out.println(runs + " file systems unmounted, no result wrong; " + refused + " refused");
    }

    private static boolean command(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
