package org.scaledimaging.engine.segmentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.execute.Deferred;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.plugin.Labelling;
import org.scaledimaging.engine.view.View;

/**
 * An image as labels, by labellings of each channel that are worked out when first needed. Coarser levels are the
 * source's, labelled likewise: labels cannot be averaged.
 */
final class LabelledSource extends View {
    private static final int MOST_BYTE_LABELS = 256;

    private final int labels;
    private final int channelAxis;
    private final Deferred<List<Labelling>> labellings;

    /**
     * @param labels how many there are
     * @param labellings one for each channel
     */
    LabelledSource(ImageSource image, int labels, Deferred<List<Labelling>> labellings) {
        super(image, metadata(image.metadata(), labels));
        this.labels = labels;
        this.channelAxis = metadata().indexOf(Axis.C);
        this.labellings = labellings;
    }

    /** Labels have no contrast limits: the image's are dropped. */
    static ImageMetadata metadata(ImageMetadata image, int labels) {
        PixelType type = typeOf(labels);
        return image.withPixelType(type)
                .withChannels(image.channelNames(), Optional.empty())
                .withLabels(true);
    }

    /** One channel after the other. */
    @Override
    protected List<Interval> pieces(Interval interval) {
        if (channelAxis < 0) {
            return List.of(interval);
        }
        List<Interval> pieces = new ArrayList<>();
        long[] min = interval.mins();
        long[] max = interval.maxs();
        for (long channel = interval.min(channelAxis); channel < interval.max(channelAxis); channel++) {
            min[channelAxis] = channel;
            max[channelAxis] = channel + 1;
            pieces.add(Interval.between(min, max));
        }
        return pieces;
    }

    @Override
    protected void compute(Block target) throws IOException {
        int channel = channelAxis < 0 ? 0 : (int) target.interval().min(channelAxis);
        Labelling labelling = labellings.get().get(channel);
        target.copyFrom(label(image().read(target.interval()), labelling, labels));
    }

    /** The labels of a block's voxels, which are of any type; 64-bit integers are labelled as float64. */
    static Block label(Block block, Labelling labelling, int labels) throws IOException {
        Block result = Block.allocate(typeOf(labels), block.interval());
        try {
            labelling.label(block.convert(block.pixelType().working()), result);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return result;
    }

    /** The type of so many labels. */
    private static PixelType typeOf(int labels) {
        return labels <= MOST_BYTE_LABELS ? PixelType.UINT8 : PixelType.UINT16;
    }

    @Override
    protected Optional<ImageSource> on(ImageSource level) {
        return Optional.of(new LabelledSource(level, labels, labellings));
    }

    List<Labelling> labellings() throws IOException {
        return labellings.get();
    }

    @Override
    public boolean isPrepared() {
        return super.isPrepared() && labellings.isPrepared();
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        labellings.prepare(Preparation.prepared(image(), execution));
    }

    /** Labels of a coarser image: thresholds of its means. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }
}
