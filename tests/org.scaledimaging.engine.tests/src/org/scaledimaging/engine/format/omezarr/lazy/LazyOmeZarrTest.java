package org.scaledimaging.engine.format.omezarr.lazy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.format.omezarr.OmeZarrWriter;
import org.scaledimaging.engine.image.FormulaSource;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.scaled.LocalMean;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;
import org.scaledimaging.engine.view.DownsampledSource;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.Keys;

/** Chunks that are computed when they are asked for equal what would have been written. */
class LazyOmeZarrTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LIMIT = 1 << 26;

    private static LazyOmeZarr lazy(ImageSource image, OmeZarrWriteOptions options) throws Exception {
        return LazyOmeZarr.of("lazy", image, options, Optional.empty(), Execution.standard());
    }

    /** An image with scattered values, and boxes of the fill value that are larger than chunks. */
    private static FormulaSource image(String axes, PixelType type, long... shape) {
        return FormulaSource.of(
                axes, type, shape, p -> Arrays.stream(p).allMatch(at -> at < 17) ? 0 : FormulaSource.scattered(p) / 10);
    }

    private static ImageSource processed(ImageSource image) throws Exception {
        return ScaledProcessing.apply(
                        image,
                        LocalMean.withGain(0.5),
                        ScaledProcessingOptions.defaults().withDownsampleFactor(4),
                        Execution.standard())
                .image();
    }

    private static JsonNode withoutMarks(byte[] file) throws IOException {
        JsonNode json = JSON.readTree(file);
        for (JsonNode attributes : List.of(json, json.path("attributes"))) {
            if (attributes.path("scaled-imaging") instanceof ObjectNode own) {
                own.remove("levels");
            }
        }
        return json;
    }

    /** Compares metadata and all chunks, those that are not stored included, by name and bytes. */
    private static void assertSame(ImageSource image, OmeZarrWriteOptions options, Path target) throws Exception {
        OmeZarrWriter.write(image, target, options, null, Execution.standard());
        LazyOmeZarr lazy = lazy(image, options);
        int chunks = 0;
        try (Stream<Path> inside = Files.walk(target)) {
            for (Path file : inside.filter(Files::isRegularFile).toList()) {
                String key = target.relativize(file).toString().replace('\\', '/');
                byte[] written = Files.readAllBytes(file);
                if (Keys.isMetadata(key)) {
                    assertEquals(
                            withoutMarks(written),
                            withoutMarks(lazy.metadata(key).orElseThrow()),
                            key);
                } else {
                    assertTrue(lazy.isChunk(key), key);
                    assertArrayEquals(written, lazy.chunk(key).orElseThrow(), key);
                    chunks++;
                }
            }
        }
        int all = 0;
        int stored = 0;
        for (int level = 0; level < lazy.levels(); level++) {
            assertTrue(isExact(lazy, level));
            String path = Integer.toString(level);
            for (long[] index : ZarrArray.open(lazy, path).chunks().indices().positions()) {
                StringBuilder key = new StringBuilder(path + (options.version().equals("0.5") ? "/c" : ""));
                for (long number : index) {
                    key.append('/').append(number);
                }
                all++;
                stored += lazy.chunk(key.toString()).isPresent() ? 1 : 0;
            }
        }
        assertEquals(chunks, stored);
        assertTrue(lazy.levels() > 1 && stored > 0 && stored < all, "levels, chunks and empty ones are compared");
    }

    @ParameterizedTest
    @CsvSource({
        "0.4, zyx, UINT16, 20x33x41",
        "0.5, zyx, FLOAT32, 20x33x41",
        "0.4, tczyx, UINT8, 2x2x9x17x33",
        "0.5, tczyx, FLOAT64, 2x2x9x17x33",
        "0.5, yx, INT16, 35x50",
        "0.4, xyzc, UINT16, 33x17x18x2", // other than OME-Zarr wants the axes
        "0.5, cyx, UINT64, 3x30x40"
    })
    void theBytesAreThoseThatAreWritten(String version, String axes, PixelType type, String shape, @TempDir Path folder)
            throws Exception {
        long[] lengths = Stream.of(shape.split("x")).mapToLong(Long::parseLong).toArray();
        OmeZarrWriteOptions options =
                OmeZarrWriteOptions.defaults().withVersion(version).withChunks(8);
        assertSame(image(axes, type, lengths), options, folder.resolve("image.zarr"));
    }

    @ParameterizedTest
    @CsvSource({"0.4, gzip", "0.5, blosc-zstd", "0.4, none"})
    void ofAResultAsWell(String version, String codec, @TempDir Path folder) throws Exception {
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion(version)
                .withCompression(Compression.parse(codec, version))
                .withChunks(7);
        FormulaSource image = FormulaSource.of(
                "czyx", PixelType.UINT16, new long[] {2, 13, 30, 31}, p -> 5 + FormulaSource.scattered(p));
        ImageSource masked = FormulaSource.of(
                "czyx", PixelType.FLOAT32, new long[] {2, 13, 30, 31}, p -> p[3] < 14 ? 0 : FormulaSource.scattered(p));
        assertSame(masked, options, folder.resolve("masked.zarr"));
        ImageSource result = processed(image);
        OmeZarrWriter.write(result, folder.resolve("result.zarr"), options, null, Execution.standard());
        LazyOmeZarr lazy = lazy(result, options);
        String key = version.equals("0.4") ? "1/1/0/1/2" : "1/c/1/0/1/2";
        assertArrayEquals(
                Files.readAllBytes(folder.resolve("result.zarr").resolve(key)),
                lazy.chunk(key).orElseThrow());
    }

    @Test
    void labelsKeepTheMostFrequent(@TempDir Path folder) throws Exception {
        FormulaSource plain = image("zyx", PixelType.UINT8, 20, 33, 41);
        FormulaSource labels = new FormulaSource(
                plain.metadata().withLabels(true),
                plain.chunkShape(),
                p -> p[2] < 17 ? 0 : FormulaSource.scattered(p) % 3);
        assertSame(labels, OmeZarrWriteOptions.defaults().withChunks(8), folder.resolve("labels.zarr"));
    }

    @Test
    void keysThatNameNothingAreNothing() throws Exception {
        LazyOmeZarr lazy = lazy(
                image("zyx", PixelType.UINT8, 20, 33, 41),
                OmeZarrWriteOptions.defaults().withVersion("0.4").withChunks(8));
        assertTrue(lazy.isChunk("0/2/4/5"));
        for (String key : List.of(
                "",
                "0",
                "0/2/4/6",
                "0/2/4",
                "0/2/4/5/0",
                "0/02/4/5",
                "0/-1/4/5",
                "0/+1/4/5",
                "9/0/0/0",
                "0.2.4.5",
                "../0/2/4/5",
                "0//2/4/5",
                "0/2/4/99999999999999999999",
                "0/c/2/4/5",
                "zarr.json")) {
            assertFalse(lazy.isChunk(key), key);
            assertTrue(lazy.get(key, LIMIT).isEmpty(), key);
            assertEquals(-1, lazy.size(key), key);
        }
        ByteBuffer whole = lazy.get("0/2/4/5", LIMIT).orElseThrow();
        assertEquals(whole.slice(3, 10), lazy.get("0/2/4/5", 3, 10));
        assertEquals(whole.remaining(), lazy.size("0/2/4/5"));
        assertThrows(ImageFormatException.class, () -> lazy.get("0/2/4/5", 3, LIMIT));
        assertThrows(UnsupportedOperationException.class, () -> lazy.create("0/2/4/5"));
        assertThrows(
                ParameterException.class,
                () -> lazy(
                        image("zyx", PixelType.UINT8, 9, 9, 9),
                        OmeZarrWriteOptions.defaults().withChunks(8).withShards(8)));
    }

    /** Of 512 voxels along each axis; no voxel is in memory. */
    private static FormulaSource large(PixelType type) {
        return FormulaSource.of(
                        "zyx", type, new long[] {512, 512, 512}, p -> p[0] + 2.0 * p[1] + (p[2] > 300 ? 1000 : 0))
                .withChunks(64, 64, 64);
    }

    /** Whether the metadata say that a level's voxels are the ones that would be written. */
    private static boolean isExact(LazyOmeZarr lazy, int level) throws Exception {
        JsonNode attributes = lazy.metadata(".zattrs").isPresent()
                ? JSON.readTree(lazy.metadata(".zattrs").get())
                : JSON.readTree(lazy.metadata("zarr.json").orElseThrow()).path("attributes");
        JsonNode exact = attributes.at("/scaled-imaging/levels/" + level + "/exact");
        assertTrue(exact.isBoolean(), attributes::toString);
        return exact.booleanValue();
    }

    @ParameterizedTest
    @CsvSource({"4", "3", "2"})
    void aCoarseLevelComesFromTheNearestThatIsKnownAndSaysSo(int factor) throws Exception {
        FormulaSource image = large(PixelType.FLOAT32);
        ImageSource low =
                DownsampledSource.of(large(PixelType.FLOAT32), new int[] {factor, factor, factor}, PixelType.FLOAT32);
        image.addLevel(low);
        LazyOmeZarr lazy = lazy(image, OmeZarrWriteOptions.defaults().withVersion("0.4"));
        assertEquals(4, lazy.levels()); // 512, 256, 128, 64
        JsonNode marks = JSON.readTree(lazy.metadata(".zattrs").orElseThrow()).at("/scaled-imaging/levels");
        assertEquals(
                "[{\"path\":\"0\",\"exact\":true},{\"path\":\"1\",\"exact\":true},{\"path\":\"2\",\"exact\":false},"
                        + "{\"path\":\"3\",\"exact\":false}]",
                marks.toString());
        long before = image.voxelsRead();
        ZarrArray array = ZarrArray.open(lazy, "2");
        float[] chunk = new float[64 * 64 * 64];
        array.readChunk(new long[] {1, 0, 1}, chunk);
        assertEquals(before, image.voxelsRead(), "nothing of the full resolution is read");
        Interval corner = Interval.between(new long[] {64, 0, 64}, new long[] {72, 8, 80});
        Block exact = DownsampledSource.of(large(PixelType.FLOAT32), new int[] {4, 4, 4}, PixelType.FLOAT32)
                .read(corner);
        for (long[] position : corner.positions()) {
            float expected = ((float[]) exact.voxels())[(int) corner.number(position)];
            int at = (int) (((position[0] - 64) * 64 + position[1]) * 64 + position[2] - 64);
            assertEquals(
                    expected,
                    chunk[at],
                    position[2] == 75 ? 1000 : 1.5f,
                    () -> List.of(position[0]).toString());
        }
    }

    @Test
    void anImageThatIsRemoteIsLookedAtByItsOwnLevels() throws Exception {
        FormulaSource local = FormulaSource.of("zyx", PixelType.UINT8, new long[] {40, 40, 40}, p -> p[2]);
        FormulaSource half = FormulaSource.of("zyx", PixelType.UINT8, new long[] {20, 20, 20}, p -> 7);
        ImageSource level =
                new FormulaSource(local.metadata().downsampled(new int[] {2, 2, 2}), half.chunkShape(), p -> 7);
        ImageSource remote = new ImageSource() {
            @Override
            public ImageMetadata metadata() {
                return local.metadata();
            }

            @Override
            public int[] chunkShape() {
                return local.chunkShape();
            }

            @Override
            public void read(Block target) {
                local.read(target);
            }

            @Override
            public List<ImageSource> levels() {
                return List.of(this, level);
            }

            @Override
            public boolean isRemote() {
                return true;
            }
        };
        LazyOmeZarr lazy =
                lazy(remote, OmeZarrWriteOptions.defaults().withChunks(16).withVersion("0.4"));
        assertFalse(isExact(lazy, 1));
        byte[] chunk = new byte[16 * 16 * 16];
        ZarrArray.open(lazy, "1").readChunk(new long[] {0, 0, 0}, chunk);
        assertEquals(7, chunk[5]);
        assertEquals(0, local.voxelsRead());
    }

    @Test
    void fieldsAreEvaluatedWhereTheyAreAskedForAndTheSourceIsSeenAsTheEstimateSawIt() throws Exception {
        FormulaSource image = FormulaSource.of(
                        "zyx", PixelType.UINT8, new long[] {256, 256, 257}, p -> p[0] / 2 + p[2] / 4)
                .withChunks(64, 64, 64);
        ScaledProcessing.Result result = ScaledProcessing.apply(
                image,
                LocalMean.withGain(0.5),
                ScaledProcessingOptions.defaults().withDownsampleFactor(8),
                Execution.standard());
        long read = image.voxelsRead();
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults().withVersion("0.4");
        LazyOmeZarr field = lazy(result.field(), options);
        assertFalse(isExact(field, 2));
        float[] values = new float[64 * 64 * 64];
        ZarrArray.open(field, "2").readChunk(new long[] {0, 0, 0, 0}, values);
        Block full =
                result.field().read(Interval.between(new long[] {0, 120, 120, 120}, new long[] {1, 124, 124, 124}));
        double mean = 0;
        for (float value : (float[]) full.voxels()) {
            mean += value / 64;
        }
        assertEquals(mean, values[(30 * 64 + 30) * 64 + 30], 0.01);
        assertEquals(2, result.before().levels().size());
        assertEquals(PixelType.UINT8, result.before().levels().get(1).metadata().pixelType());
        Block low = result.before().levels().get(1).read(Interval.at(new long[] {3, 3, 3}, new long[] {1, 1, 1}));
        assertEquals(20, ((byte[]) low.voxels())[0], 1);
        assertEquals(read, image.voxelsRead());
    }
}
