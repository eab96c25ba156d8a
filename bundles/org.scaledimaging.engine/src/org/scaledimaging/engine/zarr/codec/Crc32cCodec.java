package org.scaledimaging.engine.zarr.codec;

import java.util.List;
import org.scaledimaging.engine.compress.Crc32c;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/crc32c/index.html">crc32c</a>, as in
 * {@code {"name": "crc32c"}}.
 */
final class Crc32cCodec {
    static final BytesToBytes<Crc32c> CODEC = new BytesToBytes<>(
            "crc32c",
            Crc32c.class,
            List.of(3),
            (configuration, typeSize) -> new Crc32c(),
            (codec, zarrFormat, configuration) -> {},
            List.of());

    private Crc32cCodec() {}
}
