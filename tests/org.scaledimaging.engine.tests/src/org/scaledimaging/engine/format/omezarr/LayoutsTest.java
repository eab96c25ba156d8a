package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.cache.ChunkCache;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.ParallelRead;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.plan.ReadingPlan;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.pyramid.PyramidPass;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.spill.ScratchFile;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.ZarrArraySpec;
import org.scaledimaging.engine.zarr.ZarrArrayWriter;
import org.scaledimaging.engine.zarr.ZarrSource;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** Whatever the chunks of an image: what is written of it is the same, and each chunk is decoded once. */
class LayoutsTest {
    private static final long[] SHAPE = {37, 70, 90};
    private static final int BLOCK_BYTES = 16 * 16 * 16 * 2;

    /** An image in a store, whose chunks are counted as they are read. */
    private record Stored(ImageSource image, Map<String, Integer> reads) {
        static Stored of(FormulaSource image, int[] chunk) throws Exception {
            MemoryStore store = new MemoryStore();
            Map<String, Integer> reads = new ConcurrentHashMap<>();
            ZarrStore counting = new CountingStore(store, reads);
            ZarrArraySpec spec = ZarrArraySpec.of(
                            2, image.metadata().pixelType(), image.metadata().shape(), chunk)
                    .uncompressed();
            ZarrArray array = ZarrArray.create(counting, "0", spec);
            ZarrFixtures.forEachChunk(array, index -> {
                long[] min = index.clone();
                long[] size = new long[min.length];
                for (int d = 0; d < min.length; d++) {
                    min[d] *= chunk[d];
                    size[d] = chunk[d];
                }
                array.writeChunk(index, image.read(Interval.at(min, size)).voxels());
            });
            reads.clear();
            ZarrSource source = new ZarrSource(array, image.metadata(), new ChunkCache(1));
            return new Stored(source, reads);
        }
    }

    /** Shapes of chunks: cubes, planes, tiles, rows, all in one, such as do not fit into blocks. */
    private static List<String> layouts() {
        return List.of(
                "16x16x16",
                "8x8x8",
                "64x64x64",
                "1x70x90",
                "1x32x32",
                "4x32x32",
                "1x1x90",
                "37x70x90",
                "10x10x10",
                "3x50x90",
                "37x1x90",
                "5x70x7");
    }

