package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.NiftiWriteOptions;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;

/** Work stops soon after it is cancelled, whatever it is at, and leaves neither threads nor files. */
class CancellationTest {
    /** What is promised is one second; the machine that runs the tests may be busy. */
    private static final double MOST_SECONDS = 5;

    private static final int EDGE = 256;
    private static final Map<String, Double> SECONDS = new TreeMap<>();

    @TempDir
    static Path folder;

    private static Path compressed;
    private Set<Thread> before;

    /** Is cancelled as soon as it is told of some stage, from some fraction on. */
    private static class Stopper implements Progress {
        private final String stage;
        private final double from;
        private volatile long cancelledAt;

        Stopper(String stage, double from) {
            this.stage = stage;
            this.from = from;
        }

        @Override
        public void report(double fraction, String message) {
            if (cancelledAt == 0 && fraction >= from && message.contains(stage)) {
                cancelledAt = System.nanoTime();
            }
        }

        @Override
        public boolean isCancelled() {
            return cancelledAt != 0;
        }
    }

    @FunctionalInterface
    private interface Job {
        void run(Execution execution) throws Exception;
    }

    private static Image image() {
        return Versions.image(1, 64, EDGE, EDGE, EDGE);
    }

    @BeforeAll
    static void makeImage() throws Exception {
        compressed = folder.resolve("image.nii.gz");
        image().saveNifti(compressed);
    }

    @BeforeEach
    void rememberThreads() {
        before = Thread.getAllStackTraces().keySet();
    }

    @AfterAll
    static void tell() {
        System.out.println("seconds from cancelling to the end: " + SECONDS);
    }

    private void stops(String name, String stage, double from, Job job) throws Exception {
        Stopper stopper = new Stopper(stage, from);
        assertThrows(CancellationException.class, () -> job.run(new Execution(2, stopper)));
        told(name, (System.nanoTime() - stopper.cancelledAt) / 1e9);
        assertEquals(List.of("image.nii.gz"), Versions.names(folder));
    }

    private void told(String name, double seconds) {
        SECONDS.merge(name, Math.round(seconds * 1000) / 1000.0, Math::max);
        assertTrue(seconds < MOST_SECONDS, name + " took " + seconds + " s to stop");
        Set<String> left = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .map(Thread::getName)
                .filter(thread -> thread.startsWith("scaled-imaging"))
                .collect(Collectors.toSet());
        assertEquals(Set.of(), left);
    }

    @Test
    void decompressing() throws Exception {
        stops("decompressing into memory", "decompressing", 0.05, execution -> {
            try (Image image = Image.open(compressed)) {
                image.prepare(execution);
            }
        });
    }

    @Test
    void decompressingIntoATemporaryFile() throws Exception {
        UnpackOptions options = new UnpackOptions(0, folder);
        stops("decompressing into a temporary file", "decompressing", 0.05, execution -> {
            try (ImageSource source = new NiftiReader(options).open(compressed)) {
                ((Preparation) source).prepare(execution);
            }
        });
    }

    @Test
    void waitingForAnotherThreadsDecompression() throws Exception {
        CountDownLatch under = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        try (Image image = Image.open(compressed)) {
            Thread first = new Thread(() -> {
                try {
                    image.prepare(new Execution(1, new Stopper("nothing", 2) {
                        @Override
                        public void report(double fraction, String message) {
                            under.countDown();
                            try {
                                goOn.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }
                    }));
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            first.start();
            under.await();
            Stopper stopper = new Stopper("", 0);
            new Thread(() -> stopper.report(0, "")).start();
            assertThrows(CancellationException.class, () -> image.prepare(new Execution(1, stopper)));
            double seconds = (System.nanoTime() - stopper.cancelledAt) / 1e9;
            goOn.countDown();
            first.join();
            told("waiting for another's decompression", seconds);
        }
    }

    @Test
    void theStreamingPassForTheLowResolutionImage() throws Exception {
        stops(
                "low-resolution pass",
                "downsampl",
                0,
                execution -> image().applyScaledProcessing(
                                new GaussianBiasFieldCorrection(3),
                                ScaledProcessingOptions.defaults().withDownsampleFactor(4),
                                execution));
    }

    @Test
    void smoothing() throws Exception {
        stops(
                "Gaussian",
                "smoothing",
                0,
                execution -> image().applyScaledProcessing(
                                new GaussianBiasFieldCorrection(3),
                                ScaledProcessingOptions.defaults().withDownsampleFactor(2),
                                execution));
    }

    @Test
    void anIterationOfN4() throws Exception {
        stops(
                "iteration of N4",
                "level",
                0,
                execution -> image().applyScaledProcessing(
                                new N4BiasFieldCorrection(Map.of("tolerance", 0)),
                                ScaledProcessingOptions.defaults().withDownsampleFactor(2),
                                execution));
    }

    @Test
    void writingOmeZarr() throws Exception {
        stops(
                "writing OME-Zarr",
                "writing",
                0.2,
                execution ->
                        image().saveOmeZarr(folder.resolve("out.ome.zarr"), OmeZarrWriteOptions.defaults(), execution));
    }

    @Test
    void forcingOmeZarrToTheDisk() throws Exception {
        stops(
                "forcing OME-Zarr to the disk",
                "writing",
                1,
                execution -> image().saveOmeZarr(
                                folder.resolve("out.ome.zarr"),
                                OmeZarrWriteOptions.defaults().withChunks(32),
                                execution));
    }

    @Test
    void deletingManyFiles() throws Exception {
        stops(
                "deleting 4681 files",
                "writing",
                1,
                execution -> image().saveOmeZarr(
                                folder.resolve("out.ome.zarr"),
                                OmeZarrWriteOptions.defaults().withChunks(16),
                                execution));
    }

    @Test
    void writingNifti() throws Exception {
        stops(
                "writing .nii",
                "Writing",
                0.2,
                execution -> image().saveNifti(folder.resolve("out.nii"), NiftiWriteOptions.defaults(), execution));
    }

    @Test
    void packingNifti() throws Exception {
        stops(
                "writing .nii.gz",
                "Writing",
                0.6,
                execution -> image().saveNifti(folder.resolve("out.nii.gz"), NiftiWriteOptions.defaults(), execution));
    }

    @Test
    void verifying() throws Exception {
        stops(
                "verifying OME-Zarr",
                "verifying",
                0.75,
                execution -> image().saveOmeZarr(
                                folder.resolve("out.ome.zarr"),
                                OmeZarrWriteOptions.defaults().withVerify(true),
                                execution));
        stops(
                "verifying .nii.gz",
                "verifying",
                0.75,
                execution -> image().saveNifti(
                                folder.resolve("out.nii.gz"),
                                NiftiWriteOptions.defaults().withVerify(true),
                                execution));
    }
}
