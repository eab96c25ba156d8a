package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scaledimaging.engine.compress.Zstd;

/**
 * <a href="https://github.com/zarr-developers/zarr-extensions/tree/main/codecs/zstd">zstd</a>, as in
 * {@code {"name": "zstd", "configuration": {"level": 3, "checksum": false}}}; version 2:
 * {@code {"id": "zstd", "level": 3}}.
 */
final class ZstdCodec {
    static final BytesToBytes<Zstd> CODEC = new BytesToBytes<>(
            "zstd",
            Zstd.class,
            List.of(2, 3),
            (configuration, typeSize) -> new Zstd(
                    BytesToBytes.level(configuration, "level", Zstd.LEAST_LEVEL, Zstd.GREATEST_LEVEL, 0),
                    configuration.path("checksum").asBoolean(false)),
            ZstdCodec::write,
            List.of(new BytesToBytes.Choice(
                    "zstd", Zstd.LEAST_LEVEL, Zstd.GREATEST_LEVEL, 3, (level, type) -> new Zstd(level, false))));

    private ZstdCodec() {}

    private static void write(Zstd codec, int zarrFormat, ObjectNode configuration) {
        configuration.put("level", codec.level());
        if (zarrFormat == 3 || codec.checksum()) { // older readers of version 2 know only the level
            configuration.put("checksum", codec.checksum());
        }
    }
}
