package org.scaledimaging.benchmarks;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Notice;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.place.FileFailures;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * The main job on the same voxels in one layout after the other: Gaussian, factor 4, float32 output in chunks of 64³ with
 * pyramid. Each layout is timed by turns with chunks of 64³, in processes of their own, so that the ratio of the two hardly
 * depends on what else the machine does; that of processor time depends least.
 */
public final class Layouts {
    private static final String REFERENCE = "64x64x64";
    private static final String FIGURE = "figure ";
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
    private record Run(Map<String, Double> figures, String says) {
        boolean isDone() {
            return figures.containsKey("seconds");
        }

        double figure(String name) {
            return figures.getOrDefault(name, Double.NaN);
        }
    }

    /**
     * Beside each time stand, of the last round: how often a byte of the image's files was read, for the estimate and the result
     * together (what else the process reads, its own results, counts; mapped files do not), the most memory of the process's own
     * (RssAnon), what it holds of the heap when garbage is collected ten times a second, in a run that is not timed, and what
     * it says of its plan. Needs Linux.
     *
     * <p>Rows that are measured are kept in a file beside the images, so that what was interrupted goes on where it was;
     * whoever wants a row again deletes it there.
     *
     * <p>Arguments: shape (as in 128x2048x2048), rounds, folder, layouts with commas between them or {@code all}, then heaps as
     * Java's option has them; {@code default} for none.
     */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("run") || arguments[0].equals("hold")) {
            run(Path.of(arguments[1]), Path.of(arguments[2]), arguments[0].equals("hold"));
            return;
        }
        long[] shape = Arrays.stream(arguments[0].split("x"))
                .mapToLong(Long::parseLong)
                .toArray();
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]).resolve("layouts-" + arguments[0]);
        Files.createDirectories(folder);
        Path reference = LayoutImages.make(shape, REFERENCE, folder);
        List<String> layouts = arguments[3].equals("all") ? ALL : List.of(arguments[3].split(","));
        if (!ALL.containsAll(layouts)) {
            System.err.println("Layouts: found " + arguments[3] + ", expected some of " + String.join(",", ALL) + ".");
            System.exit(2);
        }
        Path table = folder.resolve("table.md");
        if (!Files.exists(table)) {
            Files.writeString(
                    table,
                    "| heap | layout | s | of 64x64x64 | ratio | processor, s | of 64x64x64 | ratio | bytes read"
                            + " | RssAnon, MiB | held, MiB | plan |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        }
        for (String layout : layouts) {
            for (String heap : List.of(arguments).subList(4, arguments.length)) {
                if (!Files.readString(table).contains(start(heap, layout))) {
                    Path input = LayoutImages.make(shape, layout, folder);
                    String row = input == null ? "too large for one chunk |" : compare(heap, input, reference, rounds);
                    Files.writeString(table, start(heap, layout) + row + "\n", StandardOpenOption.APPEND);
                    System.out.println(start(heap, layout) + row);
                }
            }
        }
        System.out.println("All rows are in " + table + ".");
    }

    private static String start(String heap, String layout) {
        return "| " + heap + " | " + layout + " | ";
    }

    /** A row of the table, from the time on. */
    private static String compare(String heap, Path input, Path reference, int rounds)
            throws IOException, InterruptedException {
        List<Run> runs = new ArrayList<>();
        List<Run> references = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            references.add(apart("run", heap, reference));
            Run run = apart("run", heap, input);
            if (!run.isDone()) {
                return "refused: " + run.says() + " |";
            }
            runs.add(run);
        }
        Run last = runs.get(rounds - 1);
        Run held = apart("hold", heap, input);
        return String.format(
                Locale.ROOT,
                "%s | %s | %.2f | %.0f | %.0f | %s |",
                times("seconds", runs, references),
                times("processor", runs, references),
                last.figure("read"),
                last.figure("own"),
                held.figure("held"),
                last.says());
    }

    /** Medians of the layout, of the reference, and of their ratio. */
    private static String times(String figure, List<Run> runs, List<Run> references) {
        List<Double> these = runs.stream().map(run -> run.figure(figure)).toList();
        List<Double> those = references.stream().map(run -> run.figure(figure)).toList();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < these.size(); round++) {
            ratios.add(these.get(round) / those.get(round));
        }
        return String.format(Locale.ROOT, "%.1f | %.1f | %.2f", median(these), median(those), median(ratios));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    private static Run apart(String what, String heap, Path input) throws IOException, InterruptedException {
        Path output = input.resolveSibling("output.ome.zarr");
        AtomicTarget.deleteAll(output); // of a run that was interrupted
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseParallelGC");
        if (!heap.equals("default")) {
            command.add("-Xmx" + heap);
        }
        if (!List.of("512m", "1g").contains(heap)) {
            command.add("-XX:MaxNewSize=256m"); // as the script scaled-imaging does where the heap has 2 GiB or more
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Layouts.class.getName()));
        command.addAll(List.of(what, input.toString(), output.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Map<String, Double> figures = new HashMap<>();
        List<String> said = new ArrayList<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(FIGURE)) {
                    String[] words = line.split(" ");
                    figures.put(words[1], Double.valueOf(words[2]));
                } else {
                    said.add(line);
                }
            }
        }
        process.waitFor();
        AtomicTarget.deleteAll(output);
        return new Run(figures, String.join(" ", said));
    }

    private static void run(Path input, Path output, boolean hold) throws Exception {
        AtomicTarget.deleteAll(output);
        Execution execution = new Execution(Runtime.getRuntime().availableProcessors(), Progress.none())
                .withNotices(notice -> {
                    if (notice.kind() == Notice.Kind.DETAIL) {
                        System.out.println(notice.sentence());
                    }
                });
        ProcessMemory memory = new ProcessMemory(hold);
        long readBefore = ProcessMemory.bytes("/proc/self/io", "rchar:");
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
        } catch (ParameterException e) {
            System.out.println(e.getMessage());
            return;
        } catch (OutOfMemoryError e) {
            System.out.println("out of memory");
            return;
        }
        figure("seconds", (System.nanoTime() - start) / 1e9);
        figure(
                "processor",
                ProcessHandle.current().info().totalCpuDuration().orElseThrow().toMillis() / 1e3);
        double read = ProcessMemory.bytes("/proc/self/io", "rchar:") - readBefore;
        figure("read", read / size(input)); // looked up last: a walk through folders takes time, too
        figure("own", memory.mostOwn() / 0x1p20);
        figure("held", memory.mostHeld() / 0x1p20);
    }

    private static void figure(String name, double value) {
        System.out.println(FIGURE + name + " " + value);
    }

    /** The bytes of a file, or of all files in a folder. */
    private static double size(Path image) throws IOException {
        try (Stream<Path> files = Files.walk(image)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }
}
