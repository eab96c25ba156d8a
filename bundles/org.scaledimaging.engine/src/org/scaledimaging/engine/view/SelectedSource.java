package org.scaledimaging.engine.view;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;

/** One channel or time point of an image; the axis stays, with length 1. */
public final class SelectedSource extends View {
    private final int axis;
    private final long index;

    private SelectedSource(ImageSource image, int axis, long index) {
        super(image, selected(image.metadata(), axis, index));
        this.axis = axis;
        this.index = index;
    }

    private static ImageMetadata selected(ImageMetadata image, int axis, long index) {
        ImageMetadata whole = image;
        List<Dimension> dimensions = new ArrayList<>(whole.dimensions());
        boolean channel = dimensions.get(axis).axis() == Axis.C;
        dimensions.set(axis, dimensions.get(axis).resampled(1, 1, index));
        List<String> names = whole.channelNames();
        if (channel) {
            whole = whole.withChannels(
                    List.of(), whole.omero().map(omero -> SelectedChannels.display(omero, List.of((int) index))));
        }
        ImageMetadata selected = whole.withDimensions(dimensions);
        return channel && !names.isEmpty()
                ? selected.withChannels(List.of(names.get((int) index)), selected.omero())
                : selected;
    }

    /** @throws ParameterException when the image has no such axis or index */
    public static ImageSource of(ImageSource image, Axis axis, long index) throws ParameterException {
        String what = axis == Axis.C
                ? Setting.CHANNEL.toString()
                : axis == Axis.T ? Setting.TIME_POINT.toString() : "Index along " + axis.symbol();
        int position = image.metadata().indexOf(axis);
        if (position < 0 && index == 0) {
            return image;
        }
        if (position < 0) {
            throw new ParameterException(what, index, "0, for the image has no axis " + axis.symbol());
        }
        long length = image.metadata().dimensions().get(position).length();
        if (index < 0 || index >= length) {
            throw new ParameterException(what, index, "0 to " + (length - 1));
        }
        return new SelectedSource(image, position, index);
    }

    @Override
    public int[] chunkShape() {
        int[] chunk = image().chunkShape();
        chunk[axis] = 1;
        return chunk;
    }

    @Override
    protected Interval source(Interval interval) {
        long[] offset = new long[interval.axes()];
        offset[axis] = index;
        return interval.translate(offset);
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(new SelectedSource(level, axis, index));
    }
}
