package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scaledimaging.engine.compress.Lz4;

/**
 * <a href="https://numcodecs.readthedocs.io/en/stable/compression/lz4.html">lz4</a>, as in
 * {@code {"id": "lz4", "acceleration": 1}}. Version 3 has it as an extension of numcodecs alone, which is read, not written.
 */
final class Lz4Codec implements BytesToBytes<Lz4> {
    @Override
    public String name() {
        return "lz4";
    }

    @Override
    public Class<Lz4> type() {
        return Lz4.class;
    }

    @Override
    public boolean isWrittenIn(int zarrFormat) {
        return zarrFormat == 2;
    }

    @Override
    public Lz4 parse(JsonNode configuration, int typeSize) {
        return new Lz4();
    }

    @Override
    public void write(Lz4 codec, int zarrFormat, ObjectNode configuration) {
        configuration.put("acceleration", 1);
    }

    @Override
    public List<Choice> choices() {
        return List.of(new Choice("lz4", 1, 1, 1, (level, type) -> new Lz4()));
    }
}
