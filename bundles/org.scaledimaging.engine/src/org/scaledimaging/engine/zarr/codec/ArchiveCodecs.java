package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.scaledimaging.engine.compress.Codec;
import org.scaledimaging.engine.compress.archive.Bzip2;
import org.scaledimaging.engine.compress.archive.Lzma;

/** Compressions of numcodecs that are read, not written. */
final class ArchiveCodecs {
    /**
     * <a href="https://numcodecs.readthedocs.io/en/stable/compression/bz2.html">bz2</a>, as in
     * {@code {"id": "bz2", "level": 1}}.
     */
    static final BytesToBytes<Bzip2> BZ2 = read("bz2", Bzip2.class, configuration -> new Bzip2());

    /**
     * <a href="https://numcodecs.readthedocs.io/en/stable/compression/lzma.html">lzma</a>, as in
     * {@code {"id": "lzma", "format": 1, "check": -1, "preset": null, "filters": null}}.
     */
    static final BytesToBytes<Lzma> LZMA = read("lzma", Lzma.class, ArchiveCodecs::lzma);

    /** Of data without a header; these say themselves how they are to be read. */
    private static final int RAW = 3;

    private static final int LEAST_DICTIONARY = 1 << 18;
    private static final int USUAL_PRESET = 6;
    private static final int MOST_PRESET = 9;
    private static final int MOST_FILTERS = 4;

    private ArchiveCodecs() {}

    private static <C extends Codec> BytesToBytes<C> read(String name, Class<C> type, Function<JsonNode, C> parsing) {
        return new BytesToBytes<>(
                name,
                type,
                List.of(),
                (configuration, typeSize) -> parsing.apply(configuration),
                (codec, zarrFormat, configuration) -> {},
                List.of());
    }

    private static Lzma lzma(JsonNode configuration) {
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
