package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Blosc;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.Crc32c;
import org.scaledimaging.engine.compress.Gzip;
import org.scaledimaging.engine.compress.Lz4;
import org.scaledimaging.engine.compress.Zlib;
import org.scaledimaging.engine.compress.Zstd;
import org.scaledimaging.engine.message.ImageFormatException;

/** How codecs are written down in the metadata of Zarr arrays, version 2 and 3. */
public final class Codecs {
    private static final String SUPPORTED_V2 = "blosc, gzip, lz4, zlib, zstd or none";
    private static final String SUPPORTED_V3 =
            "transpose, bytes, blosc, crc32c, gzip, zstd, or sharding_indexed around them";
    private static final int MOST = 100;
    private static final String PYTHON_PREFIX = "numcodecs."; // what zarr-python calls codecs outside the v3 core

    /**
     * What the {@code codecs} of a v3 array come to.
     *
     * @param chunk how a chunk is stored: an inner one where the array is sharded
     * @param sharding how chunks are put together in one file, if they are
     */
    public record Pipeline(ChunkCodec chunk, Optional<Sharding> sharding) {}

    private Codecs() {}

    /**
     * The codecs of a v2 array: its {@code compressor}, without filters.
     *
     * @param location what to name in errors: the file of the metadata
     */
    public static List<Codec> parseV2(Object location, JsonNode compressor, JsonNode filters)
            throws ImageFormatException {
        if (filters != null && !filters.isNull() && !(filters.isArray() && filters.isEmpty())) {
            String first = filters.path(0).path("id").asText("unknown");
            throw new ImageFormatException(location, "the filter \"" + first + "\"", "an array without filters");
        }
        if (compressor == null || compressor.isNull()) {
            return List.of();
        }
        String id = compressor.path("id").asText("without an id");
        return switch (id) {
            case "blosc", "gzip", "lz4", "zlib", "zstd" -> List.of(parse(location, id, compressor, 1));
            default -> throw new ImageFormatException(location, "the compressor \"" + id + "\"", SUPPORTED_V2);
        };
    }

    /**
     * The codecs of a v3 array.
     *
     * @param location what to name in errors: the file of the metadata
     * @param shape of the chunk grid's cells: of the shards where the array is sharded
     */
    public static Pipeline parseV3(Object location, JsonNode codecs, PixelType pixelType, List<Integer> shape)
            throws ImageFormatException {
        if (codecs != null && codecs.size() > 0 && name(codecs.get(0)).equals("sharding_indexed")) {
            if (codecs.size() > 1) {
                throw new ImageFormatException(
                        location, "the codec \"" + name(codecs.get(1)) + "\" around shards", "sharding_indexed alone");
            }
            JsonNode configuration = codecs.get(0).path("configuration");
            Sharding sharding = Sharding.parse(location, configuration, shape);
            return new Pipeline(
                    parseChain(location, configuration.get("codecs"), pixelType, sharding.chunkShape()),
                    Optional.of(sharding));
        }
        return new Pipeline(parseChain(location, codecs, pixelType, shape), Optional.empty());
    }

    static ChunkCodec parseChain(Object location, JsonNode codecs, PixelType pixelType, List<Integer> shape)
            throws ImageFormatException {
        if (codecs == null || !codecs.isArray()) {
            throw new ImageFormatException(location, "no list of codecs", "one under \"codecs\"");
        }
        if (codecs.size() > MOST) {
            throw new ImageFormatException(location, codecs.size() + " codecs", "at most " + MOST);
        }
        List<Integer> axisOrder = ChunkCodec.naturalOrder(shape.size());
        ByteOrder byteOrder = null;
        List<Codec> chain = new ArrayList<>();
        for (JsonNode codec : codecs) {
            String name = name(codec);
            JsonNode configuration = codec.path("configuration");
            switch (name) {
                case "transpose" -> {
                    requireBefore(location, name, byteOrder);
                    axisOrder = compose(axisOrder, parseOrder(location, configuration.get("order"), shape.size()));
                }
                case "bytes" -> {
                    requireBefore(location, name, byteOrder);
                    byteOrder = parseByteOrder(location, configuration.get("endian"), pixelType);
                }
                case "blosc", "crc32c", "gzip", "lz4", "zlib", "zstd" -> {
                    if (byteOrder == null) {
                        throw new ImageFormatException(
                                location,
                                "the codec \"" + name + "\" where none has made bytes",
                                "\"bytes\" before it");
                    }
                    chain.add(parse(location, name, configuration, pixelType.bytes()));
                }
                default -> throw new ImageFormatException(location, "the codec \"" + name + "\"", SUPPORTED_V3);
            }
        }
        if (ChunkCodec.decodedBytes(pixelType, shape) < 0) {
            throw new ImageFormatException(
                    location,
                    "chunks of " + shape + " values of type " + pixelType.label(),
                    "chunks of less than 2 GiB");
        }
        if (byteOrder == null) {
            throw new ImageFormatException(location, "no codec that makes bytes", "\"bytes\" or \"sharding_indexed\"");
        }
        return new ChunkCodec(pixelType, shape, axisOrder, byteOrder, chain);
    }

