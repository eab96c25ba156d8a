package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.compress.archive.Lzma;

/**
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/lzma.html">lzma</a> of numcodecs, as in
 * {@code {"id": "lzma", "format": 1, "check": -1, "preset": null, "filters": null}}. It is read, not written.
 */
final class LzmaCodec {
    static final BytesToBytes<Lzma> CODEC = new BytesToBytes<>(
            "lzma",
            Lzma.class,
            List.of(),
            (configuration, typeSize) -> parse(configuration),
            (codec, zarrFormat, configuration) -> {},
            List.of());

    /** Of data without a header; these say themselves how they are to be read. */
    private static final int RAW = 3;

    private static final int LEAST_DICTIONARY = 1 << 18;
    private static final int USUAL_PRESET = 6;
    private static final int MOST_PRESET = 9;
    private static final int MOST_FILTERS = 4;

    private LzmaCodec() {}

    private static Lzma parse(JsonNode configuration) {
        List<Lzma.Filter> filters = new ArrayList<>();
        if (configuration.path("format").asInt(1) == RAW) {
            for (JsonNode filter : configuration.path("filters")) {
                long id = filter.path("id").asLong();
                long value = id == Lzma.DELTA
                        ? filter.path("dist").asLong(1)
                        : filter.path("dict_size").asLong(dictionary(filter.path("preset")));
                filters.add(new Lzma.Filter(id, value));
                if (filters.size() == MOST_FILTERS) {
                    break; // as many as the format allows
                }
            }
        }
        return new Lzma(filters);
    }

    /** At least what a preset of xz takes: 64 MiB for the greatest. */
    private static long dictionary(JsonNode preset) {
        int number = Math.min(MOST_PRESET, (int) preset.asLong(USUAL_PRESET) & 15); // higher bits ask for more effort
        return (long) LEAST_DICTIONARY << Math.min(8, number + 1);
    }
}
