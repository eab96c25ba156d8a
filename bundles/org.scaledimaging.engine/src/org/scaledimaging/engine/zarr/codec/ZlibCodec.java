package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scaledimaging.engine.compress.Zlib;

/**
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/zlib.html">zlib</a>, as in
 * {@code {"id": "zlib", "level": 5}}. Version 3 has it as an extension of numcodecs alone, which is read, not written.
 */
final class ZlibCodec implements BytesToBytes<Zlib> {
    @Override
    public String name() {
        return "zlib";
    }

    @Override
    public Class<Zlib> type() {
        return Zlib.class;
    }

    @Override
    public boolean isWrittenIn(int zarrFormat) {
        return zarrFormat == 2;
    }

    @Override
    public Zlib parse(JsonNode configuration, int typeSize) {
        return new Zlib(configuration.path("level").asInt(1));
    }

    @Override
    public void write(Zlib codec, int zarrFormat, ObjectNode configuration) {
        configuration.put("level", codec.level());
    }

    @Override
    public List<Choice> choices() {
        return List.of(new Choice("zlib", 0, 9, 5, (level, type) -> new Zlib(level)));
    }
}
