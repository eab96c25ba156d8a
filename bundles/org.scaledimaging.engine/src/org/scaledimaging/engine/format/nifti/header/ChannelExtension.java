package org.scaledimaging.engine.format.nifti.header;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.format.nifti.header.Extensions.Extension;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;

/**
 * The extension that says which axis holds channels and what they are called: a comment whose text is the JSON object
 * {@code {"ScaledImagingChannels": {"axis": 4, "names": [...]}}}.
 *
 * @param axis NIfTI's, 4 or 5
 * @param names one per channel, or none
 */
record ChannelExtension(int axis, List<String> names) {
    private static final String KEY = "ScaledImagingChannels";
    private static final String START = "{\"" + KEY + "\":";

    /** Names of more bytes than that are left out. */
    private static final int MOST_BYTES = 1 << 20;

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    static boolean is(Extension extension) {
        return extension.code() == Extensions.COMMENT && extension.text().startsWith(START);
    }

    /** What extensions say of channels, if anything. */
    static Optional<ChannelExtension> find(List<Extension> extensions) {
        for (Extension extension : extensions) {
            if (is(extension) && extension.content().length <= MOST_BYTES) {
                try {
                    JsonNode json = MAPPER.readTree(extension.text()).path(KEY);
                    List<String> names = new ArrayList<>();
                    json.path("names").forEach(name -> names.add(name.asText()));
                    return Optional.of(new ChannelExtension(json.path("axis").asInt(), names));
                } catch (JsonProcessingException e) {
                    return Optional.empty(); // somebody else's comment
                }
            }
        }
        return Optional.empty();
    }

    /** What there is to say of an image's channels, if anything. */
    static Optional<Extension> of(ImageMetadata image) {
        int axis = HeaderForImage.channelPosition(image);
        int index = image.indexOf(Axis.C);
        boolean several = index >= 0 && image.dimensions().get(index).length() > 1;
        if (axis == 0 || image.channelNames().isEmpty() && !(several && axis == 4)) {
            return Optional.empty();
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode channels = json.putObject(KEY).put("axis", axis);
        image.channelNames().forEach(channels.putArray("names")::add);
        try {
            Extension extension = Extension.comment(MAPPER.writeValueAsString(json));
            if (extension.content().length > MOST_BYTES) {
                channels.putArray("names");
                extension = Extension.comment(MAPPER.writeValueAsString(json));
            }
            return Optional.of(extension);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
