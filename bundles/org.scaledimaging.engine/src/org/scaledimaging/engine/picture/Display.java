package org.scaledimaging.engine.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.picture.plane.Plane;

/**
 * The settings by which an image is shown.
 *
 * @param channels which of them, from 0; none for those that the image's metadata say, of a field the first
 * @param time the time point, from 0
 * @param window what makes the range shown of a channel's planes; nothing for the one in the metadata, else percentiles
 *     1 to 99, of a field all
 * @param field whether colours are those of a field, with a colour bar
 */
public record Display(
        List<Long> channels, long time, Optional<Function<Collection<Plane>, Window>> window, boolean field) {
    private static final double LOW = 1;
    private static final double HIGH = 99;

    public Display {
        channels = List.copyOf(channels);
    }

    /** Which channels are shown of an image. */
    List<Long> channelsOf(ImageMetadata metadata) {
        if (!channels.isEmpty()) {
            return channels;
        }
        if (field || metadata.labels()) {
            return List.of(0L);
        }
        List<Long> active = new ArrayList<>();
        for (long channel = 0; channel < metadata.length(Axis.C); channel++) {
            if (ChannelDisplay.of(metadata, channel).active()) {
                active.add(channel);
            }
        }
        return active.isEmpty() ? List.of(0L) : active;
    }

    Window windowOf(ImageMetadata metadata, long channel, Collection<Plane> planes) {
        if (window.isPresent()) {
            return window.get().apply(planes);
        }
        return field
                ? Window.ofPercentiles(planes, 0, 100)
                : ChannelDisplay.of(metadata, channel)
                        .window()
                        .orElseGet(() -> Window.ofPercentiles(planes, LOW, HIGH));
    }

    /** The colours of a channel. */
    ColourMap mapOf(ImageMetadata metadata, long channel) {
        if (metadata.labels()) {
            return ColourMap.labels();
        }
        return field
                ? ColourMap.perceptual()
                : ColourMap.ofColour(ChannelDisplay.of(metadata, channel).colour());
    }
}
