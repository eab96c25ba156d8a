package org.scaledimaging.engine.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Half;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.format.omezarr.MemoryStore;
import org.scaledimaging.engine.message.ImageFormatException;

/** Arrays as others may store them and we never write them: put together by hand, byte by byte. */
class StoredElsewiseTest {
    private static final String ARRAY = """
            {"zarr_format": 3, "node_type": "array", "shape": %s, "data_type": "%s", "fill_value": 99,
             "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": %s}},
             "chunk_key_encoding": "default", "codecs": %s}""";
    private static final String LITTLE = "{\"name\": \"bytes\", \"configuration\": {\"endian\": \"little\"}}";

    private static ZarrArray array(MemoryStore store, String shape, String type, String chunk, String codecs)
            throws Exception {
        store.values.put(
                "zarr.json", ARRAY.formatted(shape, type, chunk, codecs).getBytes(StandardCharsets.UTF_8));
        return ZarrArray.open(store, "");
    }

    private static String sharding(String chunk, String inner, String place) {
        return """
                [{"name": "sharding_indexed", "configuration": {"chunk_shape": %s, "codecs": %s, "index_codecs": [%s],
                  "index_location": "%s"}}]""".formatted(chunk, inner, LITTLE, place);
    }

    /** A shard of parts of any length, of which the one whose content is null is not there. */
    private static byte[] shard(boolean indexAtEnd, byte[]... parts) {
        int length = 16 * parts.length;
        for (byte[] part : parts) {
            length += part == null ? 0 : part.length;
        }
        ByteBuffer shard = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer index = ByteBuffer.allocate(16 * parts.length).order(ByteOrder.LITTLE_ENDIAN);
        shard.position(indexAtEnd ? 0 : index.capacity());
        for (byte[] part : parts) {
            index.putLong(part == null ? -1 : shard.position()).putLong(part == null ? -1 : part.length);
            shard.put(part == null ? new byte[0] : part);
        }
        shard.position(indexAtEnd ? length - index.capacity() : 0);
        shard.put(index.array());
        return shard.array();
    }

    private static byte[] read(ZarrArray array, long... chunk) throws Exception {
        byte[] voxels = new byte[array.chunkVoxels()];
        array.readChunk(chunk, voxels);
        return voxels;
    }

    @ParameterizedTest
    @ValueSource(strings = {"end", "start"})
    void shardsMayBeInShards(String place) throws Exception {
        MemoryStore store = new MemoryStore();
        String inner = sharding("[1, 2]", "[{\"name\": \"bytes\"}]", place);
        ZarrArray array = array(store, "[3, 8]", "uint8", "[2, 8]", sharding("[2, 4]", inner, place));
        boolean end = place.equals("end");
        byte[] left = shard(end, new byte[] {0, 1}, new byte[] {2, 3}, new byte[] {8, 9}, new byte[] {10, 11});
        byte[] right = shard(end, new byte[] {4, 5}, null, new byte[] {12, 13}, new byte[] {14, 15});
        store.values.put("c/0/0", shard(end, left, right));
        assertArrayEquals(new int[] {1, 2}, array.chunkShape());
        assertArrayEquals(new int[] {2, 8}, array.shardShape());
        for (int y = 0; y < 2; y++) {
            for (int x = 0; x < 4; x++) {
                byte first = (byte) (8 * y + 2 * x);
                byte[] expected = y == 0 && x == 3 ? new byte[] {99, 99} : new byte[] {first, (byte) (first + 1)};
                assertArrayEquals(expected, read(array, y, x), y + ", " + x);
            }
        }
        assertArrayEquals(new byte[] {99, 99}, read(array, 2, 1));
        store.values.put("c/0/0", shard(end, new byte[20], null));
        ZarrArray damaged = array(store, "[3, 8]", "uint8", "[2, 8]", sharding("[2, 4]", inner, place));
        String refusal = assertThrows(ImageFormatException.class, () -> read(damaged, 0, 0))
                .getMessage();
        assertTrue(refusal.contains("a shard of 20 bytes"), refusal);
    }

