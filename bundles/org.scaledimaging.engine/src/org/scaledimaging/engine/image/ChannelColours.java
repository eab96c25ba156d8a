package org.scaledimaging.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Colours of channels, as other formats than OME-Zarr have them, the way that OME-Zarr has them. */
public final class ChannelColours {
    private ChannelColours() {}

    /**
     * Names and colours as OME-Zarr has them under {@code omero}; nothing where there are no colours.
     *
     * @param names one for each channel, or none
     * @param colours one for each channel as 0xRRGGBB, or none
     */
    public static Optional<JsonNode> omero(List<String> names, List<Optional<Integer>> colours) {
        if (colours.isEmpty()) {
            return Optional.empty();
        }
        ObjectNode omero = JsonNodeFactory.instance.objectNode();
        ArrayNode shown = omero.putArray("channels");
        for (int channel = 0; channel < colours.size(); channel++) {
            ObjectNode json = shown.addObject();
            if (!names.isEmpty()) {
                json.put("label", names.get(channel));
            }
            colours.get(channel).ifPresent(colour -> json.put("color", String.format("%06X", colour)));
            json.put("active", true);
        }
        return Optional.of(omero);
    }
}
