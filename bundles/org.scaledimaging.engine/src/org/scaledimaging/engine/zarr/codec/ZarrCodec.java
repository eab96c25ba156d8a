package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteOrder;
import org.scaledimaging.engine.block.AxisOrder;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.ImageFormatException;

/**
 * A codec as the metadata of Zarr arrays know it: its name and its JSON, each in a file of its own. The three kinds of the
 * <a href="https://zarr-specs.readthedocs.io/en/latest/v3/core/index.html#codecs">specification</a> are three types.
 * {@link Sharding} stands around all others and is none of these.
 */
sealed interface ZarrCodec permits ZarrCodec.ArrayToArray, ZarrCodec.ArrayToBytes, BytesToBytes {

    /** The name that metadata of either version give it. */
    String name();

    /** Changes in which order the axes of a chunk are stored. */
    non-sealed interface ArrayToArray extends ZarrCodec {
        /**
         * The order of axes after this codec.
         *
         * @param location what to name in errors: the file of the metadata
         * @param before which axis of the array came first, second and so on before
         * @throws ImageFormatException when the configuration is none
         */
        AxisOrder axisOrder(Object location, JsonNode configuration, AxisOrder before) throws ImageFormatException;
    }

    /** Makes bytes of voxels. */
    non-sealed interface ArrayToBytes extends ZarrCodec {
        /**
         * The order of the bytes of a value.
         *
         * @param location what to name in errors: the file of the metadata
         * @throws ImageFormatException when the configuration is none
         */
        ByteOrder byteOrder(Object location, JsonNode configuration, PixelType pixelType) throws ImageFormatException;
    }
}
