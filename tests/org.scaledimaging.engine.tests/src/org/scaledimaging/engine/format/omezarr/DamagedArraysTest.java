package org.scaledimaging.engine.format.omezarr;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.Rounds;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.ZarrArray;

class DamagedArraysTest {
    private static final int ROUNDS = Rounds.of(1500, 10_000);
    private static final String V3 = """
            {"zarr_format": 3, "node_type": "array", "shape": [5, 9, 14], "data_type": "uint16",
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 8, 8]}},
             "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
             "fill_value": 0, "codecs": [{"name": "bytes", "configuration": {"endian": "little"}}]}""";
    private static final String V3_SHARDED = """
            {"zarr_format": 3, "node_type": "array", "shape": [5, 9, 14], "data_type": "float32",
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [4, 8, 8]}},
             "chunk_key_encoding": "default", "fill_value": "NaN", "attributes": {},
             "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [2, 4, 4],
               "codecs": [{"name": "transpose", "configuration": {"order": [2, 1, 0]}},
                 {"name": "bytes", "configuration": {"endian": "little"}},
                 {"name": "zstd", "configuration": {"level": 1, "checksum": true}}, "crc32c"],
               "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}, {"name": "crc32c"}],
               "index_location": "end"}}]}""";
    private static final String V2 = """
            {"zarr_format": 2, "shape": [5, 9, 14], "chunks": [4, 8, 8], "dtype": "<u2", "fill_value": 0, "order": "C",
             "compressor": {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1}, "filters": null}""";

