package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scaledimaging.engine.compress.Gzip;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/gzip/index.html">gzip</a>, as in
 * {@code {"name": "gzip", "configuration": {"level": 5}}}; version 2: {@code {"id": "gzip", "level": 5}}.
 */
final class GzipCodec implements BytesToBytes<Gzip> {
    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public Class<Gzip> type() {
        return Gzip.class;
    }

    @Override
    public Gzip parse(JsonNode configuration, int typeSize) {
        return new Gzip(configuration.path("level").asInt(1));
    }

    @Override
    public void write(Gzip codec, int zarrFormat, ObjectNode configuration) {
        configuration.put("level", codec.level());
    }

    @Override
    public List<Choice> choices() {
        return List.of(new Choice("gzip", 0, 9, 5, (level, type) -> new Gzip(level)));
    }
}
