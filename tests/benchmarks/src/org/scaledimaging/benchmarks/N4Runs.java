package org.scaledimaging.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.nifti.NiftiReader;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.LowResolutionImage;
import org.scaledimaging.plugins.n4.N4BiasFieldCorrection;

/**
 * Whole low-resolution steps of N4 in a warm process: CPU seconds on one thread of the four runs that ITK's logs are
 * beside, against ITK's; and the wall time of the iterations on one and two threads, there and on the same image tiled to 2×2×2.
 *
 * <p>Arguments: the folder with the reference values, rounds.
 */
public final class N4Runs {
    private static final Pattern CPU = Pattern.compile("FILTER wall_s \\S+ cpu_s (\\S+)");

    private N4Runs() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        if (!Files.isDirectory(folder)) {
            System.out.println("Skipped: no reference values at " + folder);
            return;
        }
        LowResolutionImage brain = image(folder.resolve("brain.nii.gz"));
        String mask = folder.resolve("brain_mask.nii.gz").toString();
        Map<String, Map<String, Object>> runs = new LinkedHashMap<>();
        runs.put( // a single iteration
                "seed_defaults", Map.of("splineSpacing", 200, "iterations", 50, "tolerance", 1e-3, "mask", "none"));
        runs.put(
                "mask_mesh2",
                Map.of("splineSpacing", "2x2x2", "iterations", "50,50,50,50", "tolerance", 1e-7, "mask", mask));
        runs.put(
                "nomask_shrink2",
                Map.of(
                        "splineSpacing",
                        100,
                        "iterations",
                        "50,50,30",
                        "tolerance",
                        1e-6,
                        "shrinkFactor",
                        2,
                        "mask",
                        "none"));
        runs.put(
                "otsu_levels",
                Map.of("splineSpacing", "1x1x1", "iterations", "40,30,20", "tolerance", 1e-4, "mask", "otsu"));
        for (String run : runs.keySet()) {
            Matcher itk = CPU.matcher(Files.readString(folder.resolve(run + ".log")));
            if (!itk.find()) {
                throw new IllegalStateException("no CPU seconds in " + run + ".log");
            }
            measure(run, runs.get(run), brain, rounds, Double.parseDouble(itk.group(1)));
        }
        Map<String, Object> big =
                Map.of("splineSpacing", "2x2x2", "iterations", "20,20", "tolerance", 0, "mask", "otsu");
        measure("tiled", big, tiled(brain), Math.max(3, rounds / 4), 0);
    }

    private static void measure(
            String run, Map<String, Object> parameters, LowResolutionImage image, int rounds, double itk)
            throws Exception {
        Map<String, Object> asItk = new LinkedHashMap<>(parameters);
        asItk.put("keepMean", false);
        N4BiasFieldCorrection plugin = new N4BiasFieldCorrection(asItk);
        List<Double> cpu = new ArrayList<>();
        Iterations one = new Iterations();
        Iterations two = new Iterations();
        for (int round = -2; round < rounds; round++) { // the first two warm up
            double seconds = cpuSeconds(plugin, image, new Execution(1, round < 0 ? Progress.none() : one.begin()));
            plugin.lowRes(image, new Execution(2, round < 0 ? Progress.none() : two.begin()));
            if (round >= 0) {
                cpu.add(seconds);
            }
        }
        double median = percentile(cpu, 0.5);
        System.out.printf(Locale.ROOT, "%-15s CPU %.4f s", run, median);
        if (itk > 0) {
            System.out.printf(Locale.ROOT, ", ITK %.3f s: %.1f times as fast", itk, itk / median);
        }
        if (one.seconds(rounds) > 0) { // else no level had more than one iteration
            System.out.printf(
                    Locale.ROOT,
                    "; iterations but the first of each level %.4f s on one thread, %.4f s on two: %.2f times as fast",
                    one.seconds(rounds),
                    two.seconds(rounds),
                    one.seconds(rounds) / two.seconds(rounds));
        }
        System.out.println();
    }

    /** CPU time of the calling thread, which is the only one. */
    private static double cpuSeconds(N4BiasFieldCorrection plugin, LowResolutionImage image, Execution execution)
            throws Exception {
        long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        plugin.lowRes(image, execution);
        return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e9;
    }

    /**
     * Wall times of iterations, each level's apart. What counts is a level's fastest iteration: they are so short that
     * some are not disturbed by what else the machine does.
     */
    private static final class Iterations implements Progress {
        private final Map<String, List<Double>> levels = new TreeMap<>();
        private String level = "";
        private long before;

        @Override
        public void report(double fraction, String message) {
            long now = System.nanoTime();
            String here = message.split(",")[0];
            if (here.equals(level) && here.startsWith("level")) { // the first of a level includes what is done once
                levels.computeIfAbsent(here, key -> new ArrayList<>()).add((now - before) / 1e9);
            }
            level = here;
            before = System.nanoTime();
        }

        /** To be called before each run. */
        Iterations begin() {
            level = "";
            return this;
        }

        @Override
        public boolean isCancelled() {
            return false;
        }

        double seconds(int rounds) {
            return levels.values().stream()
                    .mapToDouble(times -> percentile(times, 0) * times.size() / rounds)
                    .sum();
        }
    }

    private static LowResolutionImage image(Path file) throws Exception {
        try (ImageSource source = new NiftiReader().open(file)) {
            ImageMetadata metadata = source.metadata().withPixelType(PixelType.FLOAT32);
            Block block = source.read(metadata.interval()).convert(PixelType.FLOAT32);
            return new LowResolutionImage(metadata, block, new int[] {1, 1, 1}, metadata);
        }
    }

    private static LowResolutionImage tiled(LowResolutionImage image) {
        long[] shape = image.metadata().shape();
        long[] wide = {2 * shape[0], 2 * shape[1], 2 * shape[2]};
        Block block = Block.allocate(PixelType.FLOAT32, Interval.ofShape(wide));
        float[] from = (float[]) image.voxels().voxels();
        float[] to = (float[]) block.voxels();
        for (int i = 0; i < to.length; i++) {
            long x = i % wide[2] % shape[2];
            long y = i / wide[2] % wide[1] % shape[1];
            long z = i / wide[2] / wide[1] % shape[0];
            to[i] = from[(int) ((z * shape[1] + y) * shape[2] + x)];
        }
        ImageMetadata metadata = image.metadata().resampled(wide, new double[] {1, 1, 1}, new double[] {0, 0, 0});
        return new LowResolutionImage(metadata, block, new int[] {1, 1, 1}, metadata);
    }

    private static double percentile(List<Double> values, double part) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) (sorted.size() * part));
    }
}
