package org.scaledimaging.engine.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.message.Setting;

/** Colours of channels, as other formats than OME-Zarr have them, the way that OME-Zarr has them. */
public final class ChannelColours {
    private static final List<String> OF_PIXELS = List.of("red", "green", "blue", "alpha");
    private static final List<String> SHOWN = List.of("FF0000", "00FF00", "0000FF", "FFFFFF");
    private static final int VISIBLE = 3;
    private static final int LEAST_PIXELS = 16;

    private ChannelColours() {}

    /**
     * The image with channels that are the colours of its pixels.
     *
     * @param channels as many as it has: 3 for red, green and blue, 4 with opacity; of others it stays as it is
     */
    public static ImageMetadata ofPixels(ImageMetadata image, int channels) {
        if (channels < VISIBLE) {
            return image;
        }
        ObjectNode omero = JsonNodeFactory.instance.objectNode();
        ArrayNode shown = omero.putArray("channels");
        for (int i = 0; i < channels; i++) {
            ObjectNode channel = shown.addObject().put("label", OF_PIXELS.get(i));
            channel.put("color", SHOWN.get(i)).put("active", i < VISIBLE);
        }
        return image.withChannels(OF_PIXELS.subList(0, channels), Optional.of(omero));
    }

    /**
     * Whether an axis of an array that says nothing of its axes holds the colours of its pixels, 3 or 4 of uint8, or one
     * channel of any type, where two other axes have a length of 16 and more. A volume of so few voxels along an axis would
     * have to be a thin slice of one.
     *
     * @param length of that axis
     * @param one of the axes that would be y and x
     * @param other of these
     */
    public static boolean arePerhaps(PixelType type, long length, long one, long other) {
        boolean colours = type == PixelType.UINT8 && length >= VISIBLE && length <= OF_PIXELS.size();
        return (colours || length == 1) && Math.min(one, other) >= LEAST_PIXELS;
    }

    /** What to say then. */
    public static String remark(Object place, long length) {
        return place + " does not say what its axes are: that of " + length + " is taken for "
                + (length == 1 ? "a channel" : "the colours of pixels") + ", unless " + Setting.AXES
                + " says otherwise.";
    }

    /**
     * A name for each channel: those that a file gives some of them alone stay, others are numbered from 0.
     *
     * @param given an empty text where a channel has none
     * @return none where the file names none, or not as many as there are
     */
    public static List<String> names(List<String> given, long count) {
        if (given.size() != count || given.stream().allMatch(String::isBlank)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        for (String name : given) {
            names.add(name.isBlank() ? "channel " + names.size() : name);
        }
        return List.copyOf(names);
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
