package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.StreamSupport;
import org.scaledimaging.engine.block.AxisOrder;
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
    public AxisOrder axisOrder(Object location, JsonNode configuration, AxisOrder before) throws ImageFormatException {
        JsonNode order = configuration.get("order");
        int axes = before.axes();
        if (order != null && order.asText().equals("F")) { // as an early draft had it
            return before.then(AxisOrder.reversed(axes));
        }
        int[] axisOrder = order == null
                ? new int[0]
                : StreamSupport.stream(order.spliterator(), false)
                        .mapToInt(axis -> axis.asInt(-1))
                        .toArray();
        try {
            return before.then(AxisOrder.of(axisOrder));
        } catch (IllegalArgumentException e) {
            throw new ImageFormatException(
                    location, "the order " + order + " in the codec \"transpose\"", "each of " + axes + " axes once");
        }
    }
}
