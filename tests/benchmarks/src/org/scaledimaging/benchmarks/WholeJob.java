package org.scaledimaging.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.target.AtomicTarget;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.FileStore;
import org.scaledimaging.plugins.gaussian.GaussianBiasFieldCorrection;

/**
 * The main job on a synthetic uint16 OME-Zarr 0.5 of edge³ voxels (64³ chunks, zstd), Gaussian, factor 4, float32 output
 * with pyramid, against its limit: decoding every input chunk and encoding every output chunk of the same data with the
 * same codec and threads, and nothing else (no file is read or written). Both are run alternately in one process; the
 * medians and their ratio are printed, of the time on the clock and of the processors' time.
 *
 * <p>Arguments: edge, rounds, threads, folder.
 */
public final class WholeJob {
    private static final int CHUNK = 64;
    private static final int MOST_WARM_UP = 3;

    private WholeJob() {}

    public static void main(String[] arguments) throws Exception {
        int edge = Integer.parseInt(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[2]);
        Path folder = Path.of(arguments[3]);
        Execution execution = new Execution(threads, Progress.none());
        Path input = folder.resolve("input-" + edge + ".ome.zarr");
        Path output = folder.resolve("output-" + edge + ".ome.zarr");
        if (!Files.exists(input)) {
            Image.of(new Phantom(edge, edge, edge))
                    .saveOmeZarr(
                            input,
                            OmeZarrWriteOptions.defaults().withChunks(CHUNK).withLevels(1),
                            execution);
        }
        for (int round = 0;
                round < Math.min(MOST_WARM_UP, rounds);
                round++) { // also makes the chunks that the limit encodes
            job(input, output, execution);
            limit(input, output, execution);
        }
        List<Cost> jobs = new ArrayList<>();
        List<Cost> limits = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            jobs.add(job(input, output, execution));
            limits.add(limit(input, output, execution));
        }
        Cost job = median(jobs);
        Cost limit = median(limits);
        double voxels = Math.pow(edge, 3);
        System.out.printf(
                Locale.ROOT,
                "edge %d, threads %d, heap limit %d MiB: job %.2f s (%.2f ns per voxel, %.2f CPU s), limit %.2f s"
                        + " (%.2f CPU s), ratio %.2f (of CPU %.2f)%n",
                edge,
                threads,
                Runtime.getRuntime().maxMemory() >> 20,
                job.wall(),
                job.wall() * 1e9 / voxels,
                job.processor(),
                limit.wall(),
                limit.processor(),
                job.wall() / limit.wall(),
                job.processor() / limit.processor());
        AtomicTarget.deleteAll(output);
    }

    /** Seconds on the clock, and of all processors together: the latter hardly depend on what else the machine does. */
    private record Cost(double wall, double processor) {
        private static final OperatingSystemMXBean PROCESS =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

        static Cost now() {
            return new Cost(System.nanoTime() / 1e9, PROCESS.getProcessCpuTime() / 1e9);
        }

        Cost since(Cost start) {
            return new Cost(wall - start.wall, processor - start.processor);
        }

        Cost plus(Cost other) {
            return new Cost(wall + other.wall, processor + other.processor);
        }
    }

    private static Cost job(Path input, Path output, Execution execution) throws Exception {
        AtomicTarget.deleteAll(output);
        Cost start = Cost.now();
        try (Image image = Image.open(input)) {
            image.applyScaledProcessing(
                            new GaussianBiasFieldCorrection(5),
                            ScaledProcessingOptions.defaults().withDownsampleFactor(4),
                            execution)
                    .saveOmeZarr(output, OmeZarrWriteOptions.defaults(), execution);
        }
        return Cost.now().since(start);
    }

    /** Decodes all chunks of the input, encodes all of the output; the bytes come from memory and go nowhere. */
    private static Cost limit(Path input, Path output, Execution execution) throws Exception {
        Cost cost = chunks(ZarrArray.open(new FileStore(input), "0"), input.resolve("0"), false, execution);
        for (int level = 0; Files.exists(output.resolve(Integer.toString(level))); level++) {
            String name = Integer.toString(level);
            cost = cost.plus(
                    chunks(ZarrArray.open(new FileStore(output), name), output.resolve(name), true, execution));
        }
        return cost;
    }

    /** The cost of decoding or encoding alone, in batches that fit in memory: reading files is not counted. */
    private static Cost chunks(ZarrArray array, Path folder, boolean encode, Execution execution) throws IOException {
        List<long[]> all = new ArrayList<>();
        boolean[] interleaved = {true, true, true};
        array.chunks().inMortonOrder(interleaved).forEachRemaining(all::add);
        int voxels = Arrays.stream(array.chunkShape()).reduce(1, (a, b) -> a * b);
        int batch = 64;
        Cost cost = new Cost(0, 0);
        for (int from = 0; from < all.size(); from += batch) {
            List<long[]> some = all.subList(from, Math.min(all.size(), from + batch));
            List<ByteBuffer> encoded = new ArrayList<>();
            List<Object> decoded = new ArrayList<>();
            for (long[] chunk : some) {
                Path file = folder.resolve("c/" + chunk[0] + "/" + chunk[1] + "/" + chunk[2]);
                encoded.add(ByteBuffer.wrap(Files.readAllBytes(file)));
                Object values = array.pixelType().allocate(voxels);
                if (encode) {
                    array.readChunk(chunk, values);
                }
                decoded.add(values);
            }
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < some.size(); i++) {
                numbers.add(i);
            }
            Cost start = Cost.now();
            OrderedTasks.run(numbers.iterator(), numbers.size(), execution, "", i -> {
                if (encode) {
                    array.encode(decoded.get(i), bytes -> {});
                } else {
                    array.decode(encoded.get(i), decoded.get(i));
                }
            });
            cost = cost.plus(Cost.now().since(start));
        }
        return cost;
    }

    private static Cost median(List<Cost> costs) {
        return new Cost(
                median(costs.stream().map(Cost::wall)), median(costs.stream().map(Cost::processor)));
    }

    private static double median(Stream<Double> values) {
        List<Double> sorted = values.sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
