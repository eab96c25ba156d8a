package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import org.scaledimaging.engine.compress.blosc.Blosc;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/blosc/index.html">blosc</a>, as in
 * {@code {"name": "blosc", "configuration": {"cname": "lz4", "clevel": 5, "shuffle": "shuffle", "typesize": 2,
 * "blocksize": 0}}}; version 2: {@code {"id": "blosc", "cname": "lz4", "clevel": 5, "shuffle": 1, "blocksize": 0}}.
 */
final class BloscCodec {
    static final BytesToBytes<Blosc> CODEC = new BytesToBytes<>(
            "blosc",
            Blosc.class,
            List.of(2, 3),
            BloscCodec::parse,
            BloscCodec::write,
            List.of(choice("lz4", 5), choice("zstd", 1)));

    private BloscCodec() {}

    private static Blosc parse(JsonNode configuration, int typeSize) {
        String compressor = configuration.path("cname").asText();
        int written = configuration.path("typesize").asInt(typeSize);
        return new Blosc(
                Blosc.COMPRESSORS.contains(compressor) ? compressor : "lz4",
                BytesToBytes.level(configuration, "clevel", 0, 9, 5),
                parseShuffle(configuration.path("shuffle"), typeSize),
                written < 1 || written > 255 ? typeSize : written,
                Math.max(0, configuration.path("blocksize").asInt(0)));
    }

    /** What a chunk was filtered by stands in its own header: an unknown name here is no reason to refuse it. */
    private static Blosc.Filter parseShuffle(JsonNode shuffle, int typeSize) {
        return switch (shuffle.asText("shuffle")) {
            case "0", "noshuffle" -> Blosc.Filter.NOSHUFFLE;
            case "2", "bitshuffle" -> Blosc.Filter.BITSHUFFLE;
            case "-1" -> typeSize == 1 ? Blosc.Filter.BITSHUFFLE : Blosc.Filter.SHUFFLE; // numcodecs' AUTOSHUFFLE
            default -> Blosc.Filter.SHUFFLE;
        };
    }

    private static void write(Blosc codec, int zarrFormat, ObjectNode configuration) {
        configuration.put("cname", codec.compressor()).put("clevel", codec.level());
        if (zarrFormat == 2) {
            configuration.put("shuffle", codec.shuffle().ordinal());
        } else {
            configuration
                    .put("shuffle", codec.shuffle().name().toLowerCase(Locale.ROOT))
                    .put("typesize", codec.typeSize());
        }
        configuration.put("blocksize", codec.blockSize());
    }

    private static BytesToBytes.Choice choice(String compressor, int usualLevel) {
        return new BytesToBytes.Choice(
                "blosc-" + compressor,
                0,
                9,
                usualLevel,
                (level, type) -> new Blosc(compressor, level, Blosc.Filter.SHUFFLE, type.bytes(), 0));
    }
}