    /** A codec as the {@code compressor} of a v2 array. */
    public static ObjectNode writeV2(Codec codec) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("id", codec.name());
        if (codec instanceof Blosc blosc) {
            node.put("cname", blosc.compressor())
                    .put("clevel", blosc.level())
                    .put("shuffle", blosc.shuffle().ordinal())
                    .put("blocksize", blosc.blockSize());
        } else if (codec instanceof Zstd zstd) {
            node.put("level", zstd.level());
            if (zstd.checksum()) { // older readers know only the level
                node.put("checksum", true);
            }
        } else if (codec instanceof Gzip gzip) {
            node.put("level", gzip.level());
        } else if (codec instanceof Zlib zlib) {
            node.put("level", zlib.level());
        } else if (codec instanceof Lz4) {
            node.put("acceleration", 1);
        } else {
            throw new IllegalArgumentException(codec.name() + " in Zarr v2");
        }
        return node;
    }

    /** A codec as one of the {@code codecs} of a v3 array. */
    public static ObjectNode writeV3(Codec codec) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("name", codec.name());
        if (codec instanceof Blosc blosc) {
            node.putObject("configuration")
                    .put("cname", blosc.compressor())
                    .put("clevel", blosc.level())
                    .put("shuffle", blosc.shuffle().name().toLowerCase(java.util.Locale.ROOT))
                    .put("typesize", blosc.typeSize())
                    .put("blocksize", blosc.blockSize());
        } else if (codec instanceof Zstd zstd) {
            node.putObject("configuration").put("level", zstd.level()).put("checksum", zstd.checksum());
        } else if (codec instanceof Gzip gzip) {
            node.putObject("configuration").put("level", gzip.level());
        } else if (!(codec instanceof Crc32c)) {
            throw new IllegalArgumentException(codec.name() + " in Zarr v3");
        }
        return node;
    }

    private static Codec parse(Object location, String name, JsonNode node, int typeSize) throws ImageFormatException {
        try {
            return switch (name) {
                case "blosc" ->
                    new Blosc(
                            node.path("cname").asText("lz4"),
                            node.path("clevel").asInt(5),
                            parseShuffle(node.path("shuffle"), typeSize),
                            node.path("typesize").asInt(typeSize),
                            node.path("blocksize").asInt(0));
                case "crc32c" -> new Crc32c();
                case "gzip" -> new Gzip(node.path("level").asInt(1));
                case "lz4" -> new Lz4();
                case "zlib" -> new Zlib(node.path("level").asInt(1));
                default ->
                    new Zstd(node.path("level").asInt(0), node.path("checksum").asBoolean(false));
            };
        } catch (IllegalArgumentException e) {
            throw new ImageFormatException(
                    location, "a codec \"" + name + "\" of " + e.getMessage(), "a configuration it knows", e);
        }
    }

    private static Blosc.Filter parseShuffle(JsonNode shuffle, int typeSize) {
        return switch (shuffle.asText("shuffle")) {
            case "0", "noshuffle" -> Blosc.Filter.NOSHUFFLE;
            case "1", "shuffle" -> Blosc.Filter.SHUFFLE;
            case "2", "bitshuffle" -> Blosc.Filter.BITSHUFFLE;
            case "-1" -> typeSize == 1 ? Blosc.Filter.BITSHUFFLE : Blosc.Filter.SHUFFLE; // numcodecs' AUTOSHUFFLE
            default -> throw new IllegalArgumentException("shuffle " + shuffle);
        };
    }

    static ByteOrder parseByteOrder(Object location, JsonNode endian, PixelType pixelType) throws ImageFormatException {
        String text = endian == null ? "" : endian.asText();
        if (text.equals("little") || text.isEmpty() && pixelType.bytes() == 1) {
            return ByteOrder.LITTLE_ENDIAN;
        } else if (text.equals("big")) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw new ImageFormatException(
                location, "the byte order \"" + text + "\"", "an \"endian\" of little or big in the codec \"bytes\"");
    }

    private static List<Integer> parseOrder(Object location, JsonNode order, int axes) throws ImageFormatException {
        List<Integer> result = new ArrayList<>();
        if (order != null && order.isArray()) {
            order.forEach(axis -> result.add(axis.asInt(-1)));
        } else if (order != null && order.asText().equals("F")) { // as an early draft had it
            for (int axis = axes - 1; axis >= 0; axis--) {
                result.add(axis);
            }
        }
        if (!result.stream().sorted().toList().equals(ChunkCodec.naturalOrder(axes))) {
            throw new ImageFormatException(
                    location, "the order " + order + " in the codec \"transpose\"", "each of " + axes + " axes once");
        }
        return result;
    }

    /** The order of axes after two transpositions. */
    private static List<Integer> compose(List<Integer> first, List<Integer> second) {
        return second.stream().map(first::get).toList();
    }

    private static void requireBefore(Object location, String name, ByteOrder byteOrder) throws ImageFormatException {
        if (byteOrder != null) {
            throw new ImageFormatException(
                    location, "the codec \"" + name + "\" after one that makes bytes", "it before, and once");
        }
    }

    /** A codec's name; v3 allows to write a codec without configuration as its bare name. */
    static String name(JsonNode codec) {
        String name = codec.isTextual() ? codec.asText() : codec.path("name").asText("without a name");
        return name.startsWith(PYTHON_PREFIX) ? name.substring(PYTHON_PREFIX.length()) : name;
    }
}
