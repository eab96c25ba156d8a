package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.scaledimaging.engine.compress.Crc32c;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/crc32c/index.html">crc32c</a>, as in
 * {@code {"name": "crc32c"}}.
 */
final class Crc32cCodec implements BytesToBytes<Crc32c> {
    @Override
    public String name() {
        return "crc32c";
    }

    @Override
    public Class<Crc32c> type() {
        return Crc32c.class;
    }

    @Override
    public boolean isWrittenIn(int zarrFormat) {
        return zarrFormat == 3;
    }

    @Override
    public Crc32c parse(JsonNode configuration, int typeSize) {
        return new Crc32c();
    }

    @Override
    public void write(Crc32c codec, int zarrFormat, ObjectNode configuration) {}
}
