package org.scaledimaging.engine.format.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;

/** The {@code omero} rendering metadata: channel names, colours and display windows. */
final class OmeroJson {
    private static final String[] COLORS = {"FFFFFF", "00FF00", "FF00FF", "00FFFF", "FFFF00", "FF0000", "0000FF"};
    private static final List<String> BOUNDS = List.of("min", "max", "start", "end");
    private static final String CHANNELS = "channels";
    private static final String WINDOW = "window";

    private OmeroJson() {}

    /** Gives the display window of a channel that has none. */
    @FunctionalInterface
    interface Windows {
        DisplayWindow of(int channel) throws IOException;
    }

    /** The channels' names, if there is one for each. */
    static List<String> names(JsonNode omero, ImageMetadata metadata) {
        List<String> names = new ArrayList<>();
        for (JsonNode channel : omero.path(CHANNELS)) {
            if (channel.path("label").isTextual()) {
                names.add(channel.path("label").asText());
            }
        }
        return names.size() == count(metadata) ? names : List.of();
    }

    private static long count(ImageMetadata metadata) {
        int axis = metadata.indexOf(Axis.C);
        return axis < 0 ? 1 : metadata.dimensions().get(axis).length();
    }

    /**
     * What the image brought along, or the least that says the channels' names; completed where a channel has no window
     * that fits its values, or no colour, as the specification wants them.
     *
     * @param windows asked for what is missing only
     */
    static Optional<JsonNode> of(ImageMetadata metadata, Windows windows) throws IOException {
        JsonNode omero = metadata.omero().isPresent()
                ? metadata.omero().get().deepCopy()
                : JsonNodeFactory.instance.objectNode().set(CHANNELS, named(metadata.channelNames()));
        if (metadata.omero().isEmpty() && metadata.channelNames().isEmpty()) {
            return Optional.empty();
        }
        long count = count(metadata);
        for (int number = 0; number < Math.min(count, omero.path(CHANNELS).size()); number++) {
            if (omero.path(CHANNELS).get(number) instanceof ObjectNode channel) {
                complete(channel, number, windows);
            }
        }
        return Optional.of(omero);
    }

    private static ArrayNode named(List<String> names) {
        ArrayNode channels = JsonNodeFactory.instance.arrayNode();
        for (String name : names) {
            ObjectNode channel = channels.addObject();
            channel.put("label", name);
            channel.put("color", COLORS[(channels.size() - 1) % COLORS.length]);
            channel.put("active", true);
        }
        return channels;
    }

    private static void complete(ObjectNode channel, int number, Windows windows) throws IOException {
        if (!channel.path("color").isTextual()) {
            channel.put("color", COLORS[number % COLORS.length]);
        }
        JsonNode window = channel.path(WINDOW);
        if (!BOUNDS.stream().allMatch(bound -> window.path(bound).isNumber())) {
            windows.of(number).put(channel.putObject(WINDOW));
        }
    }
}
