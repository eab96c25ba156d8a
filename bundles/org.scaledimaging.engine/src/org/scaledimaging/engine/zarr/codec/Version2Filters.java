package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.ByteShuffle;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.Delta;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * The {@code filters} of Zarr 2 that are read, not written:
 * <a href="https://numcodecs.readthedocs.io/en/stable/filter/delta.html">delta</a> and
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/shuffle.html">shuffle</a>.
 */
final class Version2Filters {
    private static final int MOST = 8;
    private static final int LONGEST = 256;

    private Version2Filters() {}

    /**
     * @param location what to name in errors: the file of the metadata
     * @return in the order of encoding
     */
    static List<Codec> parse(Object location, JsonNode filters) throws ImageFormatException {
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
            codecs.add(parseOne(location, filter));
        }
        return codecs;
    }

    private static Codec parseOne(Object location, JsonNode filter) throws ImageFormatException {
        String id = filter.path("id").asText("unknown");
        return switch (id) {
            case "delta" -> delta(location, filter);
            case "shuffle" -> shuffle(location, filter);
            default ->
                throw new ImageFormatException(
                        location,
                        "the filter \"" + id + "\"",
                        "delta, shuffle or an array without filters, " + Codecs.COPY);
        };
    }

    /** Differences that are kept in another type than the values are refused. */
    private static Codec delta(Object location, JsonNode filter) throws ImageFormatException {
        String dtype = filter.path("dtype").asText();
        String stored = filter.path("astype").asText(dtype);
        Optional<StoredType> type = StoredType.ofCode(dtype.isEmpty() ? "" : dtype.substring(1))
                .filter(known -> !known.isHalf() && !dtype.endsWith("b1"));
        if (type.isEmpty() || !stored.equals(dtype)) {
            throw new ImageFormatException(
                    location,
                    "the filter \"delta\" of " + dtype + " stored as " + stored,
                    "integers, float32 or float64, stored as what they are");
        }
        PixelType values = type.get().pixelType();
        return new Delta(values, dtype.charAt(0) == '>' ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    }

    private static Codec shuffle(Object location, JsonNode filter) throws ImageFormatException {
        int size = filter.path("elementsize").asInt(4); // as numcodecs has it where nothing is said
        if (size < 0 || size > LONGEST) {
            throw new ImageFormatException(
                    location, "the filter \"shuffle\" of " + size + " bytes", "0 to " + LONGEST + " bytes");
        }
        return new ByteShuffle(Math.max(1, size));
    }
}
