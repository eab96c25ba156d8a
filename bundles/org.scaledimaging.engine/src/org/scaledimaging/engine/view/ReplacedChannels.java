package org.scaledimaging.engine.view;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.image.Ahead;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;

/**
 * An image with some channels of another in the place of its own; the rest is passed on, in the other's pixel type. Closing
 * it closes the other image, which is made of this one.
 */
public final class ReplacedChannels extends View {
    private final ImageSource others;
    private final List<Integer> channels;
    private final int axis;

    /**
     * @param image with a channel axis
     * @param others of the same size but for its channels, and of a type that holds what the image has
     * @param channels which of the image's channels the others' first, second … replace, from 0
     */
    public ReplacedChannels(ImageSource image, ImageSource others, List<Integer> channels) {
        super(image, image.metadata().withOtherValues(others.metadata().pixelType()));
        this.others = others;
        this.channels = List.copyOf(channels);
        this.axis = image.metadata().indexOf(Axis.C);
    }

    @Override
    protected List<Interval> pieces(Interval interval) {
        return SelectedChannels.single(interval, axis);
    }

    @Override
    protected void compute(Block target) throws IOException {
        Interval interval = target.interval();
        int replaced = channels.indexOf((int) interval.min(axis));
        if (replaced < 0) {
            target.convertFrom(image().read(interval));
        } else {
            others.read(target.at(inOthers(interval, replaced)));
        }
    }

    private Interval inOthers(Interval interval, int replaced) {
        long[] offset = new long[interval.axes()];
        offset[axis] = replaced - interval.min(axis);
        return interval.translate(offset);
    }

    @Override
    public void announce(Interval interval, Ahead ahead) {
        for (Interval piece : pieces(interval)) {
            int replaced = channels.indexOf((int) piece.min(axis));
            if (replaced < 0) {
                image().announce(piece, ahead);
            } else {
                others.announce(inOthers(piece, replaced), ahead);
            }
        }
    }

    @Override
    protected List<ImageSource> coarser() {
        List<ImageSource> coarser = new ArrayList<>();
        for (ImageSource level : image().levels().subList(1, image().levels().size())) {
            others.levels().stream()
                    .skip(1)
                    .filter(other -> sameSize(level, other))
                    .findFirst()
                    .ifPresent(other -> coarser.add(new ReplacedChannels(level, other, channels)));
        }
        return coarser;
    }

    private boolean sameSize(ImageSource level, ImageSource other) {
        long[] shape = other.metadata().shape();
        shape[axis] = level.metadata().shape()[axis];
        return Arrays.equals(shape, level.metadata().shape());
    }

    /** A level has channels that are computed of a coarser image. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }

    @Override
    public void checkUnchanged() throws IOException {
        others.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        others.close();
    }
}
