package org.scaledimaging.engine.format.n5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.block.VoxelBytes;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.CorruptDataException;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.compress.archive.Bzip2;
import org.scaledimaging.engine.compress.archive.Lzma;
import org.scaledimaging.engine.compress.blosc.Blosc;
import org.scaledimaging.engine.compress.lz4.Lz4Blocks;
import org.scaledimaging.engine.execute.MemoryBudget;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.store.Json;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/**
 * A dataset of N5: blocks in files of their own, each with a header that says how large it is. N5 counts axes from the fastest
 * varying; shapes here are the other way round, slowest first. Thread-safe.
 *
 * @param path of its folder in the store
 * @param attributes what its {@code attributes.json} says
 * @param shape the length of each axis
 * @param blockShape of all blocks but those at the end of an axis, which may be cut off
 * @param codec the compression, if any
 */
record N5Dataset(
        ZarrStore store,
        String path,
        ObjectNode attributes,
        PixelType pixelType,
        long[] shape,
        int[] blockShape,
        Optional<Codec> codec) {
    static final String FILE = "attributes.json";
    private static final int MOST_AXES = 5;

    /** Whether attributes are those of a dataset. */
    static boolean isOne(JsonNode attributes) {
        return attributes.has("dimensions") && attributes.has("dataType");
    }

    /** @throws ImageFormatException when there is none, or one that cannot be read */
    static N5Dataset open(ZarrStore store, String path) throws IOException {
        String key = Json.key(path, FILE);
        String location = store.location(key);
        ObjectNode attributes = Json.read(store, key)
                .filter(N5Dataset::isOne)
                .orElseThrow(() -> new ImageFormatException(
                        location, "no dataset of N5", "one, with its \"dimensions\" and \"dataType\""));
        String type = attributes.path("dataType").asText();
        PixelType pixelType = PixelType.ofLabel(type)
                .orElseThrow(() -> new ImageFormatException(
                        location, "the data type \"" + type + "\"", "integers of 8 to 64 bits, float32 or float64"));
        long[] shape = reversed(attributes.path("dimensions"), 1L << 53, location);
        long[] lengths = reversed(attributes.path("blockSize"), Integer.MAX_VALUE, location);
        int[] blockShape = new int[shape.length];
        double bytes = pixelType.bytes();
        for (int d = 0; d < shape.length && lengths.length == shape.length; d++) {
            blockShape[d] = (int) lengths[d];
            bytes *= blockShape[d];
        }
        if (lengths.length != shape.length || bytes > Integer.MAX_VALUE - 64) {
            throw new ImageFormatException(
                    location,
                    "the blockSize " + Json.brief(attributes.path("blockSize")),
                    shape.length + " lengths, of blocks of less than 2 GiB");
        }
        return new N5Dataset(store, path, attributes, pixelType, shape, blockShape, codec(attributes, location));
    }

    private static long[] reversed(JsonNode list, long most, String location) throws ImageFormatException {
        long[] lengths = new long[list.size()];
        boolean known = lengths.length >= 2 && lengths.length <= MOST_AXES;
        for (int d = 0; known && d < lengths.length; d++) {
            JsonNode length = list.get(lengths.length - 1 - d);
            known = length.canConvertToLong() && length.asLong() >= 1 && length.asLong() <= most;
            lengths[d] = length.asLong();
        }
        if (!known) {
            throw new ImageFormatException(
                    location, "the lengths " + Json.brief(list), "2 to " + MOST_AXES + " lengths of at least 1");
        }
        return lengths;
    }

    /** What only says how to write, as the level, is not looked at. */
    private static Optional<Codec> codec(ObjectNode attributes, String location) throws ImageFormatException {
        JsonNode compression = attributes.path("compression");
        String type = compression.isTextual()
                ? compression.asText()
                : compression
                        .path("type")
                        .asText(attributes.path("compressionType").asText("raw"));
        return switch (type) {
            case "raw" -> Optional.empty();
            case "gzip" -> Optional.of(compression.path("useZlib").asBoolean() ? new Zlib(5) : new Gzip(5));
            case "lz4" -> Optional.of(new Lz4Blocks());
            case "zstd", "zstandard" -> Optional.of(new Zstd(0, false));
            case "bzip2" -> Optional.of(new Bzip2());
            case "xz" -> Optional.of(new Lzma());
            case "blosc" -> Optional.of(new Blosc("lz4", 5, Blosc.Filter.SHUFFLE, 1, 0));
            default ->
                throw new ImageFormatException(
                        location, "the compression \"" + type + "\"", "raw, gzip, lz4, zstd, blosc, bzip2 or xz");
        };
    }

    /** Reads a block of the grid, which may be cut off; nothing where it is not stored. */
    Optional<Block> read(long[] position, Interval whole) throws IOException {
        StringBuilder key = new StringBuilder(path);
        for (int d = position.length - 1; d >= 0; d--) {
            key.append(key.length() == 0 ? "" : "/").append(position[d]);
        }
        int limit = Codec.encodedLimit(whole.voxels() * pixelType.bytes());
        Optional<ByteBuffer> stored = store.get(key.toString(), limit);
        try {
            return stored.isPresent() ? Optional.of(decoded(stored.get(), whole)) : Optional.empty();
        } catch (CorruptDataException e) {
            throw new ImageFormatException(store.location(key.toString()), e.found(), e.expected(), e);
        }
    }

    private Block decoded(ByteBuffer stored, Interval whole) throws CorruptDataException {
        ByteBuffer left = stored.slice().order(ByteOrder.BIG_ENDIAN);
        int axes = shape.length;
        if (left.remaining() < 4 + 4 * axes) {
            throw new CorruptDataException("a block of " + left.remaining() + " bytes", "one with a header");
        }
        int mode = left.getShort();
        int count = left.getShort();
        if (mode < 0 || mode > 1 || count != axes) {
            throw new CorruptDataException(
                    "a block of mode " + mode + " and " + count + " axes", "mode 0 or 1 and " + axes + " axes");
        }
        long[] lengths = new long[axes];
        for (int d = axes - 1; d >= 0; d--) {
            lengths[d] = left.getInt();
            if (lengths[d] < 1 || lengths[d] > whole.length(d)) {
                throw new CorruptDataException(
                        "a block of length " + lengths[d],
                        "lengths of 1 to those of \"blockSize\", " + whole.length(d));
            }
        }
        Interval interval = Interval.at(whole.mins(), lengths);
        int voxels = interval.voxels();
        if (mode == 1 && (left.remaining() < 4 || left.getInt() != voxels)) {
            throw new CorruptDataException("a block of another number of values", voxels + ", as its lengths say");
        }
        int bytes = voxels * pixelType.bytes();
        if (2.0 * bytes > MemoryBudget.longLived()) {
            throw new CorruptDataException(
                    "a block of " + bytes + " bytes", "at most half the memory that Java has for it, or more memory");
        }
        ByteBuffer content = left.slice();
        if (codec.isPresent()) {
            byte[] target = new byte[bytes];
            content = ByteBuffer.wrap(target, 0, codec.get().decode(content, target));
        }
        if (content.remaining() < bytes) {
            throw new CorruptDataException("a block of " + content.remaining() + " bytes", bytes + " bytes");
        }
        Block block = Block.allocate(pixelType, interval);
        VoxelBytes.of(content.order(ByteOrder.BIG_ENDIAN), pixelType).get(0, block.voxels(), 0, voxels);
        return block;
    }
}
