package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.http.FaultyServer;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/** Whatever the chunks of an image on a server: each is asked for once in a pass over the image. */
class RemoteLayoutsTest {
    private static final long[] SHAPE = {21, 70, 90};
    private static final OmeZarrWriteOptions OPTIONS =
            OmeZarrWriteOptions.defaults().withChunks(16);
    private static final Execution THREADS = new Execution(2, Progress.none());

    @TempDir
    private Path folder;

    /** What is done with an image. */
    private interface Work {
        void with(Image image) throws IOException, ParameterException;
    }

    /** How often each chunk is asked for meanwhile. */
    private Map<String, Integer> requests(Work work) throws Exception {
        try (FaultyServer server = new FaultyServer(folder)) {
            try (Image image = Image.open(server.address("image.zarr"))) {
                work.with(image);
            }
            Map<String, Integer> times = new HashMap<>();
            for (String request : server.requests()) {
                if (request.matches("GET .*/0/c/.*")) {
                    times.merge(request, 1, Integer::sum);
                }
            }
            return times;
        }
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    private static long bytes(List<String> ranges) {
        return ranges.stream()
                .map(range -> range.replaceAll(".* ", "").split("-"))
                .mapToLong(ends -> Long.parseLong(ends[1]) - Long.parseLong(ends[0]) + 1)
                .sum();
    }

    /** How many chunks of a shape the image has. */
    private static int chunks(int[] chunk) {
        int chunks = 1;
        for (int d = 0; d < chunk.length; d++) {
            chunks *= (int) ((SHAPE[d] + chunk[d] - 1) / chunk[d]);
        }
        return chunks;
    }

    @ParameterizedTest
    @ValueSource(strings = {"16x16x16", "1x70x90", "1x32x32", "3x70x90", "1x5x90", "21x70x90", "10x10x10"})
    void eachChunkIsAskedForOnceInAPass(String layout) throws Exception {
        int[] chunk = numbers(layout);
        int chunks = chunks(chunk);
        FormulaSource voxels =
                FormulaSource.of("zyx", PixelType.UINT16, SHAPE, position -> FormulaSource.scattered(position) + 1);
        OmeZarrWriteOptions source =
                OmeZarrWriteOptions.defaults().withChunks(chunk).withLevels(1);
        OmeZarrWriter.write(voxels, folder.resolve("image.zarr"), source, null, Execution.standard());

        Map<String, Integer> converting =
                requests(image -> image.saveOmeZarr(folder.resolve("converted.zarr"), OPTIONS, THREADS));
        assertEquals(chunks, converting.size());
        converting.forEach((request, times) -> assertEquals(1, times, request));

        Map<String, Integer> measuring = requests(image -> image.statistics(List.of(50.0), THREADS));
        assertEquals(chunks, measuring.size());
        measuring.forEach((request, times) -> assertEquals(1, times, request));

        Map<String, Integer> processing = requests(image -> image.applyScaledProcessing(
                        LocalMean.withGain(1),
                        ScaledProcessingOptions.defaults().withDownsampleFactor(4),
                        THREADS)
                .saveOmeZarr(folder.resolve("processed.zarr"), OPTIONS, THREADS));
        assertEquals(chunks, processing.size());
        processing.forEach((request, times) -> assertTrue(times <= 2, request + " " + times + " times: in two passes"));
    }

    @ParameterizedTest
    @CsvSource({"8x8x8, 16x16x16", "1x32x32, 8x32x96", "1x70x90, 7x70x90", "7x10x30, 21x70x90"})
    void eachChunkOfAShardIsAskedForOnceInAPass(String layout, String shards) throws Exception {
        FormulaSource voxels =
                FormulaSource.of("zyx", PixelType.UINT16, SHAPE, position -> FormulaSource.scattered(position) + 1);
        OmeZarrWriteOptions source = OmeZarrWriteOptions.defaults()
                .withChunks(numbers(layout))
                .withShards(numbers(shards))
                .withLevels(1);
        OmeZarrWriter.write(voxels, folder.resolve("image.zarr"), source, null, Execution.standard());
        Path converted = folder.resolve("converted.zarr");
        int chunks = chunks(numbers(layout));
        int files = chunks(numbers(shards));
        try (FaultyServer server = new FaultyServer(folder)) {
            try (Image image = Image.open(server.address("image.zarr"))) {
                image.saveOmeZarr(converted, OPTIONS, THREADS);
            }
            List<String> ranges = server.ranges();
            assertEquals(ranges.size(), Set.copyOf(ranges).size(), "each range once: " + ranges);
            assertTrue(ranges.size() <= chunks + files, "chunks, and an index for each shard: " + ranges);
            long most = files * 32768L; // which come with an index
            try (Stream<Path> shardFiles = Files.walk(folder.resolve("image.zarr/0/c"))) {
                for (Path file : shardFiles.filter(Files::isRegularFile).toList()) {
                    most += Files.size(file);
                }
            }
            assertTrue(bytes(ranges) <= most, "each chunk once: " + ranges);
        }
    }
}
