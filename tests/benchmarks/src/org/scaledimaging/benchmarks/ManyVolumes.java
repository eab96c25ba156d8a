package org.scaledimaging.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * The main job on an image of many small volumes, one chunk each: time per voxel against that of one 512³ image, by turns in
 * processes of their own, so that the ratio hardly depends on what else the machine does; and the most memory held.
 *
 * <p>Arguments: time points, channels, rounds, folder, then heaps as Java's option has them; {@code default} for none.
 */
public final class ManyVolumes {
    private static final int[] VOLUME = {32, 256, 256};

    private ManyVolumes() {}

    /** The same volume for each time point and channel: axes t, c, z, y, x. */
    private record Series(int times, int channels, Phantom volume) implements ImageSource {
        @Override
        public ImageMetadata metadata() {
            List<Dimension> dimensions = new ArrayList<>();
            dimensions.add(Dimension.of(Axis.T, times));
            dimensions.add(Dimension.of(Axis.C, channels));
            dimensions.addAll(volume.metadata().dimensions());
            return ImageMetadata.of("series", PixelType.UINT16, dimensions.toArray(Dimension[]::new));
        }

        @Override
        public int[] chunkShape() {
            return new int[] {1, 1, VOLUME[0], VOLUME[1], VOLUME[2]};
        }

        @Override
        public void read(Block target) {
            Interval interval = target.interval();
            if (interval.length(0) * interval.length(1) != 1) {
                throw new IllegalArgumentException("more than one volume");
            }
            long[] min = {interval.min(2), interval.min(3), interval.min(4)};
            long[] size = {interval.length(2), interval.length(3), interval.length(4)};
            volume.read(target.at(Interval.at(min, size)));
        }
    }

    /** One run in a process of its own; all per voxel, in nanoseconds. */
    private record Run(double clock, double processor, long peakMebibytes) {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("run")) {
            run(Path.of(arguments[1]), Path.of(arguments[2]));
            return;
        }
        int times = Integer.parseInt(arguments[0]);
        int channels = Integer.parseInt(arguments[1]);
        int rounds = Integer.parseInt(arguments[2]);
        Path folder = Path.of(arguments[3]).resolve("volumes-" + times + "x" + channels);
        Files.createDirectories(folder);
        Path many = folder.resolve("many.ome.zarr");
        Path one = folder.resolve("one.ome.zarr");
        make(new Series(times, channels, new Phantom(VOLUME[0], VOLUME[1], VOLUME[2])), many, VOLUME);
        make(new Phantom(512, 512, 512), one, new int[] {64, 64, 64});
        System.out.println("| heap | image | ns per voxel | of processors | ratio | of processors | peak MiB |");
        System.out.println("|---|---|---|---|---|---|---|");
        for (String heap : List.of(arguments).subList(4, arguments.length)) {
            compare(heap, many, one, rounds);
        }
    }

    private static void make(ImageSource image, Path path, int[] chunks) throws Exception {
        if (!Files.exists(path)) {
            Image.of(image)
                    .saveOmeZarr(
                            path,
                            OmeZarrWriteOptions.defaults().withChunks(chunks).withLevels(1),
                            Execution.standard());
        }
    }

    private static void compare(String heap, Path many, Path one, int rounds) throws Exception {
        List<Run> runs = new ArrayList<>();
        List<Run> references = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            references.add(apart(heap, one));
            runs.add(apart(heap, many));
        }
        List<Double> clock = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            clock.add(runs.get(round).clock() / references.get(round).clock());
            processor.add(runs.get(round).processor() / references.get(round).processor());
        }
        tell(heap, "512³", references, "", "");
        tell(heap, "volumes", runs, text(median(clock)), text(median(processor)));
    }

    private static void tell(String heap, String image, List<Run> runs, String clock, String processor) {
        System.out.printf(
                "| %s | %s | %s | %s | %s | %s | %d |%n",
                heap,
                image,
                text(median(runs.stream().map(Run::clock).toList())),
                text(median(runs.stream().map(Run::processor).toList())),
                clock,
                processor,
                runs.stream().mapToLong(Run::peakMebibytes).max().orElseThrow());
    }

    private static String text(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
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
        if (!List.of("512m", "1g").contains(heap)) {
            command.add("-XX:MaxNewSize=256m"); // as the script scaled-imaging does where the heap has 2 GiB or more
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ManyVolumes.class.getName()));
        command.addAll(List.of("run", input.toString(), output.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String line;
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            line = lines.readLine();
        }
        process.waitFor();
        AtomicTarget.deleteAll(output);
        if (line == null) {
            throw new IOException("no result from " + input);
        }
        String[] parts = line.split(" ");
        return new Run(Double.parseDouble(parts[0]), Double.parseDouble(parts[1]), Long.parseLong(parts[2]));
    }

    private static void run(Path input, Path output) throws Exception {
        AtomicTarget.deleteAll(output);
        Execution execution = new Execution(Runtime.getRuntime().availableProcessors(), Progress.none());
        long start = System.nanoTime();
        double voxels = 1;
        try (Image image = Image.open(input)) {
            for (long length : image.metadata().shape()) {
                voxels *= length;
            }
            image.applyScaledProcessing(
                            new GaussianBiasFieldCorrection(5),
                            ScaledProcessingOptions.defaults().withDownsampleFactor(4),
                            execution)
                    .saveOmeZarr(output, OmeZarrWriteOptions.defaults(), execution);
        }
        double clock = System.nanoTime() - start;
        double processor = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        long peak = 0;
        for (String status : Files.readAllLines(Path.of("/proc/self/status"))) {
            peak = status.startsWith("VmHWM:") ? Long.parseLong(status.replaceAll("\\D", "")) / 1024 : peak;
        }
        System.out.println(clock / voxels + " " + processor / voxels + " " + peak);
    }
}
