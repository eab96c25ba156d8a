package org.scaledimaging.reliability;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.format.raw.UnpackOptions;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.TargetException;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;

/**
 * Many images through one JVM, of several formats and operations, some of them damaged, refused or cancelled: heap, threads,
 * open files and temporary files stay as they were after the first ones. {@code -Dreliability.images=500} sets how many.
 */
class SoakTest {
    private static final int IMAGES = Campaign.times("reliability.images", 40, 80);
    private static final int LOOKS = 5;
    private static final long HEAP_BYTES = 4 << 20;
    private static final int OPEN_FILES = 3; // the JVM opens one of its own now and then
    private static final List<String> LAYOUTS = List.of("ome-zarr", "nii", "nii.gz", "ome-zarr-shards", "ome.tif");

    @TempDir
    Path folder;

    private final Map<String, Integer> outcomes = new TreeMap<>();

    private record Usage(int images, long heap, int threads, int openFiles, int temporary) {}

    @Test
    void nothingGrows() throws Exception {
        Path temporary = Files.createDirectory(folder.resolve("temporary"));
        String usual = System.setProperty("java.io.tmpdir", temporary.toString());
        Usage early = null;
        Usage now = null;
        try {
            for (int number = 0; number < IMAGES; number++) {
                outcomes.merge(image(number), 1, Integer::sum);
                if ((number + 1) % (IMAGES / LOOKS) == 0) {
                    now = usage(number + 1, temporary);
                    System.out.println(now);
                    early = early == null ? now : early;
                }
            }
        } finally {
            System.setProperty("java.io.tmpdir", usual);
        }
        System.out.println("soak of " + IMAGES + " images: " + outcomes);
        assertTrue(now.heap() - early.heap() < HEAP_BYTES, early + " to " + now);
        assertTrue(now.threads() <= early.threads(), early + " to " + now);
        assertTrue(now.openFiles() <= early.openFiles() + OPEN_FILES, early + " to " + now);
        assertEquals(0, now.temporary());
        assertEquals(5, outcomes.size());
    }

    /** Does something with an image and says what came of it. */
    private String image(int number) throws Exception {
        String from = LAYOUTS.get(number % LAYOUTS.size());
        String to = LAYOUTS.get(number / LAYOUTS.size() % LAYOUTS.size());
        Path place = Files.createDirectory(folder.resolve("images"));
        Path source = place.resolve("source" + Versions.name(from));
        Path target = place.resolve("target" + Versions.name(to));
        try {
            Versions.save(Versions.image(number), from, source, Execution.standard());
            if (number % 7 == 6) {
                return damaged(source, target, to);
            } else if (number % 11 == 10) {
                return cancelled(source, target, to);
            } else if (number % 13 == 12) {
                Path there = Files.writeString(place.resolve("there.nii"), "already");
                assertThrows(TargetException.class, () -> {
                    try (Image image = Image.open(source)) {
                        image.saveNifti(there);
                    }
                });
                return "refused";
            }
            try (Image image = open(source, number);
                    Image result = operation(image, number)) {
                Versions.save(result, to, target, Execution.standard());
            }
            try (Image image = Image.open(target)) {
                image.statistics(List.of(50.0), Execution.standard());
            }
            return number % 10 == 9 ? "corrected by N4" : "done";
        } finally {
            AtomicTarget.deleteAll(place);
        }
    }

    /** Every other compressed file goes through a temporary file. */
    private static Image open(Path source, int number) throws IOException {
        if (source.toString().endsWith(".gz") && number % 8 < 4) {
            UnpackOptions options = new UnpackOptions(0, Path.of(System.getProperty("java.io.tmpdir")));
            ImageSource opened = new NiftiReader(options).open(source);
            return Image.of(opened);
        }
        return Image.open(source);
    }

    private static Image operation(Image image, int number) throws Exception {
        ScaledProcessingOptions options = ScaledProcessingOptions.defaults().withDownsampleFactor(4);
        return switch (number % 10) {
            case 0, 1, 2 -> image.applyScaledProcessing(new GaussianBiasFieldCorrection(2), options);
            case 3 -> image.applyScaledProcessing(new GaussianBiasFieldCorrection(2), options.withTempZarr(true));
            case 4 -> image.segmentOtsu();
            case 5 -> image.crop(List.of(1L, 2L, 3L), List.of(30L, 31L, 32L));
            case 6 -> image.downsample(List.of(2, 2, 2));
            case 7 -> image.upsample(List.of(2, 1, 1));
            case 8 -> image.convert(PixelType.FLOAT64);
            default -> image.applyScaledProcessing(new N4BiasFieldCorrection(Map.of("iterations", "5,5")), options);
        };
    }

    private static String damaged(Path source, Path target, String to) throws Exception {
        Path file = source;
        if (Files.isDirectory(source)) {
            file = source.resolve("0/zarr.json");
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        assertThrows(ImageFormatException.class, () -> {
            try (Image image = Image.open(source)) {
                Versions.save(image, to, target, Execution.standard());
            }
        });
        return "damaged";
    }

    private static String cancelled(Path source, Path target, String to) throws Exception {
        AtomicInteger reports = new AtomicInteger();
        Execution execution = new Execution(2, new Progress() {
            @Override
            public void report(double fraction, String message) {
                reports.incrementAndGet();
            }

            @Override
            public boolean isCancelled() {
                return reports.get() > 0;
            }
        });
        assertThrows(CancellationException.class, () -> {
            try (Image image = Image.open(source)) {
                Versions.save(image, to, target, execution);
            }
        });
        return "cancelled";
    }

    private static Usage usage(int images, Path temporary) throws Exception {
        long heap = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) { // caches that are held softly or weakly, and cleaners, take a round or two
            System.gc();
            Thread.sleep(50);
            heap = Math.min(
                    heap,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        Path descriptors = Path.of("/proc/self/fd");
        return new Usage(
                images,
                heap,
                Thread.activeCount(),
                Files.isDirectory(descriptors) ? Versions.names(descriptors).size() : 0,
                (int) Versions.names(temporary).stream()
                        .filter(name -> name.startsWith("scaled-imaging"))
                        .count());
    }
}
