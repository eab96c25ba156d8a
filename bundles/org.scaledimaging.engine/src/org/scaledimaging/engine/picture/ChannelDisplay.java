package org.scaledimaging.engine.picture;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * The display settings of a channel, by the {@code omero} metadata where an image has them.
 *
 * @param colour 0xRRGGBB
 * @param active whether it is shown unless somebody says otherwise
 * @param window the values to show, if the metadata say
 */
public record ChannelDisplay(int colour, boolean active, Optional<Window> window) {
    private static final int WHITE = 0xFFFFFF;

    /** Those of fluorescence: told apart when they are added. */
    private static final List<Integer> COLOURS = List.of(0x00FF00, 0xFF00FF, 0x00FFFF, 0xFFFF00, 0xFF0000, 0x0000FF);

    private static final List<Integer> RED_GREEN_BLUE = List.of(0xFF0000, 0x00FF00, 0x0000FF);

    /**
     * A channel of an image: its colour in the metadata; else white for the only one, red, green and blue for three
     * without a name, and colours of fluorescence for others. Three of 8 bits without a name or a display window are a
     * photograph, shown from 0 to 255.
     *
     * @param channel from 0
     */
    public static ChannelDisplay of(ImageMetadata metadata, long channel) {
        JsonNode json = json(metadata, channel);
        long channels = metadata.length(Axis.C);
        boolean photograph = channels == RED_GREEN_BLUE.size()
                && metadata.channelNames().isEmpty()
                && metadata.omero().isEmpty();
        List<Integer> colours = channels == 1 ? List.of(WHITE) : photograph ? RED_GREEN_BLUE : COLOURS;
        int colour = hexadecimal(json.path("color").asText()).orElse(colours.get((int) (channel % colours.size())));
        Optional<Window> window = photograph && metadata.pixelType() == PixelType.UINT8
                ? Optional.of(new Window(0, 255))
                : Window.ofMetadata(metadata, channel);
        return new ChannelDisplay(colour, json.path("active").asBoolean(true), window);
    }

    static JsonNode json(ImageMetadata metadata, long channel) {
        JsonNode channels =
                metadata.omero().map(omero -> omero.path("channels")).orElse(MissingNode.getInstance());
        return channels.path((int) Math.min(Integer.MAX_VALUE, channel));
    }

    private static Optional<Integer> hexadecimal(String text) {
        return text.matches("#?[0-9a-fA-F]{6}")
                ? Optional.of(Integer.parseInt(text.substring(text.length() - 6), 16))
                : Optional.empty();
    }
}
