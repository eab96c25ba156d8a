package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.message.ImageFormatException;

/** The codecs there are, and the lists of codecs in the metadata of Zarr arrays, version 2 and 3. */
public final class Codecs {
    /** All codecs; those that users choose in the order in which they are offered. */
    private static final List<ZarrCodec> ALL = List.of(
            new TransposeCodec(),
            new BytesCodec(),
            ZstdCodec.CODEC,
            BloscCodec.CODEC,
            GzipCodec.CODEC,
            ZlibCodec.CODEC,
            Lz4Codec.CODEC,
            ArchiveCodecs.BZ2,
            ArchiveCodecs.LZMA,
            Crc32cCodec.CODEC);

    private static final int MOST = 100;
    private static final int MOST_SHARDINGS = 8;
    static final String COPY = "as in a copy that zarr-python writes";
    private static final String PYTHON_PREFIX = "numcodecs."; // what zarr-python calls codecs outside the v3 core

    /**
     * What the {@code codecs} of a v3 array come to.
     *
     * @param chunk how a chunk is stored: an inner one where the array is sharded
     * @param shardings how chunks are put together in one file, and these in turn, outermost first; empty where they are not
     */
    public record Pipeline(ChunkCodec chunk, List<Sharding> shardings) {}

    private Codecs() {}

    /**
     * The codecs of a v2 array: its {@code filters}, if any, then its {@code compressor}.
     *
     * @param location what to name in errors: the file of the metadata
     */
    public static List<Codec> parseV2(Object location, JsonNode compressor, JsonNode filters)
            throws ImageFormatException {
        List<Codec> codecs = new ArrayList<>(new NumcodecsFilters(location, Optional.empty()).parse(filters));
        if (compressor == null || compressor.isNull()) {
            return List.copyOf(codecs);
        }
        String id = compressor.path("id").asText("without an id");
        codecs.add(parseV2(id, compressor)
                .orElseThrow(() -> new ImageFormatException(
                        location, "the compressor \"" + id + "\"", names() + " or none, " + COPY)));
        return List.copyOf(codecs);
    }

    /** A codec by its name and what stands beside it in version 2; nothing where there is none of that name. */
    static Optional<Codec> parseV2(String id, JsonNode configuration) {
        return bytesToBytes()
                .filter(codec -> codec.name().equals(id))
                .findFirst()
                .map(codec -> codec.parsing().parse(configuration, 1));
    }

    /**
     * The codecs of a v3 array.
     *
     * @param location what to name in errors: the file of the metadata
     * @param shape of the chunk grid's cells: of the shards where the array is sharded
     */
    public static Pipeline parseV3(Object location, JsonNode codecs, StoredType type, List<Integer> shape)
            throws ImageFormatException {
        List<Sharding> shardings = new ArrayList<>();
        AxisOrder axisOrder = AxisOrder.unchanged(shape.size());
        List<Integer> cell = shape;
        JsonNode chain = codecs;
        for (int at = sharding(chain); at >= 0; at = sharding(chain)) {
            if (chain.size() > at + 1) {
                throw new ImageFormatException(
                        location,
                        "the codec \"" + name(chain.get(at + 1)) + "\" around shards",
                        "sharding_indexed alone, or after transpose");
            }
            if (shardings.size() == MOST_SHARDINGS) {
                throw new ImageFormatException(
                        location, "shards in more than " + MOST_SHARDINGS + " others", "at most so many");
            }
            axisOrder = transposed(location, chain, at, axisOrder);
            JsonNode configuration = chain.get(at).path("configuration");
            Sharding sharding = Sharding.parse(location, configuration, cell, axisOrder);
            shardings.add(sharding);
            cell = sharding.chunkShape();
            chain = configuration.get("codecs");
        }
        return new Pipeline(parseChain(location, chain, type, cell, axisOrder), List.copyOf(shardings));
    }

    /** Where in a list of codecs shards are made, after nothing but other orders of axes; −1 where they are not. */
    private static int sharding(JsonNode codecs) {
        for (int i = 0; codecs != null && i < Math.min(MOST, codecs.size()); i++) {
            String name = name(codecs.get(i));
            if (name.equals(Sharding.NAME)) {
                return i;
            } else if (ALL.stream()
                    .noneMatch(codec -> codec instanceof ZarrCodec.ArrayToArray
                            && codec.name().equals(name))) {
                return -1;
            }
        }
        return -1;
    }