    private static FormulaSource image() {
        return FormulaSource.of("zyx", PixelType.UINT16, SHAPE, position -> FormulaSource.scattered(position) + 1);
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    /** What a pass writes: each file's bytes. */
    private static Map<String, ByteBuffer> written(
            ImageSource image, OmeZarrWriteOptions options, ReadingPlan.Memory memory, Path scratch) throws Exception {
        MemoryStore store = new MemoryStore();
        PyramidPlan plan = PyramidPlan.of(image, options);
        List<ZarrArrayWriter> writers = new ArrayList<>();
        for (ImageMetadata level : plan.levels()) {
            ZarrArraySpec spec = ZarrArraySpec.of(3, level.pixelType(), level.shape(), plan.chunk())
                    .uncompressed();
            spec = plan.shard().isPresent() ? spec.withShards(plan.shard().get()) : spec;
            ZarrArray array = ZarrArray.create(store, Integer.toString(writers.size()), spec);
            ScratchFile held = new ScratchFile(scratch.resolve("held." + writers.size()));
            writers.add(array.writer(Optional.empty(), held));
        }
        Execution execution = new Execution(memory.threads(), Progress.none());
        Interval all = image.metadata().interval();
        try (PyramidPass pass = new PyramidPass(
                image,
                plan.pyramid(),
                0,
                all,
                WrittenImage.sinks(writers),
                Optional.empty(),
                scratch.resolve("waiting"),
                memory)) {
            execution.executor().run(pass, execution, (cell, result) -> {});
        }
        for (ZarrArrayWriter writer : writers) {
            writer.close();
        }
        try (Stream<Path> left = Files.list(scratch)) {
            assertEquals(List.of(), left.toList());
        }
        Map<String, ByteBuffer> files = new TreeMap<>();
        store.values.forEach((key, value) -> files.put(key, ByteBuffer.wrap(value)));
        return files;
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void whatIsWrittenDoesNotDependOnTheChunksTheMemoryOrTheThreads(String chunks, @TempDir Path folder)
            throws Exception {
        OmeZarrWriteOptions inChunks = OmeZarrWriteOptions.defaults().withChunks(16);
        Stored stored = Stored.of(image(), numbers(chunks));
        for (OmeZarrWriteOptions options : List.of(inChunks, inChunks.withShards(32))) {
            Map<String, ByteBuffer> expected =
                    written(image().withChunks(16, 16, 16), options, new ReadingPlan.Memory(1 << 30, 1), folder);
            for (long memory : new long[] {1 << 30, 30L * BLOCK_BYTES, 4L * BLOCK_BYTES}) {
                for (int threads : new int[] {1, 3}) {
                    ReadingPlan.Memory granted = new ReadingPlan.Memory(memory, threads);
                    assertEquals(
                            expected,
                            written(stored.image(), options, granted, folder),
                            chunks + " with " + memory + " bytes and " + threads + " threads");
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("layouts")
    void writingDecodesEveryChunkOnce(String chunks, @TempDir Path folder) throws Exception {
        Stored stored = Stored.of(image(), numbers(chunks));
        written(
                stored.image(),
                OmeZarrWriteOptions.defaults().withChunks(16),
                new ReadingPlan.Memory(1 << 30, 2),
                folder);
        assertFalse(stored.reads().isEmpty());
        stored.reads().forEach((chunk, reads) -> assertEquals(1, reads, chunk + " of " + chunks));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16x16x16", "1x70x90", "1x1x90", "37x70x90", "10x10x10", "3x50x90"})
    void measuringDecodesEveryChunkOnce(String chunks) throws Exception {
        Stored stored = Stored.of(image(), numbers(chunks));
        ImageStatistics.of(stored.image(), List.of(50.0), new Execution(2, Progress.none()));
        assertFalse(stored.reads().isEmpty());
        stored.reads().forEach((chunk, reads) -> assertEquals(1, reads, chunk + " of " + chunks));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"16x16x16", "1x70x90", "1x1x90", "37x70x90", "10x10x10", "3x50x90", "1x32x32", "7x9x11", "5x70x6"
            })
    void downsamplingDecodesEveryChunkOnce(String chunks) throws Exception {
        Stored stored = Stored.of(image(), numbers(chunks));
        ImageSource low = DownsampledSource.of(stored.image(), new int[] {4, 4, 4}, PixelType.FLOAT32);
        long[] unit = Arrays.stream(low.chunkShape()).asLongStream().toArray();
        ParallelRead.read(low, low.metadata().interval(), unit, new Execution(2, Progress.none()), "downsampling");
        assertFalse(stored.reads().isEmpty());
        stored.reads().forEach((chunk, reads) -> assertEquals(1, reads, chunk + " of " + chunks));
    }

    @ParameterizedTest
    @ValueSource(strings = {"16x16x16", "1x70x90", "1x32x32", "4x32x32", "1x1x90", "37x70x90", "37x1x90", "5x70x90"})
    void tasksThatShareNothingDecodeEveryChunkOnceButAtTheirBorders(String chunks, @TempDir Path folder)
            throws Exception {
        Stored stored = Stored.of(image(), numbers(chunks));
        Execution elsewhere = Execution.standard().withExecutor(new Elsewhere(stored.image(), folder, 60_000));
        Optional<Description> description =
                Optional.of(new Description(JsonNodeFactory.instance.objectNode(), Map.of()));
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withChunks(16);
        OmeZarrWriter.write(
                stored.image(),
                description,
                List.of(),
                ImageLocation.of(folder.resolve("there.zarr")),
                options,
                null,
                elsewhere);
        OmeZarrWriter.write(image(), folder.resolve("here.zarr"), options, null, Execution.standard());
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("here.zarr/1/c/1/1/1")),
                Files.readAllBytes(folder.resolve("there.zarr/1/c/1/1/1")));
        assertFalse(stored.reads().isEmpty());
        int most = chunks.startsWith("5x") ? 2 : 1; // planes of 5 end where no task does
        stored.reads().forEach((chunk, reads) -> assertTrue(reads <= most, chunk + " of " + chunks + " " + reads));
    }

    @ParameterizedTest
    @CsvSource({
        "1x1024x1024, 64x64x64",
        "1x2048x2048, 64x64x64",
        "1x1x4096, 64x64x64",
        "1x32x2048, 64x64x64",
        "512x2048x2048, 64x64x64",
        "16x256x256, 16x256x256",
        "32x32x32, 32x32x32",
        "128x128x128, 128x128x128"
    })
    void chunksAreEvenWhereTheSourcesAreNotUnlessToldOtherwise(String source, String usual) throws Exception {
        ImageSource image = FormulaSource.of("zyx", PixelType.UINT16, new long[] {512, 2048, 4096}, position -> 0)
                .withChunks(numbers(source));
        assertArrayEquals(
                numbers(usual),
                PyramidPlan.of(image, OmeZarrWriteOptions.defaults()).chunk());
        int[] wanted = {1, 100, 200};
        assertArrayEquals(
                wanted,
                PyramidPlan.of(image, OmeZarrWriteOptions.defaults().withChunks(wanted))
                        .chunk());
    }
}
