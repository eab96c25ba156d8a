package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.cli.Main;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;

/**
 * A job over an existing image that is cancelled, or gets SIGINT or SIGTERM, at a random moment leaves the old image or the
 * new one, and nothing else: no next run is needed to clean up. {@code -Dreliability.interruptions=200} sets how often.
 */
class InterruptionTest {
    private static final int INTERRUPTIONS = Campaign.times("reliability.interruptions", 2, 4);
    private static final int CANCELLATIONS = Math.max(Campaign.times("reliability.cancellations", 4, 8), INTERRUPTIONS);

    private static final boolean LINUX = System.getProperty("os.name").startsWith("Linux");

    @TempDir
    Path folder;

    private final TreeMap<String, Integer> outcomes = new TreeMap<>();

    @ParameterizedTest
    @ValueSource(strings = {"ome-zarr", "nii", "nii.gz", "ome-zarr-shards"})
    void cancelled(String layout) throws Exception {
        Path target = folder.resolve(Versions.name(layout));
        Versions.save(Versions.image(0), layout, target, Execution.standard());
        AtomicLong looks = new AtomicLong();
        Versions.save(Versions.image(0), layout, target, new Execution(2, cancelledAtLook(looks, Long.MAX_VALUE)));
        Random random = new Random(3);
        int now = 0;
        for (int i = 1; i <= CANCELLATIONS; i++) {
            long last = 1 + (long) (random.nextDouble() * looks.get());
            try {
                Execution execution = new Execution(2, cancelledAtLook(new AtomicLong(), last));
                Versions.save(Versions.image(i), layout, target, execution);
                now = i;
                outcomes.merge("complete", 1, Integer::sum);
            } catch (CancellationException e) {
                outcomes.merge("cancelled", 1, Integer::sum);
            }
            assertEquals(now, Versions.versionOf(target, now, i));
            assertEquals(List.of(Versions.name(layout)), Versions.names(folder));
        }
        System.out.println(CANCELLATIONS + " cancellations of saves as " + layout + ", all survived: " + outcomes);
    }

    private static Progress cancelledAtLook(AtomicLong looks, long last) {
        return new Progress() {
            @Override
            public void report(double fraction, String message) {
                // how far it is does not matter here
            }

            @Override
            public boolean isCancelled() {
                return looks.incrementAndGet() >= last;
            }
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"ome-zarr", "nii.gz"})
    @DisabledOnOs(OS.WINDOWS)
    void signalled(String layout) throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        Path images = Files.createDirectory(folder.resolve("images"));
        Path input = folder.resolve("input.nii");
        Path target = images.resolve(Versions.name(layout));
        Versions.image(0, 32, 96, 96, 96).saveNifti(input);
        long start = System.nanoTime();
        Process whole = start(temporary, input, target);
        assertEquals(0, whole.waitFor());
        long nanos = System.nanoTime() - start;
        short[] corrected = Versions.bits(target);
        Random random = new Random(5);
        for (int i = 0; i < INTERRUPTIONS; i++) {
            Versions.save(Versions.image(1), layout, target, Execution.standard());
            String signal = LINUX && i % 2 == 0 ? "INT" : "TERM";
            Process process = start(temporary, input, target);
            TimeUnit.NANOSECONDS.sleep((long) (random.nextDouble() * nanos));
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
            int code = process.exitValue();
            assertTrue(code == 0 || code == (signal.equals("INT") ? 130 : 143), signal + " gave " + code);
            boolean complete = Arrays.equals(corrected, Versions.bits(target));
            assertTrue(complete || Versions.versionOf(target, 1) == 1);
            assertTrue(complete || code != 0);
            List<String> names = layout.equals("nii.gz") && complete
                    ? List.of("image.json", "image.nii.gz")
                    : List.of(Versions.name(layout));
            assertEquals(names, Versions.names(images));
            assertEquals(
                    List.of(),
                    Versions.names(temporary).stream()
                            .filter(name -> name.startsWith("scaled-imaging"))
                            .toList());
            outcomes.merge(code + (complete ? " new" : " old"), 1, Integer::sum);
        }
        System.out.println(INTERRUPTIONS + " signals to jobs that write " + layout
                + ", all survived; exit code and what the target held: " + outcomes);
    }

    private Process start(Path temporary, Path input, Path target) throws IOException {
        String[] arguments = {
            "process",
            input.toString(),
            target.toString(),
            "--plugin",
            "gaussian",
            "--downsample-factor",
            "2",
            "--use-temp-zarr",
            "--overwrite",
            "--threads",
            "1",
            "--output-type",
            "same"
        };
        ProcessBuilder process =
                Child.builder(List.of("-Djava.io.tmpdir=" + temporary), Main.class, (Object[]) arguments);
        if (LINUX) { // what shells run in the background ignores SIGINT, and so do processes that it starts
            process.command().addAll(0, List.of("env", "--default-signal=INT"));
        }
        return process.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