    /** A copy with some bits flipped, bytes overwritten, or an end cut off or added. */
    private static byte[] damaged(byte[] original, Random random) {
        byte[] bytes = original.clone();
        switch (random.nextInt(4)) {
            case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1 + random.nextInt(20));
            default -> {
                for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                    // Half of them where headers are.
                    int at = random.nextInt(random.nextBoolean() ? Math.min(64, bytes.length) : bytes.length);
                    bytes[at] = random.nextBoolean()
                            ? (byte) random.nextInt()
                            : (byte) (bytes[at] ^ 1 << random.nextInt(8));
                }
            }
        }
        return bytes;
    }

    private static byte[] firstChunk(Path array) throws Exception {
        for (String name : List.of("0.0.0", "0", "c/0/0/0")) {
            if (Files.isRegularFile(array.resolve(name))) {
                return Files.readAllBytes(array.resolve(name));
            }
        }
        throw new AssertionError("no chunk in " + array);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "v2/none",
                "v2/zlib",
                "v2/gzip",
                "v2/zstd",
                "v2/lz4",
                "v2/bz2",
                "v2/lzma",
                "v2/lzma-alone",
                "v2/lzma-raw",
                "v2/filter-checksums",
                "v2/blosc-blosclz-1",
                "v2/far-blosclz",
                "v2/blosc-lz4-0",
                "v2/blosc-lz4-1",
                "v2/blosc-lz4hc-2",
                "v2/blosc-zlib-1",
                "v2/blosc-zstd-2",
                "v2/blosc-stored",
                "v2/blosc-bits-odd",
                "v3/zstd"
            })
    void damagedChunksAreRefusedInOneSentence(String name) throws Exception {
        ZarrArray array = ZarrFixtures.open("", name);
        byte[] chunk = firstChunk(ZarrFixtures.folder().resolve(name));
        int length = Arrays.stream(array.chunkShape()).reduce(1, (a, b) -> a * b);
        Object voxels = array.pixelType().allocate(length);
        Random random = new Random(7);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = damaged(chunk, random);
            try {
                array.decode(ByteBuffer.wrap(bytes), voxels);
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().contains(": found ") && e.getMessage().endsWith("."), e.getMessage());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sharded-zstd-crc32c", "sharded-unchecked", "sharded-start", "sharded-blosc"})
    void damagedShardsAreRefusedInOneSentence(String name) throws Exception {
        Path folder = ZarrFixtures.folder().resolve("v3-sharded").resolve(name);
        byte[] shard = firstChunk(folder);
        MemoryStore store = new MemoryStore();
        store.put("zarr.json", ByteBuffer.wrap(Files.readAllBytes(folder.resolve("zarr.json"))));
        Random random = new Random(8);
        for (int round = 0; round < ROUNDS; round++) {
            store.values.put("c/0/0/0", damaged(shard, random));
            ZarrArray array = ZarrArray.open(store, "");
            short[] voxels = new short[16 * 16 * 16];
            try {
                array.readChunk(new long[] {0, 0, 0}, voxels);
                array.readChunk(array.chunkShape()[0] < 16 ? new long[] {0, 1, 1} : new long[3], voxels);
            } catch (ImageFormatException e) {
                assertTrue(e.getMessage().startsWith("memory/c/0/0/0: found "), e.getMessage());
            }
        }
    }

    @Test
    void damagedMetadataAreRefusedInOneSentence() {
        Random random = new Random(9);
        for (String text : List.of(V3, V3_SHARDED, V2)) {
            byte[] original = text.getBytes(StandardCharsets.UTF_8);
            String key = text.equals(V2) ? ".zarray" : "zarr.json";
            MemoryStore store = new MemoryStore();
            for (int round = 0; round < ROUNDS; round++) {
                byte[] bytes = damaged(original, random);
                store.values.put(key, bytes);
                assertDoesNotThrow(
                        () -> {
                            try {
                                ZarrArray.open(store, "").shape();
                            } catch (ImageFormatException e) {
                                assertTrue(e.getMessage().startsWith("memory/" + key + ": found "), e.getMessage());
                            }
                        },
                        () -> new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"zarr_format\": 3 | \"zarr_format\": 4 | zarr_format 4",
                "\"node_type\": \"array\" | \"node_type\": \"group\" | group",
                "[5, 9, 14] | [5, 9] | [4,8,8]",
                "[5, 9, 14] | [5, 0, 14] | [5,0,14]",
                "[5, 9, 14] | [5, 9, 14.5] | 14.5",
                "[5, 9, 14] | [5, 9, 99999999999999999999] | 99999999999999999999",
                "[4, 8, 8] | [4, -8, 8] | -8",
                "[4, 8, 8] | [4, 1099511627776, 8] | 1099511627776",
                "[4, 8, 8] | [4096, 4096, 4096] | 4096",
                "uint16 | complex64 | complex64",
                "uint16 | r24 | r24",
                "\"regular\" | \"rectangular\" | rectangular",
                "\"default\" | \"other\" | other",
                "\"separator\": \"/\" | \"separator\": \"-\" | \"-\"",
                "\"fill_value\": 0 | \"fill_value\": 65536 | 65536",
                "\"fill_value\": 0 | \"fill_value\": \"65536\" | 65536",
                "\"fill_value\": 0 | \"fill_value\": \"1e999999999\" | fill value",
                "\"fill_value\": 0 | \"fill_value\": \"none\" | none",
                "\"fill_value\": 0 | \"fill_value\": \"0x00\" | 0x00",
                "\"fill_value\": 0 | \"fill_value\": \"AA==\" | AA==",
                "\"fill_value\": 0 | \"fill_value\": [0] | [0]",
                "\"bytes\" | \"vlen-utf8\" | vlen-utf8",
                "\"little\" | \"middle\" | middle",
                "\"fill_value\": 0 | \"fill_value\": 0, \"storage_transformers\": [{}] | storage transformers",
                "\"fill_value\": 0 | \"fill_value\": 0, \"tuned\": {\"name\": \"x\"} | tuned",
                "[{\"name\": | [7, {\"name\": | name"
            })
    void whatAnArrayOfVersion3CannotBeIsNamed(String from, String to, String named) {
        assertNames(V3, from, to, named, "zarr.json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"zarr_format\": 2 | \"zarr_format\": 1 | zarr_format 1",
                "\"<u2\" | \"<b2\" | b2",
                "\"<u2\" | \"<f16\" | f16",
                "\"<u2\" | \"=u2\" | u2",
                "\"<u2\" | \"<c8\" | c8",
                "\"<u2\" | [[\"r\", \"<u2\"], [\"g\", \"<u2\"]] | \"r\"",
                "\"blosc\" | \"zfpy\" | zfpy",
                "\"C\" | \"K\" | \"K\"",
                "\"filters\": null | \"filters\": [{\"id\": \"fixedscaleoffset\"}] | fixedscaleoffset",
                "[4, 8, 8] | [4, 8] | [4,8]"
            })
    void whatAnArrayOfVersion2CannotBeIsNamed(String from, String to, String named) {
        assertNames(V2, from, to, named, ".zarray");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[2, 4, 4] | [3, 4, 4] | [3,4,4]",
                "[2, 4, 4] | [2, 4] | [2,4]",
                "\"end\" | \"middle\" | middle",
                "[2, 1, 0] | [2, 2, 0] | [2,2,0]",
                "\"transpose\" | \"reverse\" | reverse",
                "\"chunk_shape\": [4, 8, 8] | \"chunk_shape\": [2147483646, 2147483644, 8] | [2,4,4]"
            })
    void whatShardsCannotBeIsNamed(String from, String to, String named) {
        assertNames(V3_SHARDED, from, to, named, "zarr.json");
    }

    private static void assertNames(String metadata, String from, String to, String named, String file) {
        assertTrue(metadata.contains(from), from);
        MemoryStore store = new MemoryStore();
        store.values.put(file, metadata.replace(from, to).getBytes(StandardCharsets.UTF_8));
        ImageFormatException refusal = assertThrows(ImageFormatException.class, () -> ZarrArray.open(store, ""));
        assertTrue(refusal.getMessage().startsWith("memory/" + file + ": found "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains(named), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "float32, \"NaN\", NaN",
        "float32, \"-Infinity\", -Infinity",
        "float64, \"Infinity\", Infinity",
        "float64, \"0x3ff8000000000000\", 1.5",
        "float32, \"0x3fc00000\", 1.5",
        "float32, 0.1, 0.1",
        "int64, -9223372036854775808, -9.223372036854775808E18",
        "uint8, 255, 255",
        "int16, 7.0, 7",
        "bool, true, 1",
        "bool, \"false\", 0",
        "float16, \"0x3e00\", 1.5",
        "float16, \"ADw=\", 1",
        "float16, \"NaN\", NaN",
        "float16, 0.5, 0.5",
        "uint16, \"0\", 0",
        "uint16, \"77\", 77",
        "int8, \"-3\", -3",
        "uint64, \"9007199254740992\", 9007199254740992",
        "uint8, \"7.0\", 7",
        "uint8, \"\", 0",
        "uint8, null, 0",
        "float32, null, 0",
        "uint8, true, 1",
        "float64, \"1e-3\", 0.001",
        "float64, \"nan\", NaN",
        "float32, NaN, NaN",
        "float32, \"+Infinity\", Infinity",
        "float64, \"0x1.8p+1\", 3",
        "int16, \"0xffff\", -1",
        "float64, \"AAAAAAAA+H8=\", NaN",
        "float32, \"AADAPw==\", 1.5",
        "uint8, \"Bw==\", 7",
        "uint16, \"NaN\", 0",
        "uint16, \"Infinity\", 65535",
        "int16, \"-Infinity\", -32768",
        "int32, \"Infinity\", 2147483647",
        "uint8, \"-Infinity\", 0"
    })
    void fillValuesComeInManyWays(String type, String written, String value) throws Exception {
        MemoryStore store = new MemoryStore();
        String metadata =
                V3.replace("\"uint16\"", "\"" + type + "\"").replace("\"fill_value\": 0", "\"fill_value\": " + written);
        store.values.put("zarr.json", metadata.getBytes(StandardCharsets.UTF_8));
        ZarrArray array = ZarrArray.open(store, "");
        double expected = array.pixelType() == PixelType.FLOAT32 ? Float.parseFloat(value) : Double.parseDouble(value);
        for (double voxel : ZarrFixtures.readAll(array)) {
            assertEquals(expected, voxel);
        }
    }

    @Test
    void bytesOfAFillValueAreInTheOrderOfTheArray() throws Exception {
        MemoryStore store = new MemoryStore();
        String metadata = V2.replace("\"<u2\"", "\">u2\"").replace("\"fill_value\": 0", "\"fill_value\": \"AQI=\"");
        store.values.put(".zarray", metadata.getBytes(StandardCharsets.UTF_8));
        assertEquals(0x0102, ZarrFixtures.readAll(ZarrArray.open(store, ""))[0]);
    }

    @Test
    void extensionsThatNeedNotBeUnderstoodAreNot() throws Exception {
        MemoryStore store = new MemoryStore();
        String metadata = V3.replace(
                "\"fill_value\": 0",
                "\"fill_value\": 0, \"extra\": {\"must_understand\": false}, \"more\": null, \"storage_transformers\": []");
        store.values.put("zarr.json", metadata.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Interval.ofShape(5, 9, 14),
                Interval.ofShape(ZarrArray.open(store, "").shape()));
    }

    @Test
    void chunkFilesFarLargerThanAChunkAreNotRead() throws Exception {
        MemoryStore store = new MemoryStore();
        store.values.put("zarr.json", V3.getBytes(StandardCharsets.UTF_8));
        store.values.put("c/0/0/0", new byte[513]);
        ZarrArray array = ZarrArray.open(store, "");
        assertThrows(ImageFormatException.class, () -> array.readChunk(new long[] {0, 0, 0}, new short[256]));
    }
}