    private static AxisOrder transposed(Object location, JsonNode codecs, int count, AxisOrder before)
            throws ImageFormatException {
        AxisOrder axisOrder = before;
        for (int i = 0; i < count; i++) {
            ZarrCodec.ArrayToArray codec = (ZarrCodec.ArrayToArray) codec(location, name(codecs.get(i)));
            axisOrder = codec.axisOrder(location, codecs.get(i).path("configuration"), axisOrder);
        }
        return axisOrder;
    }

    /** @param before how axes are ordered already, by what stands around */
    static ChunkCodec parseChain(
            Object location, JsonNode codecs, StoredType type, List<Integer> shape, AxisOrder before)
            throws ImageFormatException {
        if (codecs == null || !codecs.isArray()) {
            throw new ImageFormatException(location, "no list of codecs", "one under \"codecs\"");
        }
        if (codecs.size() > MOST) {
            throw new ImageFormatException(location, codecs.size() + " codecs", "at most " + MOST);
        }
        AxisOrder axisOrder = before;
        ByteOrder byteOrder = null;
        List<Codec> chain = new ArrayList<>();
        List<JsonNode> filters = new ArrayList<>();
        StoredType stored = type;
        for (JsonNode json : codecs) {
            if (byteOrder == null && NumcodecsFilters.isOfValues(name(json))) {
                filters.add(json);
                stored = NumcodecsFilters.stored(name(json), json.path("configuration"), stored);
                continue;
            }
            JsonNode configuration = json.path("configuration");
            if (byteOrder != null && NumcodecsFilters.isOfBytes(name(json))) {
                chain.addAll(new NumcodecsFilters(location, Optional.of(byteOrder)).parse(name(json), configuration));
                continue;
            }
            ZarrCodec codec = codec(location, name(json));
            if (codec instanceof BytesToBytes<?> bytes) {
                if (byteOrder == null) {
                    throw new ImageFormatException(
                            location,
                            "the codec \"" + codec.name() + "\" where none has made bytes",
                            "\"bytes\" before it");
                }
                chain.add(bytes.parsing().parse(configuration, type.bits().bytes()));
            } else if (byteOrder != null) {
                throw new ImageFormatException(
                        location,
                        "the codec \"" + codec.name() + "\" after one that makes bytes",
                        "it before, and once");
            } else if (!filters.isEmpty() && codec instanceof ZarrCodec.ArrayToArray) {
                throw new ImageFormatException(
                        location,
                        "the codec \"" + codec.name() + "\" after \"" + name(filters.get(0)) + "\"",
                        "it before");
            } else if (codec instanceof ZarrCodec.ArrayToArray array) {
                axisOrder = array.axisOrder(location, configuration, axisOrder);
            } else if (codec instanceof ZarrCodec.ArrayToBytes values) {
                byteOrder = values.byteOrder(location, configuration, stored.bits());
                for (JsonNode filter : filters) {
                    chain.addAll(new NumcodecsFilters(location, Optional.of(byteOrder))
                            .parse(name(filter), filter.path("configuration")));
                }
            }
        }
        if (ChunkCodec.decodedBytes(type.pixelType(), shape) < 0) {
            throw new ImageFormatException(
                    location,
                    "chunks of " + shape + " values of type " + type.pixelType().label(),
                    "chunks of less than 2 GiB");
        }
        if (byteOrder == null) {
            throw new ImageFormatException(location, "no codec that makes bytes", "\"bytes\" or \"sharding_indexed\"");
        }
        return new ChunkCodec(type, shape, axisOrder, byteOrder, chain);
    }

    private static ZarrCodec codec(Object location, String name) throws ImageFormatException {
        for (ZarrCodec codec : ALL) {
            if (codec.name().equals(name)) {
                return codec;
            }
        }
        String arrays = ALL.stream()
                .filter(codec -> !(codec instanceof BytesToBytes<?>))
                .map(ZarrCodec::name)
                .collect(Collectors.joining(", "));
        throw new ImageFormatException(
                location,
                "the codec \"" + name + "\"",
                arrays + ", " + names() + ", or " + Sharding.NAME + " around them");
    }

