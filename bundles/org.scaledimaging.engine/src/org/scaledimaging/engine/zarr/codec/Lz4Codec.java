package org.scaledimaging.engine.zarr.codec;

import java.util.List;
import org.scaledimaging.engine.compress.lz4.Lz4;

/**
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/lz4.html">lz4</a>, as in
 * {@code {"id": "lz4", "acceleration": 1}}. Version 3 has it as an extension of numcodecs alone, which is read, not written.
 */
final class Lz4Codec {
    static final BytesToBytes<Lz4> CODEC = new BytesToBytes<>(
            "lz4",
            Lz4.class,
            List.of(2),
            (configuration, typeSize) -> new Lz4(),
            (codec, zarrFormat, configuration) -> configuration.put("acceleration", 1),
            List.of(new BytesToBytes.Choice("lz4", 1, 1, 1, (level, type) -> new Lz4())));

    private Lz4Codec() {}
}
