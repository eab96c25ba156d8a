package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.view.DownsampledSource;

class OmeZarrWriterTest {
    private static final OmeZarrWriteOptions CHUNKS_OF_8 =
            OmeZarrWriteOptions.defaults().withChunks(8);

    private static double[] all(ImageSource image) throws Exception {
        return (double[]) image.read(image.metadata().interval())
                .convert(PixelType.FLOAT64)
                .voxels();
    }

    private static ImageSource written(ImageSource image, Path target, OmeZarrWriteOptions options) throws Exception {
        OmeZarrWriter.write(image, target, options, null, Execution.standard());
        return OmeZarrReader.open(target);
    }

    private static Map<String, List<Byte>> files(Path folder) throws Exception {
        Map<String, List<Byte>> files = new TreeMap<>();
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte value : Files.readAllBytes(file)) {
                    bytes.add(value);
                }
                files.put(folder.relativize(file).toString(), bytes);
            }
        }
        return files;
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void eachLevelIsTheBlockMeanOfTheOneBelow(PixelType type, @TempDir Path folder) throws Exception {
        FormulaSource image =
                FormulaSource.of("czyx", type, new long[] {2, 19, 33, 41}, p -> FormulaSource.scattered(p) / 10);
        for (String version : List.of("0.4", "0.5")) {
            try (ImageSource written =
                    written(image, folder.resolve(version + ".zarr"), CHUNKS_OF_8.withVersion(version))) {
                assertEquals(type, written.metadata().pixelType());
                assertArrayEquals(all(image), all(written));
                List<ImageSource> levels = written.levels();
                assertEquals(4, levels.size()); // 41, 21, 11, 6
                for (int level = 1; level < levels.size(); level++) {
                    ImageSource expected = DownsampledSource.of(levels.get(level - 1), new int[] {1, 2, 2, 2}, type);
                    assertEquals(
                            expected.metadata().dimensions(),
                            levels.get(level).metadata().dimensions());
                    assertArrayEquals(all(expected), all(levels.get(level)), version + " level " + level);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "7,3,9", "1,16,16", "64", "2,1,1,5,6"})
    void anyChunkShapeHoldsTheSameImage(String chunks, @TempDir Path folder) throws Exception {
        FormulaSource image =
                FormulaSource.of("tczyx", PixelType.INT16, new long[] {2, 1, 11, 18, 27}, FormulaSource::scattered);
        int[] numbers = Stream.of(chunks.split(",")).mapToInt(Integer::parseInt).toArray();
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withChunks(numbers).withLevels(4);
        ImageSource expected = written(image, folder.resolve("a.zarr"), CHUNKS_OF_8.withLevels(4));
        ImageSource found = written(image, folder.resolve("b.zarr"), options);
        assertEquals(4, found.levels().size());
        for (int level = 0; level < 4; level++) {
            assertArrayEquals(
                    all(expected.levels().get(level)), all(found.levels().get(level)), "level " + level);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void filesAreTheSameWhateverTheThreads(int threads, @TempDir Path folder) throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.FLOAT32, new long[] {40, 50, 60}, FormulaSource::scattered);
        for (OmeZarrWriteOptions options : List.of(CHUNKS_OF_8, CHUNKS_OF_8.withShards(16, 24, 32))) {
            Path one = folder.resolve("one.zarr");
            Path many = folder.resolve("many.zarr");
            OmeZarrWriteOptions again = options.withOverwrite(true);
            OmeZarrWriter.write(image, one, again, null, new Execution(1, Progress.none()));
            OmeZarrWriter.write(image, many, again, null, new Execution(threads, Progress.none()));
            assertEquals(files(one).keySet(), files(many).keySet());
            assertTrue(files(one).equals(files(many)));
        }
    }

    @Test
    void shardsHoldTheSameImageInFewerFiles(@TempDir Path folder) throws Exception {
        FormulaSource image =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {40, 50, 60}, FormulaSource::scattered);
        for (String codec : List.of("zstd:3", "gzip", "blosc-lz4", "blosc-zstd", "none")) {
            OmeZarrWriteOptions options = CHUNKS_OF_8
                    .withShards(16)
                    .withCompression(Compression.parse(codec, "0.5"))
                    .withOverwrite(true);
            Path target = folder.resolve("sharded.zarr");
            assertArrayEquals(all(image), all(written(image, target, options)), codec);
            assertEquals(
                    3 * 4 * 4,
                    files(target).keySet().stream()
                            .filter(name -> name.startsWith("0/c/"))
                            .count());
        }
    }

    @Test
    void costlyToReadAreSlowCodecsAndManyFiles(@TempDir Path folder) throws Exception {
        FormulaSource image = FormulaSource.of("zyx", PixelType.UINT16, new long[] {8, 8, 8}, FormulaSource::scattered);
        OmeZarrWriteOptions shards =
                OmeZarrWriteOptions.defaults().withChunks(4).withShards(8);
        OmeZarrWriteOptions files = OmeZarrWriteOptions.defaults().withChunks(64, 64, 4);
        OmeZarrWriteOptions large = files.withChunks(64, 64, 8);
        FormulaSource wide =
                FormulaSource.of("zyx", PixelType.UINT16, new long[] {64, 64, 8}, FormulaSource::scattered);
        assertFalse(written(image, folder.resolve("zstd.zarr"), shards).isCostly());
        OmeZarrWriteOptions gzip = shards.withCompression(Compression.parse("gzip", "0.5"));
        assertTrue(written(image, folder.resolve("gzip.zarr"), gzip).isCostly());
        assertTrue(written(wide, folder.resolve("files.zarr"), files).isCostly());
        assertFalse(written(wide, folder.resolve("large.zarr"), large).isCostly());
    }

    @Test
    void axesComeInTheOrderThatTheSpecificationWants(@TempDir Path folder) throws Exception {
        FormulaSource image =
                FormulaSource.of("xyct", PixelType.UINT8, new long[] {9, 8, 2, 3}, p -> p[0] + 10 * p[1] + 100 * p[2]);
        ImageSource written = written(image, folder.resolve("a.zarr"), OmeZarrWriteOptions.defaults());
        assertEquals("tcxy", written.metadata().axes());
        Block voxel = written.read(
                org.scaledimaging.engine.block.Interval.at(new long[] {2, 1, 4, 5}, new long[] {1, 1, 1, 1}));
        assertEquals((byte) 154, ((byte[]) voxel.voxels())[0]);
    }

    @Test
    void voxelSizeAndOriginAreRightAtEveryLevel(@TempDir Path folder) throws Exception {
        ImageMetadata metadata = ImageMetadata.of(
                "scales",
                PixelType.UINT8,
                new Dimension(Axis.T, 2, 0.5, "second", 10),
                new Dimension(Axis.Y, 100, 0.3, "micrometer", -7),
                new Dimension(Axis.X, 1, 0.1, "micrometer", 3));
        FormulaSource image = new FormulaSource(metadata, new int[] {1, 64, 1}, p -> p[1]);
        for (String version : List.of("0.4", "0.5")) {
            ImageSource written = written(
                    image,
                    folder.resolve(version + ".zarr"),
                    OmeZarrWriteOptions.defaults().withVersion(version).withChunks(16));
            assertEquals(metadata.dimensions(), written.metadata().dimensions());
            ImageMetadata coarse = written.levels().get(2).metadata();
            assertEquals(metadata.dimensions().get(0), coarse.dimensions().get(0));
            assertEquals(0.3 * 4, coarse.dimensions().get(1).voxelSize(), 1e-15);
            assertEquals(-7 + 1.5 * 0.3, coarse.dimensions().get(1).origin(), 1e-12);
            assertEquals(metadata.dimensions().get(2), coarse.dimensions().get(2)); // length 1: left alone
        }
    }

    @Test
    void cancellingLeavesTheOldImageAndNoLitter(@TempDir Path folder) throws Exception {
        Path target = folder.resolve("image.zarr");
        FormulaSource old = FormulaSource.of("zyx", PixelType.UINT8, new long[] {8, 8, 8}, p -> 7);
        OmeZarrWriter.write(old, target, CHUNKS_OF_8, null, Execution.standard());
        Map<String, List<Byte>> before = files(folder);
        FormulaSource image = FormulaSource.of("zyx", PixelType.UINT8, new long[] {64, 64, 64}, p -> 1);
        Progress half = new Progress() {
            private volatile boolean cancelled;

            @Override
            public void report(double fraction, String message) {
                cancelled |= fraction > 0.5;
            }

            @Override
            public boolean isCancelled() {
                return cancelled;
            }
        };
        for (OmeZarrWriteOptions options : List.of(CHUNKS_OF_8, CHUNKS_OF_8.withShards(32))) {
            assertThrows(
                    CancellationException.class,
                    () -> OmeZarrWriter.write(
                            image, target, options.withOverwrite(true), null, new Execution(2, half)));
            assertTrue(before.equals(files(folder)));
        }
    }

    @Test
    void optionsThatDoNotFitAreRefusedBeforeAnythingIsWritten(@TempDir Path folder) {
        FormulaSource image = FormulaSource.of("zyx", PixelType.UINT8, new long[] {20, 20, 20}, p -> 1);
        Path target = folder.resolve("image.zarr");
        for (OmeZarrWriteOptions options : List.of(
                CHUNKS_OF_8.withVersion("0.6"),
                CHUNKS_OF_8.withShards(12),
                CHUNKS_OF_8.withShards(16).withVersion("0.4"),
                CHUNKS_OF_8.withChunks(0),
                CHUNKS_OF_8.withChunks(8, 8),
                CHUNKS_OF_8.withLevels(0))) {
            assertThrows(
                    ParameterException.class,
                    () -> OmeZarrWriter.write(image, target, options, null, Execution.standard()),
                    options::toString);
        }
        assertThrows(ParameterException.class, () -> Compression.parse("lz4", "0.5"));
        assertThrows(ParameterException.class, () -> Compression.parse("brotli", "0.5"));
        assertThrows(ParameterException.class, () -> Compression.parse("zstd:99", "0.5"));
        assertFalse(Files.exists(target));
    }
}
