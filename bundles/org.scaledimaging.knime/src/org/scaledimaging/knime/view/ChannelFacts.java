package org.scaledimaging.knime.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.picture.ChannelDisplay;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.Statistics;
import org.scaledimaging.knime.view.ViewContents.Role;

/** The properties of a small copy's channel that a view needs to make windows: name, colour, histogram, percentiles. */
final class ChannelFacts {
    private static final List<Double> PERCENTILES =
            List.of(0.0, 0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 25.0, 50.0, 75.0, 90.0, 95.0, 98.0, 99.0, 99.5, 99.9, 100.0);
    private static final int BINS = 128;

    private ChannelFacts() {}

    /** @param full whose metadata say how channels are shown */
    static ArrayNode of(Image small, ImageMetadata full, Role role, Execution execution)
            throws IOException, ParameterException {
        ArrayNode channels = JsonNodeFactory.instance.arrayNode();
        long count = small.metadata().length(Axis.C);
        for (long number = 0; number < count; number++) {
            boolean axis = small.metadata().indexOf(Axis.C) >= 0;
            Image channel = axis ? small.channel(number) : small;
            ObjectNode json = channels.addObject().put("name", name(full, number));
            if (role == Role.LABELS) {
                continue;
            }
            ChannelDisplay display = ChannelDisplay.of(full, number);
            json.put("colour", role == Role.FIELD ? 0xFFFFFF : display.colour());
            display.window()
                    .filter(window -> role == Role.IMAGE)
                    .ifPresent(
                            window -> json.putArray("window").add(window.low()).add(window.high()));
            figures(channel, json, execution);
        }
        return channels;
    }

    private static String name(ImageMetadata image, long channel) {
        return channel < image.channelNames().size() ? image.channelNames().get((int) channel) : "";
    }

    private static void figures(Image channel, ObjectNode json, Execution execution)
            throws IOException, ParameterException {
        Statistics statistics = channel.statistics(PERCENTILES, execution);
        ArrayNode percentiles = json.putArray("percentiles");
        if (statistics.finiteVoxels() == 0) {
            json.putArray("ranks");
            return;
        }
        ArrayNode ranks = json.putArray("ranks");
        for (int i = 0; i < PERCENTILES.size(); i++) {
            ranks.add(PERCENTILES.get(i));
            percentiles.add(statistics.percentiles().get(i));
        }
        boolean whole = channel.metadata().pixelType().isInteger();
        double range = statistics.maximum() - statistics.minimum();
        Histogram histogram = channel.histogram(whole && range < BINS ? 0 : BINS, execution);
        ObjectNode bins =
                json.putObject("histogram").put("low", histogram.minimum()).put("high", histogram.maximum());
        ArrayNode counts = bins.putArray("counts");
        histogram.counts().forEach(counts::add);
    }
}
