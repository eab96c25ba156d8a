package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.target.Litter;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/** Jobs at the same time give what they give alone; of several that write one target, one does and the others are told. */
class ConcurrencyTest {
    private static final int JOBS = 8;
    private static final List<String> LAYOUTS = List.of("ome-zarr", "nii", "nii.gz", "ome-zarr-shards", "ome.tif");

    @TempDir
    Path folder;

    private Path job(int number, Path source, Path place) throws Exception {
        Files.createDirectories(place);
        String layout = LAYOUTS.get(number % LAYOUTS.size());
        Path target = place.resolve(number + Versions.name(layout));
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults()
                .withDownsampleFactor(2 + number % 3)
                .withTempZarr(number % 2 == 0);
        Execution execution = new Execution(2, Progress.none());
        try (Image image = Image.open(source)
                .applyScaledProcessing(new GaussianBiasFieldCorrection(1 + number), options, execution)) {
            Versions.save(image, layout, target, execution);
        }
        return target;
    }

    /** Every file below a path, by its name there. */
    private static Map<String, byte[]> content(Path saved) throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(saved)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                content.put(saved.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    private static <T> List<Future<T>> atOnce(List<Callable<T>> calls) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            return threads.invokeAll(calls);
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void eightJobsAtOnceWriteWhatTheyWriteAlone() throws Exception {
        Path source = folder.resolve("source.nii.gz"); // one image: decompressed by each
        Versions.image(5, 32, 70, 90, 80).saveNifti(source);
        List<Callable<Path>> jobs = new ArrayList<>();
        for (int number = 0; number < JOBS; number++) {
            int own = number;
            jobs.add(() -> job(own, source, folder.resolve("together")));
        }
        List<Future<Path>> together = atOnce(jobs);
        for (int number = 0; number < JOBS; number++) {
            Map<String, byte[]> alone = content(job(number, source, folder.resolve("alone")));
            Map<String, byte[]> crowded = content(together.get(number).get());
            assertEquals(alone.keySet(), crowded.keySet());
            for (String file : alone.keySet()) {
                assertArrayEquals(alone.get(file), crowded.get(file), number + " " + file);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ome-zarr", "nii", "nii.gz"})
    void ofThreadsThatWriteOneTargetThoseThatComeLateAreRefused(String layout) throws Exception {
        Path target = Files.createDirectory(folder.resolve("images")).resolve(Versions.name(layout));
        int refusals = 0;
        for (int round = 0; round < 10; round++) {
            CyclicBarrier start = new CyclicBarrier(JOBS);
            List<Callable<Integer>> calls = new ArrayList<>();
            for (int number = 0; number < JOBS; number++) {
                int version = number;
                calls.add(() -> {
                    start.await();
                    Versions.save(Versions.image(version), layout, target, new Execution(2, Progress.none()));
                    return version;
                });
            }
            List<Integer> saved = new ArrayList<>();
            for (Future<Integer> outcome : atOnce(calls)) {
                try {
                    saved.add(outcome.get());
                } catch (ExecutionException e) {
                    assertRefused(e.getCause(), target);
                    refusals++;
                }
            }
            assertTrue(saved.contains(Versions.versionOf(
                    target, saved.stream().mapToInt(Integer::intValue).toArray())));
            assertEquals(List.of(Versions.name(layout)), Versions.names(target.getParent()));
        }
        assertTrue(refusals > 0, "nobody was refused");
    }

    private static void assertRefused(Throwable failure, Path target) {
        assertTrue(failure instanceof TargetException, () -> String.valueOf(failure));
        assertTrue(
                failure.getMessage().startsWith(target + ": found a target that is being written"),
                failure::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ome-zarr", "nii"})
    void ofTwoProcessesThatWriteOneTargetTheSecondIsRefused(String layout) throws Exception {
        Path target = Files.createDirectory(folder.resolve("images")).resolve(Versions.name(layout));
        Versions.save(Versions.image(1), layout, target, Execution.standard());
        Process first = Child.start(folder, SaveWhenTold.class, layout, target, 2);
        try (BufferedReader lines = Child.lines(first)) {
            assertEquals("writing", lines.readLine());
            try {
                Versions.save(Versions.image(3), layout, target, Execution.standard());
                throw new AssertionError("two wrote at once");
            } catch (TargetException e) {
                assertRefused(e, target);
            }
            assertEquals(1, Versions.versionOf(target, 1, 2, 3));
            for (List<Litter> found : List.of(Litter.find(target.getParent()), Litter.clean(target.getParent()))) {
                assertTrue(found.size() >= 2, found::toString);
                assertTrue(found.stream().allMatch(litter -> litter.state() == Litter.State.IN_USE), found::toString);
            }
            assertEquals(3, Child.run(SaveWhenTold.class, layout, target, 4), "a third process, refused");
            first.getOutputStream().write('\n');
            first.getOutputStream().flush();
            assertTrue(first.waitFor(60, TimeUnit.SECONDS));
        }
        assertEquals(0, first.exitValue());
        assertEquals(2, Versions.versionOf(target, 1, 2, 3, 4));
        assertEquals(List.of(Versions.name(layout)), Versions.names(target.getParent()));
        Versions.save(Versions.image(5), layout, target, Execution.standard());
    }

    /** A system may release a process's lock when the process closes the file anywhere, as whoever is refused would. */
    @Test
    void aRefusalInThisProcessDoesNotLetAnotherProcessIn() throws Exception {
        Path target = folder.resolve("image.nii");
        try (AtomicTarget ours = AtomicTarget.create(target, true, List.of())) {
            assertThrows(TargetException.class, () -> AtomicTarget.create(target, true, List.of()));
            assertEquals(3, Child.run(SaveWhenTold.class, "nii", target, 4));
        }
        assertEquals(0, Child.run(SaveWhenTold.class, "nii", target, 4));
    }
}
