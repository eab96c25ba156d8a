package org.scaledimaging.engine.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;

/** Some channels of an image, as an image of so many. */
public final class SelectedChannels extends View {
    private final int axis;
    private final List<Integer> channels;

    /** @param channels of an image that has a channel axis, from 0, in the order that they are to have */
    public SelectedChannels(ImageSource image, List<Integer> channels) {
        super(image, selected(image.metadata(), channels));
        this.axis = image.metadata().indexOf(Axis.C);
        this.channels = List.copyOf(channels);
    }

    private static ImageMetadata selected(ImageMetadata image, List<Integer> channels) {
        int axis = image.indexOf(Axis.C);
        List<Dimension> dimensions = new ArrayList<>(image.dimensions());
        dimensions.set(axis, Dimension.of(Axis.C, channels.size()));
        List<String> names = image.channelNames().isEmpty()
                ? List.of()
                : channels.stream().map(image.channelNames()::get).toList();
        return image.withChannels(List.of(), image.omero().map(omero -> display(omero, channels)))
                .withDimensions(dimensions)
                .withChannels(names, image.omero().map(omero -> display(omero, channels)));
    }

    /** What {@code omero} metadata say of some channels, if it says anything of channels. */
    static JsonNode display(JsonNode omero, List<Integer> channels) {
        if (!(omero instanceof ObjectNode) || !(omero.path("channels") instanceof ArrayNode all)) {
            return omero;
        }
        ObjectNode copy = omero.deepCopy();
        ArrayNode kept = copy.putArray("channels");
        for (int channel : channels) {
            if (channel < all.size()) {
                kept.add(all.get(channel).deepCopy());
            }
        }
        return copy;
    }

    @Override
    public int[] chunkShape() {
        int[] chunk = image().chunkShape();
        chunk[axis] = 1;
        return chunk;
    }

    /** Single channels. */
    @Override
    protected List<Interval> pieces(Interval interval) {
        return single(interval, axis);
    }

    static List<Interval> single(Interval interval, int axis) {
        List<Interval> pieces = new ArrayList<>();
        for (long channel = interval.min(axis); channel < interval.max(axis); channel++) {
            long[] min = interval.mins();
            long[] max = interval.maxs();
            min[axis] = channel;
            max[axis] = channel + 1;
            pieces.add(Interval.between(min, max));
        }
        return pieces;
    }

    @Override
    protected Interval source(Interval interval) {
        long[] offset = new long[interval.axes()];
        offset[axis] = channels.get((int) interval.min(axis)) - interval.min(axis);
        return interval.translate(offset);
    }

    @Override
    protected void compute(Block target) throws IOException {
        image().read(target.at(source(target.interval())));
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(new SelectedChannels(level, channels));
    }
}
