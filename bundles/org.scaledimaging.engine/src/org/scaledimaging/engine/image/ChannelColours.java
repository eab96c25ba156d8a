package org.scaledimaging.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Colours of channels, as other formats than OME-Zarr have them, the way that OME-Zarr has them. */
public final class ChannelColours {
    private static final List<String> OF_PIXELS = List.of("red", "green", "blue", "alpha");
    private static final List<String> SHOWN = List.of("FF0000", "00FF00", "0000FF", "FFFFFF");
    private static final int VISIBLE = 3;

    private ChannelColours() {}

    /**
     * The image with channels that are the colours of its pixels.
     *
     * @param channels as many as it has: 3 for red, green and blue, 4 with opacity
     */
    public static ImageMetadata ofPixels(ImageMetadata image, int channels) {
        ObjectNode omero = JsonNodeFactory.instance.objectNode();
        ArrayNode shown = omero.putArray("channels");
        for (int i = 0; i < channels; i++) {
            ObjectNode channel = shown.addObject().put("label", OF_PIXELS.get(i));
            channel.put("color", SHOWN.get(i)).put("active", i < VISIBLE);
        }
        return image.withChannels(OF_PIXELS.subList(0, channels), Optional.of(omero));
    }

    /** Whether channels are called as {@link #ofPixels} calls them. */
    public static boolean areOfPixels(ImageMetadata image) {
        int count = image.channelNames().size();
        return count >= VISIBLE
                && count <= OF_PIXELS.size()
                && image.channelNames().equals(OF_PIXELS.subList(0, count));
    }

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
