package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Crc32c;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * Zarr v3's sharding_indexed: many chunks in one file, the shard, with an index of where each is: offset and length, two
 * unsigned 64-bit values per chunk, chunks in row-major order, all ones for a chunk that is not there.
 *
 * @param shape of the shard, in voxels, per axis of the array: multiples of the chunk's
 * @param chunkShape of the chunks in it, per axis of the array
 * @param axisOrder of the axes in the shard, which is the order of its index
 * @param indexAtEnd whether the index follows the chunks; else it precedes them
 * @param indexOrder byte order of the index
 * @param indexChecksum whether the index is followed by its crc32c
 */
public record Sharding(
        List<Integer> shape,
        List<Integer> chunkShape,
        AxisOrder axisOrder,
        boolean indexAtEnd,
        ByteOrder indexOrder,
        boolean indexChecksum) {
    static final String NAME = "sharding_indexed";
    private static final int ENTRY_BYTES = 16;
    private static final int CHECKSUM_BYTES = 4;

    public Sharding {
        shape = List.copyOf(shape);
        chunkShape = List.copyOf(chunkShape);
        if (chunks(shape, chunkShape) < 1) {
            throw new IllegalArgumentException("chunks of " + chunkShape + " in shards of " + shape);
        }
    }

    /** The usual kind: the index at the end, little-endian, with a checksum. */
    public static Sharding of(List<Integer> shape, List<Integer> chunkShape) {
        return new Sharding(shape, chunkShape, AxisOrder.unchanged(shape.size()), true, ByteOrder.LITTLE_ENDIAN, true);
    }

    /** How many chunks a shard holds. */
    public int chunks() {
        return (int) chunks(shape, chunkShape);
    }

    /**
     * The number, in the index, of the chunk that holds a voxel.
     *
     * @param voxel its position in the array, in which the first shard starts at 0
     */
    public int chunkWith(long[] voxel) {
        long number = 0;
        for (int d = 0; d < shape.size(); d++) {
            int axis = axisOrder.source(d);
            int length = chunkShape.get(axis);
            number = number * (shape.get(axis) / length) + voxel[axis] % shape.get(axis) / length;
        }
        return (int) number;
    }

    /** The size of the encoded index. */
    public int indexBytes() {
        return chunks() * ENTRY_BYTES + (indexChecksum ? CHECKSUM_BYTES : 0);
    }

    /** @param entries offset and length of each chunk, one after the other */
    public ByteBuffer encodeIndex(long[] entries) {
        ByteBuffer index = ByteBuffer.allocate(chunks() * ENTRY_BYTES).order(indexOrder);
        index.asLongBuffer().put(entries);
        return indexChecksum ? new Crc32c().encode(index) : index;
    }

    /** The reverse of {@link #encodeIndex}. */
    public long[] decodeIndex(ByteBuffer index) throws CorruptDataException {
        int size = chunks() * ENTRY_BYTES;
        ByteBuffer content = index.slice();
        if (indexChecksum) {
            byte[] checked = new byte[size];
            content = ByteBuffer.wrap(checked, 0, new Crc32c().decode(index, checked));
        }
        if (content.remaining() != size) {
            throw new CorruptDataException("a shard index of " + content.remaining() + " bytes", size + " bytes");
        }
        long[] entries = new long[2 * chunks()];
        content.order(indexOrder).asLongBuffer().get(entries);
        return entries;
    }

    /** −1 where the one is no multiple of the other, or the index would not fit into an array. */
    private static long chunks(List<Integer> shape, List<Integer> chunkShape) {
        if (shape.size() != chunkShape.size()) {
            return -1;
        }
        long chunks = 1;
        for (int d = 0; d < shape.size(); d++) {
            if (chunkShape.get(d) < 1 || shape.get(d) < 1 || shape.get(d) % chunkShape.get(d) != 0) {
                return -1;
            }
            chunks *= shape.get(d) / chunkShape.get(d);
            if (chunks > Integer.MAX_VALUE / (ENTRY_BYTES + 1)) {
                return -1;
            }
        }
        return chunks;
    }

    static Sharding parse(Object location, JsonNode configuration, List<Integer> shape, AxisOrder axisOrder)
            throws ImageFormatException {
        JsonNode inner = configuration.path("chunk_shape");
        List<Integer> stored = new ArrayList<>();
        for (JsonNode length : inner) {
            stored.add(length.isIntegralNumber() && length.canConvertToInt() ? length.asInt() : -1);
        }
        if (chunks(axisOrder.apply(shape), stored) < 1) {
            throw new ImageFormatException(
                    location,
                    "a shard's chunk_shape " + inner,
                    "lengths that divide the shard's, " + axisOrder.apply(shape) + ", into a number an index can hold");
        }
        List<Integer> chunkShape = axisOrder.inverse().apply(stored);
        String place = configuration.path("index_location").asText("end");
        if (!place.equals("end") && !place.equals("start")) {
            throw new ImageFormatException(location, "the index_location \"" + place + "\"", "start or end");
        }
        ChunkCodec index = Codecs.parseChain(
                location,
                configuration.get("index_codecs"),
                StoredType.of(PixelType.UINT64),
                List.of((int) chunks(shape, chunkShape), 2),
                AxisOrder.unchanged(2));
        boolean checksum = index.codecs().equals(List.of(new Crc32c()));
        if (!checksum && !index.codecs().isEmpty() || !index.axisOrder().isUnchanged()) {
            throw new ImageFormatException(location, "a shard index that is compressed", "bytes and crc32c alone");
        }
        return new Sharding(shape, chunkShape, axisOrder, place.equals("end"), index.byteOrder(), checksum);
    }

    /** As the one element of a v3 array's {@code codecs}. */
    ObjectNode write(ArrayNode innerCodecs) {
        ObjectNode codec = JsonNodeFactory.instance.objectNode().put("name", NAME);
        ObjectNode configuration = codec.putObject("configuration");
        ArrayNode inner = configuration.putArray("chunk_shape");
        chunkShape.forEach(inner::add);
        configuration.set("codecs", innerCodecs);
        ArrayNode index = configuration.putArray("index_codecs");
        index.add(BytesCodec.write(indexOrder));
        if (indexChecksum) {
            index.add(Codecs.write(3, new Crc32c()));
        }
        configuration.put("index_location", indexAtEnd ? "end" : "start");
        return codec;
    }
}
