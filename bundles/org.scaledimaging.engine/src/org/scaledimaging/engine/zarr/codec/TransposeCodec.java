package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/codecs/transpose/index.html">transpose</a>, as in
 * {@code {"name": "transpose", "configuration": {"order": [2, 1, 0]}}}. It is read alone.
 */
final class TransposeCodec implements ZarrCodec.ArrayToArray {
    @Override
    public String name() {
        return "transpose";
    }

    @Override
    public List<Integer> axisOrder(Object location, JsonNode configuration, List<Integer> before)
            throws ImageFormatException {
        JsonNode order = configuration.get("order");
        int axes = before.size();
        List<Integer> axisOrder = new ArrayList<>();
        if (order != null && order.isArray()) {
            order.forEach(axis -> axisOrder.add(axis.asInt(-1)));
        } else if (order != null && order.asText().equals("F")) { // as an early draft had it
            for (int axis = axes - 1; axis >= 0; axis--) {
                axisOrder.add(axis);
            }
        }
        if (!axisOrder.stream().sorted().toList().equals(ChunkCodec.naturalOrder(axes))) {
            throw new ImageFormatException(
                    location, "the order " + order + " in the codec \"transpose\"", "each of " + axes + " axes once");
        }
        return axisOrder.stream().map(before::get).toList();
    }
}
