package org.scaledimaging.engine.zarr.codec;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.compress.Codec;

/**
 * A compression or checksum: how a {@link Codec} is written down in metadata, and under which names users choose it.
 *
 * @param <C> the codec
 */
non-sealed interface BytesToBytes<C extends Codec> extends ZarrCodec {

    /** The codec's class. */
    Class<C> type();

    /** Whether arrays of that version, 2 or 3, are written with it. */
    default boolean isWrittenIn(int zarrFormat) {
        return true;
    }

    /**
     * Reads its configuration.
     *
     * @param configuration may lack any of it
     * @param typeSize bytes per value of the array; 1 in version 2
     * @throws IllegalArgumentException when there is no such configuration
     */
    C parse(JsonNode configuration, int typeSize);

    /** Writes its configuration into an empty object: what stands beside its name in version 2. */
    void write(C codec, int zarrFormat, ObjectNode configuration);

    /** What users can choose of it. */
    default List<Choice> choices() {
        return List.of();
    }

    /**
     * A compression that users can choose.
     *
     * @param name as they write it
     * @param least level
     * @param greatest level; the least where there is but one
     * @param usualLevel where they give none
     * @param codec of a level
     */
    record Choice(String name, int least, int greatest, int usualLevel, OfLevel codec) {}

    /** Makes a codec. */
    @FunctionalInterface
    interface OfLevel {
        /** @throws IllegalArgumentException when there is no such level */
        Codec codec(int level, PixelType pixelType);
    }
}
