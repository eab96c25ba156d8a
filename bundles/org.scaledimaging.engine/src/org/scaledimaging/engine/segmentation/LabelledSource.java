package org.scaledimaging.engine.segmentation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Deferred;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Preparation;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Block;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Interval;
import org.scaledimaging.engine.image.PixelType;

/**
 * An image as labels, by thresholds for each channel that are worked out when first needed. Coarser levels are the
 * source's, labelled by the same thresholds: labels cannot be averaged.
 */
final class LabelledSource implements ImageSource, Preparation {
    private final ImageSource image;
    private final int labels;
    private final ImageMetadata metadata;
    private final int channelAxis;
    private final Deferred<List<Thresholds>> thresholds;

    /**
     * @param labels how many there are
     * @param thresholds one for each channel
     */
    LabelledSource(ImageSource image, int labels, Deferred<List<Thresholds>> thresholds) {
        this.image = image;
        this.labels = labels;
        this.metadata = metadata(image.metadata(), labels);
        this.channelAxis = metadata.indexOf(Axis.C);
        this.thresholds = thresholds;
    }

    /** Labels have no contrast limits: the image's are dropped. */
    static ImageMetadata metadata(ImageMetadata image, int labels) {
        PixelType type = Thresholds.typeOf(labels);
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
        List<Thresholds> channels = thresholds.get();
        if (channelAxis < 0 || interval.length(channelAxis) == 1) {
            int channel = channelAxis < 0 ? 0 : (int) interval.min(channelAxis);
            Block block = channels.get(channel).label(image.read(interval));
            System.arraycopy(block.voxels(), 0, voxels, 0, interval.voxels());
            return;
        }
        Block target = new Block(metadata.pixelType(), interval, voxels);
        for (long channel = interval.min(channelAxis); channel < interval.max(channelAxis); channel++) {
            Interval part = channel(interval, channelAxis, channel);
            target.copyFrom(channels.get((int) channel).label(image.read(part)));
        }
    }

    /** What an interval has of one channel. */
    static Interval channel(Interval interval, int axis, long channel) {
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
            levels.add(new LabelledSource(level, labels, thresholds));
        }
        return levels;
    }

    List<Thresholds> thresholds() throws IOException {
        return thresholds.get();
    }

    @Override
    public boolean isPrepared() {
        return thresholds.isPrepared();
    }

    @Override
    public void prepare(Execution execution) throws IOException {
        thresholds.prepare(execution);
    }

    @Override
    public void close() throws IOException {
        image.close();
    }
}
