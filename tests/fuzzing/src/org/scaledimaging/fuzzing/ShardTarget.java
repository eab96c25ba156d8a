package org.scaledimaging.fuzzing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.ZarrArray;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * Shards of eight chunks. The first byte of an input chooses where the index lies and whether it has a checksum. A chunk
 * that is read has to be what lies where the index says.
 */
final class ShardTarget implements FuzzTarget {
    private static final int CHUNKS = 8;
    private static final int CHUNK_BYTES = 27;
    private static final int INDEX_BYTES = 16 * CHUNKS;
    private static final int FILL = 9;

    @Override
    public List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        for (int kind = 0; kind < 4; kind++) {
            boolean atEnd = kind % 2 == 0;
            int index = INDEX_BYTES + (kind < 2 ? Integer.BYTES : 0);
            ByteBuffer shard =
                    ByteBuffer.allocate(1 + index + CHUNKS * CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
            shard.put((byte) kind);
            byte[] entries = entries(atEnd ? 0 : index, kind < 2);
            shard.position(atEnd ? shard.capacity() - index : 1);
            shard.put(entries);
            for (int i = 0; i < CHUNKS * CHUNK_BYTES; i++) {
                shard.put((atEnd ? 1 : 1 + index) + i, (byte) (i / 3));
            }
            seeds.add(shard.array());
        }
        return seeds;
    }

    private static byte[] entries(int first, boolean checksum) {
        ByteBuffer entries = ByteBuffer.allocate(INDEX_BYTES + (checksum ? Integer.BYTES : 0))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            boolean missing = chunk == 5;
            entries.putLong(missing ? -1 : first + chunk * CHUNK_BYTES).putLong(missing ? -1 : CHUNK_BYTES);
        }
        if (checksum) {
            entries.putInt(checksum(entries.array()));
        }
        return entries.array();
    }

    private static int checksum(byte[] index) {
        CRC32C checksum = new CRC32C();
        checksum.update(index, 0, INDEX_BYTES);
        return (int) checksum.getValue();
    }

    private static byte[] metadata(boolean atEnd, boolean checksum) {
        String json = """
                {"zarr_format": 3, "node_type": "array", "shape": [6, 6, 6], "data_type": "uint8", "fill_value": %d,
                 "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [6, 6, 6]}},
                 "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
                 "codecs": [{"name": "sharding_indexed", "configuration": {"chunk_shape": [3, 3, 3],
                   "codecs": [{"name": "bytes"}], "index_location": "%s",
                   "index_codecs": [{"name": "bytes", "configuration": {"endian": "little"}}%s]}}]}
                """.formatted(FILL, atEnd ? "end" : "start", checksum ? ", {\"name\": \"crc32c\"}" : "");
        return json.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void run(byte[] input) throws Throwable {
        if (input.length == 0) {
            return;
        }
        boolean atEnd = input[0] % 2 == 0;
        boolean checksum = (input[0] & 2) == 0;
        byte[] shard = Arrays.copyOfRange(input, 1, input.length);
        Map<String, byte[]> values = Map.of("zarr.json", metadata(atEnd, checksum), "c/0/0/0", shard);
        ZarrArray array = ZarrArray.open(new Given(values), "");
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            long[] position = {chunk / 4, chunk / 2 % 2, chunk % 2};
            byte[] voxels = new byte[CHUNK_BYTES];
            if (Refusal.accepts(() -> array.readChunk(position, voxels))) {
                compare(shard, atEnd, checksum, chunk, voxels);
            }
        }
    }

    private static void compare(byte[] shard, boolean atEnd, boolean checksum, int chunk, byte[] voxels)
            throws IOException {
        int size = INDEX_BYTES + (checksum ? Integer.BYTES : 0);
        int start = atEnd ? shard.length - size : 0;
        ByteBuffer index = ByteBuffer.wrap(shard, start, size).slice().order(ByteOrder.LITTLE_ENDIAN);
        byte[] bytes = Arrays.copyOfRange(shard, start, start + size);
        if (checksum && index.getInt(INDEX_BYTES) != checksum(bytes)) {
            throw new AssertionError("a wrong checksum of the index was not noticed");
        }
        long offset = index.getLong(16 * chunk);
        long length = index.getLong(16 * chunk + 8);
        byte[] expected = new byte[CHUNK_BYTES];
        if (offset == -1 && length == -1) {
            Arrays.fill(expected, (byte) FILL);
        } else {
            if (length != CHUNK_BYTES || offset < 0 || offset > shard.length - length) {
                throw new AssertionError("a chunk was read from " + offset + ", " + length + " bytes");
            }
            System.arraycopy(shard, (int) offset, expected, 0, CHUNK_BYTES);
        }
        if (!Arrays.equals(expected, voxels)) {
            throw new AssertionError("other voxels than the shard has");
        }
    }

    /** A store of values that are given, to be read by one thread, as faithful to the interface as one of files. */
    private record Given(Map<String, byte[]> values) implements ZarrStore {
        @Override
        public Optional<ByteBuffer> get(String key, int limit) throws IOException {
            if (size(key) > limit) {
                throw new ImageFormatException(location(key), size(key) + " bytes", "at most " + limit);
            }
            return Optional.ofNullable(values.get(key)).map(ByteBuffer::wrap);
        }

        @Override
        public ByteBuffer get(String key, long offset, int length) throws IOException {
            if (offset < 0 || length < 0 || offset > size(key) - length) {
                throw new EOFException(location(key));
            }
            return ByteBuffer.wrap(values.get(key), (int) offset, length).slice();
        }

        @Override
        public long size(String key) {
            return values.containsKey(key) ? values.get(key).length : -1;
        }

        @Override
        public String location(String key) {
            return "given/" + key;
        }
    }
}
