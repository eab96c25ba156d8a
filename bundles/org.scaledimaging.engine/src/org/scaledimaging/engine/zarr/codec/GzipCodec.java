package org.scaledimaging.engine.zarr.codec;

import java.util.List;
import org.scaledimaging.engine.compress.Gzip;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/gzip/index.html">gzip</a>, as in
 * {@code {"name": "gzip", "configuration": {"level": 5}}}; version 2: {@code {"id": "gzip", "level": 5}}.
 */
final class GzipCodec {
    static final BytesToBytes<Gzip> CODEC = new BytesToBytes<>(
            "gzip",
            Gzip.class,
            List.of(2, 3),
            (configuration, typeSize) -> new Gzip(BytesToBytes.level(configuration, "level", 0, 9, 5)),
            (codec, zarrFormat, configuration) -> configuration.put("level", codec.level()),
            List.of(new BytesToBytes.Choice("gzip", 0, 9, 5, (level, type) -> new Gzip(level))));

    private GzipCodec() {}
}