    /** 4 x 6, stored as 6 x 4 in chunks of 2 x 4 of these: the chunk of x = 2, 3 is the second. */
    @Test
    void shardsMayHaveTheirAxesInAnotherOrder() throws Exception {
        MemoryStore store = new MemoryStore();
        String transpose = "{\"name\": \"transpose\", \"configuration\": {\"order\": [1, 0]}}, ";
        String codecs = "[" + transpose
                + sharding("[2, 2]", "[{\"name\": \"bytes\"}]", "end").substring(1);
        ZarrArray array = array(store, "[4, 6]", "uint8", "[4, 6]", codecs);
        byte[][] parts = new byte[6][];
        for (int part = 0; part < 6; part++) {
            int x = part / 2 * 2;
            int y = part % 2 * 2;
            IntUnaryOperator value = i -> 6 * (y + i % 2) + x + i / 2;
            parts[part] = new byte[] {
                (byte) value.applyAsInt(0),
                (byte) value.applyAsInt(1),
                (byte) value.applyAsInt(2),
                (byte) value.applyAsInt(3)
            };
        }
        store.values.put("c/0/0", shard(true, parts));
        for (int y = 0; y < 4; y += 2) {
            for (int x = 0; x < 6; x += 2) {
                byte first = (byte) (6 * y + x);
                assertArrayEquals(
                        new byte[] {first, (byte) (first + 1), (byte) (first + 6), (byte) (first + 7)},
                        read(array, y / 2, x / 2));
            }
        }
        // Oblong chunks, and a transposition inside that undoes the one around.
        String back = "[" + transpose + "{\"name\": \"bytes\"}]";
        array = array(
                store,
                "[4, 6]",
                "uint8",
                "[4, 6]",
                "[" + transpose + sharding("[2, 4]", back, "end").substring(1));
        assertArrayEquals(new int[] {4, 2}, array.chunkShape());
        store.values.put("c/0/0", shard(true, null, new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, null));
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, read(array, 0, 1));
    }

    @Test
    void whatIsAroundShardsIsNamed() {
        String around = "[{\"name\": \"bytes\"}, "
                + sharding("[2, 4]", "[\"bytes\"]", "end").substring(1);
        String message = assertThrows(
                        ImageFormatException.class, () -> array(new MemoryStore(), "[4, 8]", "uint8", "[4, 8]", around))
                .getMessage();
        assertTrue(message.contains("sharding_indexed"), message);
        String checked = sharding("[2, 4]", "[\"bytes\"]", "end").replaceAll("]$", ", \"crc32c\"]");
        message = assertThrows(
                        ImageFormatException.class,
                        () -> array(new MemoryStore(), "[4, 8]", "uint8", "[4, 8]", checked))
                .getMessage();
        assertTrue(message.contains("\"crc32c\" around shards"), message);
    }

    @Test
    void trueAndFalseAreOneAndZero() throws Exception {
        MemoryStore store = new MemoryStore();
        ZarrArray array = array(store, "[4]", "bool", "[4]", "[\"bytes\"]".replace("99", "true"));
        store.values.put("c/0", new byte[] {0, 1, 1, 0});
        assertEquals(PixelType.UINT8, array.pixelType());
        assertArrayEquals(new byte[] {0, 1, 1, 0}, read(array, 0));
    }

    @ParameterizedTest
    @CsvSource({"little", "big"})
    void realsOfSixteenBitsAreWidened(String endian) throws Exception {
        MemoryStore store = new MemoryStore();
        String codecs = "[{\"name\": \"transpose\", \"configuration\": {\"order\": [1, 0]}}, "
                + LITTLE.replace("little", endian) + "]";
        ZarrArray array = array(store, "[2, 3]", "float16", "[2, 3]", codecs);
        ByteBuffer chunk =
                ByteBuffer.allocate(12).order(endian.equals("big") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        // 1, -2, 0.1 as numpy rounds it, 65504, the least above 0, minus infinity
        for (int bits : new int[] {0x3c00, 0xc000, 0x2e66, 0x7bff, 0x0001, 0xfc00}) {
            chunk.putShort((short) bits);
        }
        store.values.put("c/0/0", chunk.array());
        assertEquals(PixelType.FLOAT32, array.pixelType());
        float[] voxels = new float[6];
        array.readChunk(new long[] {0, 0}, voxels);
        assertArrayEquals(new float[] {1, 0.0999755859375f, 5.9604645e-8f, -2, 65504, Float.NEGATIVE_INFINITY}, voxels);
        array.readChunk(new long[] {0, 0}, voxels);
        store.values.remove("c/0/0");
        array.readChunk(new long[] {0, 0}, voxels);
        assertEquals(99, voxels[5]);
        assertThrows(UnsupportedOperationException.class, () -> array.encode(voxels, bytes -> {}));
    }

    /** IEEE 754 says so: a fraction of 10 bits, an exponent from −14 to 15. */
    @Test
    void eachOfTheNumbersOfSixteenBitsIsExact() {
        for (int bits = 0; bits < 0x8000; bits++) {
            int exponent = bits >> 10;
            int fraction = bits & 0x3ff;
            double expected = exponent == 31
                    ? fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN
                    : exponent == 0 ? Math.scalb(fraction, -24) : Math.scalb(1024 + fraction, exponent - 25);
            assertEquals(expected, Half.value((short) bits));
            assertEquals(-expected, Half.value((short) (bits | 0x8000)));
        }
    }
}
