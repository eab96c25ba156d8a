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
 * @param type the codec's class
 * @param written which versions of Zarr, 2 or 3, have arrays that are written with it; it is read in both
 * @param choices what users can choose of it
 */
record BytesToBytes<C extends Codec>(
        String name, Class<C> type, List<Integer> written, Parsing<C> parsing, Writing<C> writing, List<Choice> choices)
        implements ZarrCodec {

    /**
     * A level that metadata tell. It says how others wrote, which reading does not depend on, so none is refused: what is no
     * level here, as gzip's −1, becomes the usual or the nearest one.
     */
    static int level(JsonNode configuration, String key, int least, int greatest, int usual) {
        int level = configuration.path(key).asInt(usual);
        return level == -1 && least == 0 ? usual : Math.max(least, Math.min(greatest, level));
    }

    /** Reads a configuration. */
    @FunctionalInterface
    interface Parsing<C> {
        /**
         * @param configuration may lack any of it; what only says how to write is never refused
         * @param typeSize bytes per value of the array; 1 in version 2
         */
        C parse(JsonNode configuration, int typeSize);
    }

    /** Writes a configuration. */
    @FunctionalInterface
    interface Writing<C> {
        /** @param configuration empty: gets what stands beside the name in version 2 */
        void write(C codec, int zarrFormat, ObjectNode configuration);
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
