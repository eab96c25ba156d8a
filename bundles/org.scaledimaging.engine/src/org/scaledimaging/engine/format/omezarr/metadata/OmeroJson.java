package org.scaledimaging.engine.format.omezarr.metadata;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ChannelColours;
import org.scaledimaging.engine.image.ImageMetadata;

/** The {@code omero} rendering metadata: channel names, colours and display windows. */
public final class OmeroJson {
    private static final String WHITE = "FFFFFF";
    /** Of several channels without colours, as pictures show them: white would hide the others. */
    private static final String[] COLORS = {"00FF00", "FF00FF", "00FFFF", "FFFF00", "FF0000", "0000FF"};

    private static final List<String> BOUNDS = List.of("min", "max", "start", "end");
    private static final String CHANNELS = "channels";
    private static final String WINDOW = "window";
    private static final String ACTIVE = "active";

    private OmeroJson() {}

    /** Gives the display window of a channel that has none. */
    @FunctionalInterface
    public interface Windows {
        /** @throws IOException when voxels have to be read for it and cannot be */
        DisplayWindow of(int channel) throws IOException;
    }

    /** The channels' names, if any has one. */
    static List<String> names(JsonNode omero, ImageMetadata metadata) {
        List<String> names = new ArrayList<>();
        for (JsonNode channel : omero.path(CHANNELS)) {
            names.add(channel.path("label").isTextual() ? channel.path("label").asText() : "");
        }
        return ChannelColours.names(names, metadata.length(Axis.C));
    }

    /**
     * What the image brought along, or the least that says the channels' names; completed where a channel has no window
     * that fits its values, or no colour, as the specification wants them.
     *
     * @param windows asked for what is missing only
     */
    public static Optional<JsonNode> of(ImageMetadata metadata, Windows windows) throws IOException {
        JsonNode omero = metadata.omero().isPresent()
                ? metadata.omero().get().deepCopy()
                : JsonNodeFactory.instance.objectNode().set(CHANNELS, named(metadata.channelNames()));
        if (metadata.omero().isEmpty() && metadata.channelNames().isEmpty()) {
            return Optional.empty();
        }
        ArrayNode channels = fitting(omero.path(CHANNELS), metadata);
        Set<String> colors = new HashSet<>();
        channels.forEach(channel -> known(channel).ifPresent(color -> colors.add(color.toUpperCase(Locale.ROOT))));
        for (int number = 0; number < channels.size(); number++) {
            ObjectNode channel = (ObjectNode) channels.get(number);
            Optional<String> color = known(channel);
            channel.put("color", color.isPresent() ? color.get() : other(colors, number, channels.size()));
            complete(channel, number, channels.size(), windows);
        }
        ((ObjectNode) omero).set(CHANNELS, channels);
        if (omero.path("rdefs") instanceof ObjectNode shown) {
            putInside(shown, "defaultZ", Axis.Z, metadata);
            putInside(shown, "defaultT", Axis.T, metadata);
        }
        return Optional.of(omero);
    }

    /** As many channels as the image has, each an object. */
    private static ArrayNode fitting(JsonNode given, ImageMetadata metadata) {
        ArrayNode channels = JsonNodeFactory.instance.arrayNode();
        List<String> names = metadata.channelNames();
        for (int number = 0; number < metadata.length(Axis.C); number++) {
            if (given.path(number) instanceof ObjectNode channel) {
                channels.add(channel);
            } else {
                ObjectNode channel = channels.addObject();
                channel.put("label", names.isEmpty() ? "channel " + number : names.get(number));
            }
        }
        return channels;
    }

    /** The slice or time point that is shown first is one of the image, as after a crop: else the one in the middle. */
    private static void putInside(ObjectNode shown, String name, Axis axis, ImageMetadata metadata) {
        long length = metadata.length(axis);
        JsonNode position = shown.path(name);
        boolean inside = position.isNumber() && position.asDouble() >= 0 && position.asDouble() <= length - 1;
        if (shown.has(name) && !inside) {
            shown.put(name, (length - 1) / 2);
        }
    }

    private static ArrayNode named(List<String> names) {
        ArrayNode channels = JsonNodeFactory.instance.arrayNode();
        for (String name : names) {
            ObjectNode channel = channels.addObject();
            channel.put("label", name);
            channel.put("color", color(channels.size() - 1, names.size()));
        }
        return channels;
    }

    private static String color(int number, int count) {
        return count == 1 ? WHITE : COLORS[number % COLORS.length];
    }

    private static Optional<String> known(JsonNode channel) {
        String color = channel.path("color").asText().replaceFirst("^#", "");
        boolean known = color.matches("[0-9a-fA-F]{6}([0-9a-fA-F]{2})?"); // with how opaque it is, which is left out
        return known ? Optional.of(color.substring(0, 6)) : Optional.empty();
    }

    /** The first that no other channel has, as far as there are some. */
    private static String other(Set<String> colors, int number, int count) {
        if (count == 1) {
            return WHITE;
        }
        for (String color : COLORS) {
            if (colors.add(color)) {
                return color;
            }
        }
        return color(number, count);
    }

    private static void complete(ObjectNode channel, int number, int count, Windows windows) throws IOException {
        if (!channel.path(ACTIVE).isBoolean()
                || count == 1) { // viewers disagree on what is not said; nothing is no view
            channel.put(ACTIVE, true);
        }
        JsonNode window = channel.path(WINDOW);
        if (!BOUNDS.stream().allMatch(bound -> window.path(bound).isNumber())) {
            windows.of(number).put(channel.putObject(WINDOW));
        }
    }
}
