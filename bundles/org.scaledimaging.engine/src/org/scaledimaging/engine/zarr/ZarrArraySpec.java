package org.scaledimaging.engine.zarr;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.zarr.codec.ChunkCodec;
import org.scaledimaging.engine.zarr.codec.Codecs;
import org.scaledimaging.engine.zarr.codec.Sharding;

/**
 * The properties of a new Zarr array. Values are stored little-endian, in row-major order, missing chunks read as 0,
 * and the names of chunk files are folders, one per axis.
 *
 * @param zarrFormat 2 or 3
 * @param pixelType the type of the voxels
 * @param shape the length of each axis, at least 1
 * @param chunkShape of the chunks: of the inner ones where the array is sharded
 * @param shardShape of the shards, in voxels, multiples of the chunks'; empty for a file per chunk; version 3 only
 * @param codec the compression: any in version 2 but crc32c; zstd, gzip, blosc or crc32c in version 3; empty for none
 * @param dimensionNames one per axis, or empty; written in version 3 only
 * @param attributes what others want to be said of the array
 */
public record ZarrArraySpec(
        int zarrFormat,
        PixelType pixelType,
        List<Long> shape,
        List<Integer> chunkShape,
        Optional<List<Integer>> shardShape,
        Optional<Codec> codec,
        List<String> dimensionNames,
        ObjectNode attributes) {

    public ZarrArraySpec {
        shape = List.copyOf(shape);
        chunkShape = List.copyOf(chunkShape);
        shardShape = shardShape.map(List::copyOf);
        dimensionNames = List.copyOf(dimensionNames);
        attributes = attributes.deepCopy();
        if (zarrFormat != 2 && zarrFormat != 3) {
            throw new IllegalArgumentException("Zarr format " + zarrFormat);
        }
        if (shape.isEmpty() || shape.stream().anyMatch(length -> length < 1)) {
            throw new IllegalArgumentException("an array of shape " + shape);
        }
        if (chunkShape.size() != shape.size() || ChunkCodec.decodedBytes(pixelType, chunkShape) < 0) {
            throw new IllegalArgumentException("chunks of " + chunkShape + " for an array of " + shape);
        }
        if (!dimensionNames.isEmpty() && dimensionNames.size() != shape.size()) {
            throw new IllegalArgumentException("names " + dimensionNames + " for " + shape.size() + " axes");
        }
        if (zarrFormat == 2 && shardShape.isPresent()) {
            throw new IllegalArgumentException("shards in Zarr v2");
        }
        if (shardShape.isPresent()) {
            Sharding.of(shardShape.get(), chunkShape); // refuses what does not divide
        }
        codec.ifPresent(chosen -> Codecs.checkWritten(zarrFormat, chosen));
    }

    /** An array compressed by zstd, a file per chunk. */
    public static ZarrArraySpec of(int zarrFormat, PixelType pixelType, long[] shape, int[] chunkShape) {
        return new ZarrArraySpec(
                zarrFormat,
                pixelType,
                Arrays.stream(shape).boxed().toList(),
                Arrays.stream(chunkShape).boxed().toList(),
                Optional.empty(),
                Optional.of(new Zstd(3, false)),
                List.of(),
                JsonNodeFactory.instance.objectNode());
    }

    /** Puts chunks together in shards of that shape, in voxels. */
    public ZarrArraySpec withShards(int... newShardShape) {
        return new ZarrArraySpec(
                zarrFormat,
                pixelType,
                shape,
                chunkShape,
                Optional.of(Arrays.stream(newShardShape).boxed().toList()),
                codec,
                dimensionNames,
                attributes);
    }

    /** The same, compressed in another way. */
    public ZarrArraySpec withCodec(Codec newCodec) {
        return new ZarrArraySpec(
                zarrFormat,
                pixelType,
                shape,
                chunkShape,
                shardShape,
                Optional.of(newCodec),
                dimensionNames,
                attributes);
    }

    /** The same, not compressed. */
    public ZarrArraySpec uncompressed() {
        return new ZarrArraySpec(
                zarrFormat, pixelType, shape, chunkShape, shardShape, Optional.empty(), dimensionNames, attributes);
    }

    /** The same, with a name for each axis; written in version 3 only. */
    public ZarrArraySpec withDimensionNames(List<String> newNames) {
        return new ZarrArraySpec(zarrFormat, pixelType, shape, chunkShape, shardShape, codec, newNames, attributes);
    }

    /** The same, with attributes. */
    public ZarrArraySpec withAttributes(ObjectNode newAttributes) {
        return new ZarrArraySpec(
                zarrFormat, pixelType, shape, chunkShape, shardShape, codec, dimensionNames, newAttributes);
    }
}
