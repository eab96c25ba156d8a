package org.scaledimaging.engine.zarr.codec;

import java.util.List;
import org.scaledimaging.engine.compress.Zlib;

/**
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/zlib.html">zlib</a>, as in
 * {@code {"id": "zlib", "level": 5}}. Version 3 has it as an extension of numcodecs alone, which is read, not written.
 */
final class ZlibCodec {
    static final BytesToBytes<Zlib> CODEC = new BytesToBytes<>(
            "zlib",
            Zlib.class,
            List.of(2),
            (configuration, typeSize) -> new Zlib(BytesToBytes.level(configuration, "level", 0, 9, 5)),
            (codec, zarrFormat, configuration) -> configuration.put("level", codec.level()),
            List.of(new BytesToBytes.Choice("zlib", 0, 9, 5, (level, type) -> new Zlib(level))));

    private ZlibCodec() {}
}
