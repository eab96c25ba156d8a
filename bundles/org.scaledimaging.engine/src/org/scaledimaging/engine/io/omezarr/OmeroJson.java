package org.scaledimaging.engine.io.omezarr;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.PixelType;

/** The {@code omero} rendering metadata: channel names, mostly. */
final class OmeroJson {
    private static final String[] COLORS = {"FFFFFF", "00FF00", "FF00FF", "00FFFF", "FFFF00", "FF0000", "0000FF"};

    private OmeroJson() {}

    /** The channels' names, if there is one for each. */
    static List<String> names(JsonNode omero, ImageMetadata metadata) {
        int axis = metadata.indexOf(Axis.C);
        long channels = axis < 0 ? 1 : metadata.dimensions().get(axis).length();
        List<String> names = new ArrayList<>();
        for (JsonNode channel : omero.path("channels")) {
            if (channel.path("label").isTextual()) {
                names.add(channel.path("label").asText());
            }
        }
        return names.size() == channels ? names : List.of();
    }

    /** What the image brought along, or the least that says the channels' names. */
    static Optional<JsonNode> of(ImageMetadata metadata) {
        if (metadata.omero().isPresent() || metadata.channelNames().isEmpty()) {
            return metadata.omero();
        }
        ObjectNode omero = JsonNodeFactory.instance.objectNode();
        ArrayNode channels = omero.putArray("channels");
        PixelType type = metadata.pixelType();
        boolean small = type.isInteger() && type.bytes() <= 2;
        double high = small ? Math.pow(2, 8 * type.bytes() - (type.isSigned() ? 1 : 0)) - 1 : 1;
        double low = small && type.isSigned() ? -high - 1 : 0;
        for (String name : metadata.channelNames()) {
            ObjectNode channel = channels.addObject();
            channel.put("label", name);
            channel.put("color", COLORS[(channels.size() - 1) % COLORS.length]);
            channel.put("active", true);
            channel.putObject("window")
                    .put("min", low)
                    .put("max", high)
                    .put("start", low)
                    .put("end", high);
        }
        return Optional.of(omero);
    }
}
