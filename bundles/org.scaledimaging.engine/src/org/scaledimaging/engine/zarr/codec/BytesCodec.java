package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/bytes/index.html">bytes</a>, as in
 * {@code {"name": "bytes", "configuration": {"endian": "little"}}}.
 */
final class BytesCodec implements ZarrCodec.ArrayToBytes {
    private static final String NAME = "bytes";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public ByteOrder byteOrder(Object location, JsonNode configuration, PixelType pixelType)
            throws ImageFormatException {
        String text = configuration.path("endian").asText();
        if (text.equals("little") || text.isEmpty() && pixelType.bytes() == 1) {
            return ByteOrder.LITTLE_ENDIAN;
        } else if (text.equals("big")) {
            return ByteOrder.BIG_ENDIAN;
        }
        throw new ImageFormatException(
                location, "the byte order \"" + text + "\"", "an \"endian\" of little or big in the codec \"bytes\"");
    }

    static ObjectNode write(ByteOrder byteOrder) {
        ObjectNode codec = JsonNodeFactory.instance.objectNode().put("name", NAME);
        codec.putObject("configuration").put("endian", byteOrder == ByteOrder.BIG_ENDIAN ? "big" : "little");
        return codec;
    }
}
