package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Checksum32;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.Delta;
import org.scaledimaging.engine.compress.Fletcher32;
import org.scaledimaging.engine.compress.blosc.ByteShuffle;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.zarr.codec.StoredNumbers.NumberType;

/**
 * The <a href="https://numcodecs.readthedocs.io/en/stable/">filters</a> of Zarr 2 that are read, not written: in Zarr 3
 * those that change values, under the names of numcodecs.
 */
final class NumcodecsFilters {
    /** Those that change values one by one, or in the order in which they are stored. */
    private static final List<String> OF_VALUES =
            List.of("delta", "fixedscaleoffset", "astype", "quantize", "bitround", "packbits");

    /** Those that take bytes, whatever the values. */
    private static final List<String> OF_BYTES = List.of("shuffle", "fletcher32", "crc32", "adler32");

    private static final int MOST = 8;
    private static final int LONGEST = 256;

    private final Object location;
    private final Optional<ByteOrder> order;

    /**
     * @param location what to name in errors: the file of the metadata
     * @param order of the bytes of all values; nothing where each type says it
     */
    NumcodecsFilters(Object location, Optional<ByteOrder> order) {
        this.location = location;
        this.order = order;
    }

    /** Whether a codec of Zarr 3 is one of these, which stand before the one that makes bytes. */
    static boolean isOfValues(String name) {
        return OF_VALUES.contains(name);
    }

    /** Whether a codec is one of those that take bytes, and stand after the one that makes them. */
    static boolean isOfBytes(String name) {
        return OF_BYTES.contains(name);
    }

    /** In which type values are stored after such a codec; that of before where it does not say. */
    static StoredType stored(String name, JsonNode configuration, StoredType before) {
        if (name.equals("packbits")) {
            return StoredType.of(PixelType.UINT8);
        }
        String type = name.equals("astype")
                ? configuration.path("encode_dtype").asText()
                : stored(configuration).asText();
        return known(type).orElse(before);
    }

    private static Optional<StoredType> known(String type) {
        String code = type.replaceFirst("^[<>|=]", "");
        return StoredType.ofCode(code).or(() -> StoredType.ofLabel(code));
    }

    /**
     * The {@code filters} of Zarr 2.
     *
     * @return in the order of encoding
     */
    List<Codec> parse(JsonNode filters) throws ImageFormatException {
        if (filters == null || filters.isNull()) {
            return List.of();
        }
        if (!filters.isArray() || filters.size() > MOST) {
            throw new ImageFormatException(
                    location,
                    filters.isArray() ? filters.size() + " filters" : "no list of filters",
                    "at most " + MOST);
        }
        List<Codec> codecs = new ArrayList<>();
        for (JsonNode filter : filters) {
            codecs.addAll(parse(filter.path("id").asText("unknown"), filter));
        }
        return codecs;
    }

    /**
     * One filter; what rounds values before they are stored takes nothing to read.
     *
     * @return in the order of encoding
     */
    List<Codec> parse(String id, JsonNode filter) throws ImageFormatException {
        return switch (id) {
            case "delta" -> delta(filter);
            case "shuffle" -> List.of(shuffle(filter));
            case "fletcher32" -> List.of(new Fletcher32());
            case "crc32" -> List.of(checksum(Checksum32.Kind.CRC32, filter));
            case "adler32" -> List.of(checksum(Checksum32.Kind.ADLER32, filter));
            case "astype" -> numbers(id, filter.path("encode_dtype"), filter.path("decode_dtype"), 1, 0);
            case "quantize" -> numbers(id, stored(filter), filter.path("dtype"), 1, 0);
            case "fixedscaleoffset" -> {
                double scale = filter.path("scale").asDouble(Double.NaN);
                double offset = filter.path("offset").asDouble(Double.NaN);
                if (!Double.isFinite(scale) || scale == 0 || !Double.isFinite(offset)) {
                    throw new ImageFormatException(
                            location,
                            "the filter \"" + id + "\" with scale " + filter.path("scale") + " and offset "
                                    + filter.path("offset"),
                            "numbers, a scale other than 0");
                }
                yield numbers(id, stored(filter), filter.path("dtype"), scale, offset);
            }
            case "bitround" -> List.of();
            case "packbits" -> List.of(new PackedBooleans());
            default -> // a compression may stand here, too
                List.of(Codecs.parseV2(id, filter)
                        .orElseThrow(() -> new ImageFormatException(
                                location,
                                "the filter \"" + id + "\"",
                                String.join(", ", OF_VALUES) + ", " + String.join(", ", OF_BYTES)
                                        + ", a compression, or an array without filters, " + Codecs.COPY)));
        };
    }

    private static JsonNode stored(JsonNode filter) {
        return filter.hasNonNull("astype") ? filter.path("astype") : filter.path("dtype");
    }

    private List<Codec> delta(JsonNode filter) throws ImageFormatException {
        NumberType values = type("delta", filter.path("dtype"));
        if (values.type().isHalf() || filter.path("dtype").asText().contains("b")) {
            throw unknownType("delta", filter.path("dtype"));
        }
        List<Codec> codecs = new ArrayList<>(List.of(new Delta(values.type().pixelType(), values.order())));
        codecs.addAll(numbers("delta", stored(filter), filter.path("dtype"), 1, 0));
        return codecs;
    }

    /** Nothing where values are stored as what they are. */
    private List<Codec> numbers(String id, JsonNode stored, JsonNode values, double scale, double offset)
            throws ImageFormatException {
        NumberType from = type(id, stored);
        NumberType to = type(id, values);
        boolean plain = scale == 1 && offset == 0;
        if (plain && from.equals(to)) {
            return List.of();
        }
        boolean whole = plain && from.isInteger() && to.isInteger();
        boolean exact = whole || !isLong(from) && !isLong(to); // a double does not hold all integers of 64 bits
        if (to.type().isHalf() || !exact) {
            throw new ImageFormatException(
                    location,
                    "the filter \"" + id + "\" of " + values.asText() + " stored as " + stored.asText(),
                    "other types, or an array without filters, " + Codecs.COPY);
        }
        return List.of(new StoredNumbers(from, to, scale, offset));
    }

    private static boolean isLong(NumberType type) {
        return type.isInteger() && type.bytes() == 8;
    }

    /** By numpy's codes, with or without the order of bytes, and by its names. */
    private NumberType type(String id, JsonNode json) throws ImageFormatException {
        String text = json.asText();
        StoredType type = known(text).orElseThrow(() -> unknownType(id, json));
        ByteOrder own = text.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NumberType(type, order.orElse(own));
    }

    private ImageFormatException unknownType(String id, JsonNode json) {
        return new ImageFormatException(
                location,
                "the filter \"" + id + "\" of " + json.asText("no type"),
                "one of "
                        + List.of(PixelType.values()).stream()
                                .map(PixelType::label)
                                .toList());
    }

    private static Codec checksum(Checksum32.Kind kind, JsonNode filter) {
        return new Checksum32(kind, !filter.path("location").asText().equals("end"));
    }

    private Codec shuffle(JsonNode filter) throws ImageFormatException {
        int size = filter.path("elementsize").asInt(4); // as numcodecs has it where nothing is said
        if (size < 0 || size > LONGEST) {
            throw new ImageFormatException(
                    location, "the filter \"shuffle\" of " + size + " bytes", "0 to " + LONGEST + " bytes");
        }
        return new ByteShuffle(Math.max(1, size));
    }
}
