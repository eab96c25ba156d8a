package org.scaledimaging.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.io.AtomicTarget;
import org.scaledimaging.engine.io.FileFailures;
import org.scaledimaging.engine.io.omezarr.OmeZarrWriteOptions;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * The main job on the same voxels in one layout after the other: Gaussian, factor 4, float32 output in chunks of 64³ with
 * pyramid. Each layout is timed by turns with chunks of 64³, in processes of their own, so that the ratio of the two hardly
 * depends on what else the machine does; with it come the most memory that the process held and what it says of its plan.
 *
 * <p>Arguments: shape (as in 128x2048x2048), rounds, folder, then heaps as Java's option has them; {@code default} for none.
 */
public final class Layouts {
    private static final String REFERENCE = "64x64x64";
    private static final List<String> ALL = List.of(
            "1x2048x2048",
            "1x1024x1024",
            "16x256x256",
            "1x1x4096",
            "whole",
            "128x128x128/512",
            "strips.tif",
            "tiles.tif",
            "nii",
            "nii.gz");

    private Layouts() {}

    /** One run in a process of its own. */
    private record Run(double seconds, long peakMebibytes, String says) {
        boolean isDone() {
            return seconds > 0;
        }
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("run")) {
            run(Path.of(arguments[1]), Path.of(arguments[2]));
            return;
        }
        long[] shape = Arrays.stream(arguments[0].split("x"))
                .mapToLong(Long::parseLong)
                .toArray();
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]).resolve("layouts-" + arguments[0]);
        Files.createDirectories(folder);
        Path reference = LayoutImages.make(shape, REFERENCE, folder);
        System.out.println("| heap | layout | seconds | of 64x64x64 | ratio | peak MiB | plan |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String heap : List.of(arguments).subList(3, arguments.length)) {
            for (String layout : ALL) {
                Path input = LayoutImages.make(shape, layout, folder);
                if (input != null) {
                    compare(heap, layout, input, reference, rounds);
                }
            }
        }
    }

    private static void compare(String heap, String layout, Path input, Path reference, int rounds)
            throws IOException, InterruptedException {
        List<Double> seconds = new ArrayList<>();
        List<Double> references = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        Run last = null;
        for (int round = 0; round < rounds; round++) {
            Run other = apart(heap, reference);
            last = apart(heap, input);
            if (!last.isDone()) {
                System.out.printf("| %s | %s | refused | | | | %s |%n", heap, layout, last.says());
                return;
            }
            seconds.add(last.seconds());
            references.add(other.seconds());
            ratios.add(last.seconds() / other.seconds());
        }
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %.2f | %d | %s |%n",
                heap,
                layout,
                median(seconds),
                median(references),
                median(ratios),
                last.peakMebibytes(),
                last.says());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private static Run apart(String heap, Path input) throws IOException, InterruptedException {
        Path output = input.resolveSibling("output.ome.zarr");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseParallelGC");
        if (!heap.equals("default")) {
            command.add("-Xmx" + heap);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Layouts.class.getName()));
        command.addAll(List.of("run", input.toString(), output.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        double seconds = 0;
        long peak = 0;
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("seconds ")) {
                    seconds = Double.parseDouble(line.substring("seconds ".length()));
                } else if (line.startsWith("peak ")) {
                    peak = Long.parseLong(line.substring("peak ".length()));
                } else {
                    said.add(line);
                }
            }
        }
        process.waitFor();
        AtomicTarget.deleteAll(output);
        return new Run(seconds, peak, String.join(" ", said));
    }

    private static void run(Path input, Path output) throws Exception {
        AtomicTarget.deleteAll(output);
        Execution execution = new Execution(Runtime.getRuntime().availableProcessors(), Progress.none())
                .withNotices(notice -> {
                    if (notice.kind() == Notice.Kind.DETAIL) {
                        System.out.println(notice.sentence());
                    }
                });
        long start = System.nanoTime();
        try (Image image = Image.open(input)) {
            image.applyScaledProcessing(
                            new GaussianBiasFieldCorrection(5),
                            ScaledProcessingOptions.defaults().withDownsampleFactor(4),
                            execution)
                    .saveOmeZarr(output, OmeZarrWriteOptions.defaults().withChunks(64), execution);
        } catch (IOException e) {
            System.out.println(FileFailures.sentence(e));
            return;
        } catch (OutOfMemoryError e) {
            System.out.println("out of memory");
            return;
        }
        System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                System.out.println("peak " + Long.parseLong(line.replaceAll("\\D", "")) / 1024);
            }
        }
    }
}
