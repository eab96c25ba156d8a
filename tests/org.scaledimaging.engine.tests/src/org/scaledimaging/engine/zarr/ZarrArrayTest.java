package org.scaledimaging.engine.zarr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.Crc32c;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.compress.lz4.Lz4;
import org.scaledimaging.engine.format.omezarr.MemoryStore;
import org.scaledimaging.engine.format.omezarr.ZarrFixtures;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.store.FileStore;

class ZarrArrayTest {
    private static final int[] CHUNK = {4, 8, 8};
    private static final int CHUNK_VOXELS = 256;

    private static ZarrArraySpec spec(int zarrFormat, PixelType type) {
        return ZarrArraySpec.of(zarrFormat, type, new long[] {7, 19, 33}, CHUNK);
    }

    static Stream<ZarrArraySpec> specs() {
        List<ZarrArraySpec> specs = new ArrayList<>();
        for (PixelType type : PixelType.values()) {
            int bytes = type.bytes();
            List<Codec> shared = List.of(
                    new Zstd(3, false),
                    new Zstd(1, true),
                    new Zstd(-5, false),
                    new Gzip(1),
                    new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, bytes, 0),
                    new Blosc("lz4", 5, Blosc.Filter.NOSHUFFLE, bytes, 1024),
                    new Blosc("zstd", 3, Blosc.Filter.SHUFFLE, bytes, 0),
                    new Blosc("zstd", 0, Blosc.Filter.NOSHUFFLE, bytes, 0));
            for (int zarrFormat : new int[] {2, 3}) {
                specs.add(spec(zarrFormat, type).uncompressed());
                shared.forEach(codec -> specs.add(spec(zarrFormat, type).withCodec(codec)));
            }
            specs.add(spec(2, type).withCodec(new Zlib(1)));
            specs.add(spec(2, type).withCodec(new Lz4()));
            specs.add(spec(3, type).withCodec(new Crc32c()));
            specs.add(spec(3, type).withShards(8, 16, 16));
            specs.add(spec(3, type).withCodec(new Crc32c()).withShards(4, 24, 40));
            specs.add(spec(3, type).uncompressed().withShards(4, 8, 8));
        }
        return specs.stream();
    }

    /** Voxels of a chunk, different from chunk to chunk; some chunks hold zeros only. */
    private static Object voxels(PixelType type, long[] chunk) {
        double[] values = new double[CHUNK_VOXELS];
        long seed = chunk[0] * 31 + chunk[1] * 7 + chunk[2];
        for (int i = 0; i < values.length && seed % 5 != 1; i++) {
            values[i] = (i * (seed + 1) + seed) % 120;
        }
        return new Block(PixelType.FLOAT64, Interval.ofShape(CHUNK_VOXELS), values)
                .convert(type)
                .voxels();
    }

    private static List<long[]> chunks(ZarrArray array, long seed) throws IOException {
        List<long[]> chunks = new ArrayList<>();
        ZarrFixtures.forEachChunk(array, chunks::add);
        Collections.shuffle(chunks, new Random(seed));
        return chunks;
    }

    private static void writeAll(ZarrArray array, long seed) throws IOException {
        try (ZarrArrayWriter writer = array.writer()) {
            for (long[] chunk : chunks(array, seed)) {
                writer.write(chunk, voxels(array.pixelType(), chunk));
            }
        }
    }

    private static void assertReads(ZarrArray array) throws IOException {
        for (long[] chunk : chunks(array, 9)) {
            Object read = array.pixelType().allocate(CHUNK_VOXELS);
            array.readChunk(chunk, read);
            assertTrue(Objects.deepEquals(voxels(array.pixelType(), chunk), read), array + " differs");
        }
    }

    @ParameterizedTest
    @MethodSource("specs")
    void whatIsWrittenReadsBack(ZarrArraySpec spec) throws Exception {
        MemoryStore store = new MemoryStore();
        writeAll(ZarrArray.create(store, "level/0", spec), 1);
        ZarrArray array = ZarrArray.open(store, "level/0");
        assertEquals(spec.pixelType(), array.pixelType());
        assertArrayEquals(new long[] {7, 19, 33}, array.shape());
        assertArrayEquals(CHUNK, array.chunkShape());
        assertReads(array);
    }

    @ParameterizedTest
    @EnumSource(PixelType.class)
    void everyBitOfEveryValueIsKept(PixelType type) throws Exception {
        byte[] bits = new byte[CHUNK_VOXELS * type.bytes()];
        new Random(3).nextBytes(bits);
        for (int zarrFormat : new int[] {2, 3}) {
            ZarrArray array = ZarrArray.create(
                    new MemoryStore(), "", spec(zarrFormat, type).uncompressed());
            Object voxels = type.allocate(CHUNK_VOXELS);
            array.decode(ByteBuffer.wrap(bits), voxels);
            array.encode(voxels, encoded -> assertEquals(ByteBuffer.wrap(bits), encoded));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void encodedBytesAreIndependentOfTheVoxelsTheyCameFrom(boolean compressed) throws Exception {
        ZarrArraySpec spec = spec(3, PixelType.UINT8);
        ZarrArray array = ZarrArray.create(new MemoryStore(), "", compressed ? spec : spec.uncompressed());
        byte[] voxels = new byte[CHUNK_VOXELS];
        array.encode(voxels, encoded -> {
            voxels[0] = 1;
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            byte[] decoded = new byte[CHUNK_VOXELS];
            array.decode(ByteBuffer.wrap(bytes), decoded);
            assertEquals(0, decoded[0]);
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void chunksOfNothingButTheFillValueTakeNoRoom(boolean sharded) throws Exception {
        MemoryStore store = new MemoryStore();
        ZarrArraySpec spec = spec(3, PixelType.FLOAT32);
        ZarrArray array = ZarrArray.create(store, "", sharded ? spec.withShards(8, 16, 16) : spec);
        try (ZarrArrayWriter writer = array.writer()) {
            for (long[] chunk : chunks(array, 1)) {
                writer.write(chunk, new float[CHUNK_VOXELS]);
            }
        }
        assertEquals(1, store.values.size(), "metadata alone");
        float[] read = {1};
        float[] whole = new float[CHUNK_VOXELS];
        whole[17] = read[0];
        array.readChunk(new long[] {0, 0, 0}, whole);
        assertEquals(0, whole[17]);
    }

    @Test
    void negativeZeroIsNotTakenForTheFillValue() throws Exception {
        MemoryStore store = new MemoryStore();
        ZarrArray array = ZarrArray.create(store, "", spec(3, PixelType.FLOAT64));
        for (int from : new int[] {0, 200}) {
            double[] voxels = new double[CHUNK_VOXELS];
            java.util.Arrays.fill(voxels, from, CHUNK_VOXELS, -0.0);
            array.writeChunk(new long[] {0, 0, 0}, voxels);
            double[] read = new double[CHUNK_VOXELS];
            array.readChunk(new long[] {0, 0, 0}, read);
            assertEquals(Double.doubleToRawLongBits(-0.0), Double.doubleToRawLongBits(read[200]));
            store.values.remove("c/0/0/0");
        }
    }

    @Test
    void shardsAreTheSameBytesWhateverTheOrderAndTheThreads() throws Exception {
        ZarrArraySpec spec = spec(3, PixelType.UINT16).withShards(8, 16, 24);
        MemoryStore inOrder = new MemoryStore();
        writeAll(ZarrArray.create(inOrder, "", spec), 1);
        for (int seed = 2; seed < 12; seed++) {
            MemoryStore store = new MemoryStore();
            ZarrArray array = ZarrArray.create(store, "", spec);
            ExecutorService threads = Executors.newFixedThreadPool(4);
            try (ZarrArrayWriter writer = array.writer()) {
                List<Future<?>> writes = new ArrayList<>();
                for (long[] chunk : chunks(array, seed)) {
                    writes.add(threads.submit(() -> {
                        writer.write(chunk, voxels(PixelType.UINT16, chunk));
                        return null;
                    }));
                }
                for (Future<?> write : writes) {
                    write.get();
                }
            } finally {
                threads.shutdown();
            }
            assertEquals(inOrder.values.keySet(), store.values.keySet());
            inOrder.values.forEach((key, value) -> assertArrayEquals(value, store.values.get(key), key));
        }
    }

    @Test
    void shardsHoldTheirChunksInMortonOrder() throws Exception {
        MemoryStore store = new MemoryStore();
        ZarrArraySpec spec = ZarrArraySpec.of(3, PixelType.UINT8, new long[] {2, 2, 2}, new int[] {1, 1, 1})
                .uncompressed()
                .withShards(2, 2, 2);
        ZarrArray array = ZarrArray.create(store, "", spec);
        try (ZarrArrayWriter writer = array.writer()) {
            for (long[] chunk : chunks(array, 5)) {
                writer.write(chunk, new byte[] {(byte) (1 + chunk[0] * 4 + chunk[1] * 2 + chunk[2])});
            }
        }
        byte[] shard = store.values.get("c/0/0/0");
        assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}, java.util.Arrays.copyOf(shard, 8));
        assertEquals(8 + 8 * 16 + 4, shard.length);
    }

    @Test
    void chunksOutsideTheArrayAreMarkedMissingInTheirShard() throws Exception {
        MemoryStore store = new MemoryStore();
        ZarrArraySpec spec = ZarrArraySpec.of(3, PixelType.UINT8, new long[] {3}, new int[] {1})
                .uncompressed()
                .withShards(4);
        ZarrArray array = ZarrArray.create(store, "", spec);
        try (ZarrArrayWriter writer = array.writer()) {
            for (byte i = 2; i >= 0; i--) {
                writer.write(new long[] {i}, new byte[] {(byte) (i + 1)});
            }
        }
        ByteBuffer shard = ByteBuffer.wrap(store.values.get("c/0")).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(2, shard.getLong(3 + 2 * 16));
        assertEquals(-1, shard.getLong(3 + 3 * 16));
        assertEquals(-1, shard.getLong(3 + 3 * 16 + 8));
    }

    @Test
    void aShardIndexIsReadOnce() throws Exception {
        MemoryStore store = new MemoryStore();
        writeAll(ZarrArray.create(store, "", spec(3, PixelType.UINT16).withShards(8, 24, 40)), 1);
        ZarrArray array = ZarrArray.open(store, "");
        store.reads.set(0);
        array.readChunk(new long[] {0, 0, 0}, new short[CHUNK_VOXELS]);
        assertEquals(2, store.reads.get());
        array.readChunk(new long[] {0, 0, 2}, new short[CHUNK_VOXELS]);
        assertEquals(3, store.reads.get());
    }

    @Test
    void closingAWriterWithAShardUnfinishedIsAnErrorUnlessGivenUp() throws Exception {
        ZarrArray array = ZarrArray.create(
                new MemoryStore(), "", spec(3, PixelType.UINT16).withShards(8, 16, 16));
        ZarrArrayWriter unfinished = array.writer();
        unfinished.write(new long[] {0, 0, 0}, new short[CHUNK_VOXELS]);
        assertThrows(IllegalStateException.class, unfinished::close);
        ZarrArrayWriter given = array.writer();
        given.write(new long[] {0, 0, 0}, new short[CHUNK_VOXELS]);
        given.abort();
        given.close();
    }

    @Test
    void aChunkWrittenTwiceIsAnError() throws Exception {
        ZarrArray array = ZarrArray.create(
                new MemoryStore(), "", spec(3, PixelType.UINT16).withShards(8, 16, 16));
        for (long[] chunk : List.of(new long[] {0, 0, 0}, new long[] {0, 1, 1})) {
            ZarrArrayWriter writer = array.writer();
            writer.write(chunk, new short[CHUNK_VOXELS]);
            assertThrows(IllegalStateException.class, () -> writer.write(chunk, new short[CHUNK_VOXELS]));
            writer.close();
        }
    }

    @Test
    void chunksOutsideTheGridAreRefused() throws Exception {
        ZarrArray array = ZarrArray.create(new MemoryStore(), "", spec(3, PixelType.UINT16));
        for (long[] chunk : List.of(new long[] {2, 0, 0}, new long[] {0, -1, 0}, new long[] {0, 0})) {
            assertThrows(IndexOutOfBoundsException.class, () -> array.readChunk(chunk, new short[CHUNK_VOXELS]));
        }
    }

    @Test
    void damagedShardIndicesAreToldByTheirChecksum() throws Exception {
        MemoryStore store = new MemoryStore();
        writeAll(ZarrArray.create(store, "", spec(3, PixelType.UINT16).withShards(8, 24, 40)), 1);
        byte[] shard = store.values.get("c/0/0/0");
        shard[shard.length - 12] ^= 1;
        ImageFormatException refusal = assertThrows(
                ImageFormatException.class,
                () -> ZarrArray.open(store, "").readChunk(new long[] {0, 0, 0}, new short[CHUNK_VOXELS]));
        assertTrue(refusal.getMessage().contains("c/0/0/0"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("checksum"), refusal.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "/x", "a/../../x", "a\\..\\x", "C:/x", "a//x", "./x", "", "a/\0"})
    void keysThatLeadOutOfTheFolderAreRefused(String key, @TempDir Path folder) {
        FileStore store = new FileStore(folder);
        assertThrows(ImageFormatException.class, () -> store.get(key, 10));
        assertThrows(ImageFormatException.class, () -> store.get(key, 0, 1));
        assertThrows(ImageFormatException.class, () -> store.size(key));
        assertThrows(ImageFormatException.class, () -> store.put(key, ByteBuffer.allocate(1)));
        assertThrows(ImageFormatException.class, () -> store.create(key));
    }

    @Test
    void aFolderKeepsValuesUnderTheirKeys(@TempDir Path folder) throws Exception {
        FileStore store = new FileStore(folder.resolve("new"));
        assertTrue(store.get("a/b", 10).isEmpty());
        assertEquals(-1, store.size("a/b"));
        store.put("a/b", ByteBuffer.wrap(new byte[] {1, 2, 3}));
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), store.get("a/b", 3).orElseThrow());
        assertEquals(ByteBuffer.wrap(new byte[] {2, 3}), store.get("a/b", 1, 2));
        assertThrows(IOException.class, () -> store.get("a/b", 2, 2));
        assertThrows(ImageFormatException.class, () -> store.get("a/b", 2));
        assertTrue(store.get("a/b/c", 10).isEmpty(), "a file where a folder is wanted");
        assertThrows(ImageFormatException.class, () -> store.get("a", 10));
        store.put("a/b", ByteBuffer.wrap(new byte[] {9}));
        assertEquals(1, store.size("a/b"));
        assertTrue(Files.isRegularFile(folder.resolve("new/a/b")));
        assertFalse(Files.exists(folder.resolve("new/a/b/c")));
    }
}
