package org.scaledimaging.interoperability;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.format.Compression;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ImageFormatException;

/** OME-Zarr 0.4 to and from zarr-python 2, to the bit. */
class ZarrPythonTest {
    private static Tool zarr;

    @BeforeAll
    static void start() throws Exception {
        zarr = Tools.zarrPython();
    }

    /** Data type and the codec that zarr-python is to compress with, as its own JSON. */
    private record Written(PixelType type, boolean bigEndian, String order, String separator, String codec) {}

    private static List<String> codecs() {
        List<String> codecs = new ArrayList<>(List.of(
                "null",
                "{\"id\": \"zstd\", \"level\": 3}",
                "{\"id\": \"gzip\", \"level\": 5}",
                "{\"id\": \"zlib\", \"level\": 9}",
                "{\"id\": \"lz4\", \"acceleration\": 1}"));
        for (String name : List.of("blosclz", "lz4", "lz4hc", "zlib", "zstd")) {
            for (int shuffle = 0; shuffle <= 2; shuffle++) {
                codecs.add("{\"id\": \"blosc\", \"cname\": \"%s\", \"clevel\": 5, \"shuffle\": %d}"
                        .formatted(name, shuffle));
            }
        }
        return codecs;
    }

    /** Each type with each codec, byte order, order and separator. */
    static Stream<Written> written() {
        List<Written> cases = new ArrayList<>();
        List<String> codecs = codecs();
        for (PixelType type : PixelType.values()) {
            for (int i = 0; i < codecs.size(); i++) {
                for (int variant : new int[] {i % 8, (i + 5) % 8}) {
                    cases.add(new Written(
                            type,
                            (variant & 1) != 0,
                            (variant & 2) != 0 ? "F" : "C",
                            (variant & 4) != 0 ? "." : "/",
                            codecs.get(i)));
                }
            }
        }
        return cases.stream();
    }

    /** A request to write an image of that type; chunks at random, most not dividing the shape. */
    private static ObjectNode request(MemoryImage image, String dtype, Path folder, Random random) throws Exception {
        Path voxels = Files.write(folder.resolve("voxels"), image.bytes());
        ObjectNode request = Tool.request("write")
                .put("path", folder.resolve("image.ome.zarr").toString())
                .put("voxels", voxels.toString())
                .put("dtype", dtype)
                .put("order", "C")
                .put("separator", "/");
        request.set("shape", Tool.json(image.metadata().shape()));
        request.set("chunks", Tool.json(image.randomChunks(random)));
        request.put("fill_value", 0);
        request.set("attributes", Multiscales.attributes(image.metadata(), "0.4"));
        return request;
    }

    static String dtype(PixelType type, boolean bigEndian) {
        String kind = type.isInteger() ? type.isSigned() ? "i" : "u" : "f";
        return (type.bytes() == 1 ? "|" : bigEndian ? ">" : "<") + kind + type.bytes();
    }

    /** We read what was asked to be written, voxels and metadata. */
    private static void assertReadAs(ImageMetadata expected, byte[] voxels, Path place, String what) throws Exception {
        try (Image image = Image.open(place)) {
            assertEquals(expected.pixelType(), image.metadata().pixelType(), what);
            assertEquals(expected.dimensions(), image.metadata().dimensions(), what);
            Voxels.assertSame(voxels, Voxels.of(image.source()), expected.pixelType(), what);
        }
    }

    @ParameterizedTest
    @MethodSource("written")
    void weReadWhatItWrites(Written written, @TempDir Path folder) throws Exception {
        Random random = new Random(written.toString().hashCode());
        MemoryImage image = MemoryImage.random(written.type(), random);
        ObjectNode request = request(image, dtype(written.type(), written.bigEndian()), folder, random)
                .put("order", written.order())
                .put("separator", written.separator());
        request.set("compressor", Tool.json(written.codec()));
        zarr.call(request);
        String what = written + " " + request;
        assertReadAs(image.metadata(), image.bytes(), folder.resolve("image.ome.zarr"), what);
    }

