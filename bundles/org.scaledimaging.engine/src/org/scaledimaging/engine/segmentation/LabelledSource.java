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

/**
 * An image as labels, by labellings of each channel that are worked out when first needed. Coarser levels are the
 * source's, labelled likewise: labels cannot be averaged.
 */
final class LabelledSource implements ImageSource, Preparation {
    private static final int MOST_BYTE_LABELS = 256;

    private final ImageSource image;
    private final int labels;
    private final ImageMetadata metadata;
    private final int channelAxis;
    private final Deferred<List<Labelling>> labellings;

    /**
     * @param labels how many there are
     * @param labellings one for each channel
     */
    LabelledSource(ImageSource image, int labels, Deferred<List<Labelling>> labellings) {
        this.image = image;
        this.labels = labels;
        this.metadata = metadata(image.metadata(), labels);
        this.channelAxis = metadata.indexOf(Axis.C);
        this.labellings = labellings;
    }

    /** Labels have no contrast limits: the image's are dropped. */
    static ImageMetadata metadata(ImageMetadata image, int labels) {
        PixelType type = typeOf(labels);
        return image.withPixelType(type)
                .withChannels(image.channelNames(), Optional.empty())
                .withLabels(true);
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return image.chunkShape();
    }

    @Override
    public void read(Interval interval, Object voxels) throws IOException {
        List<Labelling> channels = labellings.get();
        if (channelAxis < 0 || interval.length(channelAxis) == 1) {
            int channel = channelAxis < 0 ? 0 : (int) interval.min(channelAxis);
            Block block = label(image.read(interval), channels.get(channel), labels);
            System.arraycopy(block.voxels(), 0, voxels, 0, interval.voxels());
            return;
        }
        Block target = new Block(metadata.pixelType(), interval, voxels);
        for (long channel = interval.min(channelAxis); channel < interval.max(channelAxis); channel++) {
            Interval part = channel(interval, channelAxis, channel);
            target.copyFrom(label(image.read(part), channels.get((int) channel), labels));
        }
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

    /** What an interval has of one channel. */
    private static Interval channel(Interval interval, int axis, long channel) {
        long[] min = interval.mins();
        long[] max = interval.maxs();
        min[axis] = channel;
        max[axis] = channel + 1;
        return Interval.between(min, max);
    }

    @Override
    public List<ImageSource> levels() {
        List<ImageSource> levels = new ArrayList<>(List.of(this));
        for (ImageSource level : image.levels().subList(1, image.levels().size())) {
            levels.add(new LabelledSource(level, labels, labellings));
        }
        return levels;
    }

    List<Labelling> labellings() throws IOException {
        return labellings.get();
    }

    @Override
    public boolean isPrepared() {
        return labellings.isPrepared();
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        labellings.prepare(execution);
    }

    @Override
    public void checkUnchanged() throws IOException {
        image.checkUnchanged();
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
