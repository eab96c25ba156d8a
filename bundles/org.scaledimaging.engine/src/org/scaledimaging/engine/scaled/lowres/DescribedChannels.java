package org.scaledimaging.engine.scaled.lowres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.view.SelectedChannels;

/** Tells other processes, in the description of a pass, which channels of an image are meant. */
public final class DescribedChannels {
    private static final String KEY = "channels";

    private DescribedChannels() {}

    /** The description of an image's channels, made of that of the image. */
    public static Description of(Description image, List<Integer> channels) {
        Description copy = image.copy();
        ArrayNode list = copy.json().putArray(KEY);
        channels.forEach(list::add);
        return copy;
    }

    /** The channels of an image that a description is of; the image itself where it is of all. */
    static ImageSource selected(ImageSource image, JsonNode json) {
        List<Integer> channels = new ArrayList<>();
        json.path(KEY).forEach(channel -> channels.add(channel.intValue()));
        return channels.isEmpty() ? image : new SelectedChannels(image, channels);
    }
}