    @ParameterizedTest
    @CsvSource({
        "INT8, -5",
        "UINT8, 255",
        "INT16, -32768",
        "UINT16, 65535",
        "INT32, -2147483648",
        "UINT32, 4294967295",
        "INT64, -9223372036854775808",
        "INT64, 9223372036854775807",
        "UINT64, 18446744073709551615",
        "FLOAT32, 0.5",
        "FLOAT32, NaN",
        "FLOAT32, Infinity",
        "FLOAT32, -Infinity",
        "FLOAT32, 1e-42",
        "FLOAT32, -0.0",
        "FLOAT64, 0.1",
        "FLOAT64, NaN",
        "FLOAT64, Infinity",
        "FLOAT64, -Infinity",
        "FLOAT64, 5e-324",
        "UINT16, null",
        "FLOAT32, null"
    })
    void chunksThatItDidNotWriteReadAsItsFillValue(PixelType type, String fill, @TempDir Path folder) throws Exception {
        Random random = new Random((type + fill).hashCode());
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", type, random), random);
        ObjectNode request = request(image, dtype(type, false), folder, random);
        boolean word = fill.endsWith("NaN") || fill.endsWith("Infinity");
        request.set("fill_value", Tool.json(word ? "\"" + fill + "\"" : fill));
        long[] shape = image.metadata().shape();
        request.set("chunks", Tool.json(new int[] {3, 4, 5}));
        request.set("written", Tool.json(new long[] {shape[0] / 2, shape[1], shape[2] / 2}));
        zarr.call(request);
        byte[] whole = Voxels.read(folder.resolve("voxels")); // as zarr-python reads it
        if (!fill.equals("null")) {
            assertTrue(!java.util.Arrays.equals(image.bytes(), whole), "nothing is missing");
        }
        // Where nothing is said of missing chunks, zarr-python gives what happens to be in memory: no value to compare.
        if (fill.equals("null")) {
            try (Image read = Image.open(folder.resolve("image.ome.zarr"))) {
                assertEquals(whole.length, Voxels.of(read.source()).length);
            }
            return;
        }
        assertReadAs(image.metadata(), whole, folder.resolve("image.ome.zarr"), request.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"delta\", \"dtype\": \"<i4\"}",
                "{\"id\": \"shuffle\", \"elementsize\": 4}",
                "{\"id\": \"fixedscaleoffset\", \"offset\": 0, \"scale\": 1, \"dtype\": \"<i4\"}",
                "{\"id\": \"bitround\", \"keepbits\": 3}",
                "{\"id\": \"quantize\", \"digits\": 1, \"dtype\": \"<f4\"}"
            })
    void filtersThatWeKnowAreUndone(String filter, @TempDir Path folder) throws Exception {
        Random random = new Random(4);
        boolean real = filter.contains("quantize") || filter.contains("bitround");
        PixelType type = real ? PixelType.FLOAT32 : PixelType.INT32;
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", type, random), random);
        ObjectNode request = request(image, dtype(type, false), folder, random);
        request.putArray("filters").add(Tool.json(filter));
        zarr.call(request);
        byte[] whole = Voxels.read(folder.resolve("voxels"));
        assertReadAs(image.metadata(), whole, folder.resolve("image.ome.zarr"), filter);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\": \"bz2\", \"level\": 1}",
                "{\"id\": \"lzma\"}",
                "{\"id\": \"lzma\", \"format\": 2, \"preset\": 9}"
            })
    void compressorsThatAreOnlyReadAreUndone(String codec, @TempDir Path folder) throws Exception {
        Random random = new Random(6);
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.UINT16, random), random);
        ObjectNode request = request(image, dtype(PixelType.UINT16, false), folder, random);
        request.set("compressor", Tool.json(codec));
        zarr.call(request);
        byte[] whole = Voxels.read(folder.resolve("voxels"));
        assertReadAs(image.metadata(), whole, folder.resolve("image.ome.zarr"), codec);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"{\"id\": \"blosc\", \"cname\": \"snappy\", \"clevel\": 5, \"shuffle\": 1}; snappy"})
    void compressorsThatWeLackAreRefusedByName(String codec, String found, @TempDir Path folder) throws Exception {
        Random random = new Random(2);
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.INT32, random), random);
        ObjectNode request = request(image, "<i4", folder, random);
        Files.write(
                folder.resolve("voxels"), new byte[image.bytes().length]); // blosc stores what it cannot make smaller
        request.set("chunks", Tool.json(image.metadata().shape()));
        request.set("compressor", Tool.json(codec));
        zarr.call(request);
        assertRefused(folder.resolve("image.ome.zarr"), found);
    }

    @ParameterizedTest
    @CsvSource({"<c8", "<M8[s]", "|S4"})
    void typesThatWeLackAreRefusedByName(String dtype, @TempDir Path folder) throws Exception {
        Random random = new Random(3);
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.INT64, random), random);
        ObjectNode request = request(image, "<i8", folder, random);
        zarr.call(request);
        Path metadata = folder.resolve("image.ome.zarr/0/.zarray");
        Files.writeString(metadata, Files.readString(metadata).replace("<i8", dtype));
        assertRefused(folder.resolve("image.ome.zarr"), dtype);
    }

    private static void assertRefused(Path place, String found) {
        ImageFormatException refused = assertThrows(ImageFormatException.class, () -> {
            try (Image image = Image.open(place)) {
                Voxels.of(image.source());
            }
        });
        assertTrue(refused.getMessage().startsWith(place.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains(found), refused.getMessage());
        assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
    }

    static Stream<Object[]> read() {
        return Stream.of(PixelType.values())
                .flatMap(type -> Stream.of(
                                "none",
                                "zstd",
                                "zstd:9",
                                "gzip",
                                "zlib",
                                "lz4",
                                "blosc-lz4",
                                "blosc-zstd",
                                "blosc-zstd:9")
                        .map(codec -> new Object[] {type, codec}));
    }

    @ParameterizedTest
    @MethodSource("read")
    void itReadsWhatWeWrite(PixelType type, String codec, @TempDir Path folder) throws Exception {
        Random random = new Random((type + codec).hashCode());
        MemoryImage image = MemoryImage.random(type, random);
        Path place = folder.resolve("image.ome.zarr");
        OmeZarrWriteOptions options = OmeZarrWriteOptions.defaults()
                .withVersion("0.4")
                .withCompression(Compression.parse(codec, "0.4"))
                .withChunks(4 + random.nextInt(5));
        Image.of(image).saveOmeZarr(place, options, Execution.standard());
        EveryLevel.assertReadBy(zarr, place, image, folder, 2);
    }

    @Test
    void aWrongVoxelIsFound(@TempDir Path folder) throws Exception {
        Random random = new Random(4);
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.INT16, random), random);
        Path place = folder.resolve("image.ome.zarr");
        Image.of(image).saveOmeZarr(place, OmeZarrWriteOptions.defaults().withVersion("0.4"), Execution.standard());
        image.bytes()[image.bytes().length / 2] ^= 1;
        assertThrows(AssertionError.class, () -> EveryLevel.assertReadBy(zarr, place, image, folder, 2));
    }

    @Test
    void itFindsTheNamesOfCodecs(@TempDir Path folder) throws Exception {
        Random random = new Random(5);
        MemoryImage image = MemoryImage.of(MemoryImage.randomMetadata("zyx", PixelType.UINT16, random), random);
        for (String codec : List.of("zstd", "gzip", "zlib", "lz4", "blosc-lz4")) {
            Path place = folder.resolve(codec);
            Image.of(image)
                    .saveOmeZarr(
                            place,
                            OmeZarrWriteOptions.defaults()
                                    .withVersion("0.4")
                                    .withCompression(Compression.parse(codec, "0.4"))
                                    .withChunks(4),
                            Execution.standard());
            JsonNode reply = zarr.call(Tool.request("read")
                    .put("path", place.toString())
                    .put("array", "0")
                    .put("voxels", folder.resolve("voxels").toString()));
            assertEquals(codec.split("-")[0], reply.path("compressor").asText());
            assertEquals("<u2", reply.path("dtype").asText());
            assertArrayEquals(image.metadata().shape(), new long[] {
                reply.path("shape").path(0).asLong(),
                reply.path("shape").path(1).asLong(),
                reply.path("shape").path(2).asLong()
            });
        }
    }
}
