package org.scaledimaging.engine.zarr.codec;

import java.util.List;
import org.scaledimaging.engine.compress.archive.Bzip2;

/**
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/bz2.html">bz2</a> of numcodecs, as in
 * {@code {"id": "bz2", "level": 1}}. It is read, not written.
 */
final class Bz2Codec {
    static final BytesToBytes<Bzip2> CODEC = new BytesToBytes<>(
            "bz2",
            Bzip2.class,
            List.of(),
            (configuration, typeSize) -> new Bzip2(),
            (codec, zarrFormat, configuration) -> {},
            List.of());

    private Bz2Codec() {}
}