    /**
     * A codec as the {@code compressor} of a v2 array, or as one of the {@code codecs} of a v3 array.
     *
     * @param zarrFormat 2 or 3
     * @throws IllegalArgumentException when arrays of that version are not written with it
     */
    public static ObjectNode write(int zarrFormat, Codec codec) {
        checkWritten(zarrFormat, codec);
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ObjectNode configuration = JsonNodeFactory.instance.objectNode();
        BytesToBytes<?> known = known(codec);
        write(known, codec, zarrFormat, configuration);
        if (zarrFormat == 2) {
            return node.put("id", known.name()).setAll(configuration);
        }
        node.put("name", known.name());
        return configuration.isEmpty() ? node : node.set("configuration", configuration);
    }

    /**
     * The {@code codecs} of a v3 array, its values little-endian.
     *
     * @param codec the compression, if any
     * @param sharding how chunks are put together in one file, if they are
     */
    public static ArrayNode writeV3(Optional<Codec> codec, Optional<Sharding> sharding) {
        ArrayNode codecs = JsonNodeFactory.instance.arrayNode().add(BytesCodec.write(ByteOrder.LITTLE_ENDIAN));
        codec.ifPresent(chosen -> codecs.add(write(3, chosen)));
        return sharding.map(around -> JsonNodeFactory.instance.arrayNode().add(around.write(codecs)))
                .orElse(codecs);
    }

    private static <C extends Codec> void write(
            BytesToBytes<C> known, Codec codec, int zarrFormat, ObjectNode configuration) {
        known.writing().write(known.type().cast(codec), zarrFormat, configuration);
    }

    /** @throws IllegalArgumentException when arrays of that version, 2 or 3, are not written with that codec */
    public static void checkWritten(int zarrFormat, Codec codec) {
        if (!known(codec).written().contains(zarrFormat)) {
            throw new IllegalArgumentException(known(codec).name() + " in Zarr v" + zarrFormat);
        }
        if (!codec.canEncode()) {
            throw new IllegalArgumentException("encoding " + codec);
        }
    }

    /** The names of the compressions that users can choose for arrays of a version, 2 or 3. */
    public static List<String> choices(int zarrFormat) {
        return written(zarrFormat)
                .flatMap(codec -> codec.choices().stream())
                .map(BytesToBytes.Choice::name)
                .toList();
    }

    /** The levels of a compression that users can choose: "a level from 0 to 9", or "no level". */
    public static String levels(String name) {
        BytesToBytes.Choice choice = choice(name);
        return choice.least() == choice.greatest()
                ? "no level"
                : "a level from " + choice.least() + " to " + choice.greatest();
    }

    /**
     * A compression that users can choose.
     *
     * @param name one of {@link #choices}
     * @param level empty for its usual one
     * @throws IllegalArgumentException when there is no such name or level
     */
    public static Codec choose(String name, Optional<Integer> level, PixelType pixelType) {
        BytesToBytes.Choice choice = choice(name);
        return choice.codec().codec(level.orElse(choice.usualLevel()), pixelType);
    }

    private static BytesToBytes.Choice choice(String name) {
        return bytesToBytes()
                .flatMap(codec -> codec.choices().stream())
                .filter(choice -> choice.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name));
    }

    private static BytesToBytes<?> known(Codec codec) {
        return bytesToBytes()
                .filter(known -> known.type().isInstance(codec))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(codec + " in Zarr"));
    }

    private static Stream<BytesToBytes<?>> bytesToBytes() {
        return ALL.stream().filter(BytesToBytes.class::isInstance).map(codec -> (BytesToBytes<?>) codec);
    }

    private static Stream<BytesToBytes<?>> written(int zarrFormat) {
        return bytesToBytes().filter(codec -> codec.written().contains(zarrFormat));
    }

    private static String names() {
        return bytesToBytes().map(ZarrCodec::name).sorted().collect(Collectors.joining(", "));
    }

    /** A codec's name; v3 allows to write a codec without configuration as its bare name. */
    private static String name(JsonNode codec) {
        String name = codec.isTextual() ? codec.asText() : codec.path("name").asText("without a name");
        return name.startsWith(PYTHON_PREFIX) ? name.substring(PYTHON_PREFIX.length()) : name;
    }
}
