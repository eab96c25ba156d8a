package org.scaledimaging.engine.scaled.field;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.block.PixelType;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.Dimension;
import org.scaledimaging.engine.image.Evaluated;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.Volumes;
import org.scaledimaging.engine.plugin.Field;
import org.scaledimaging.engine.plugin.PluginFailure;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;

/**
 * The fields of an image's volumes as an image of the same size. A field of k channels makes the channel axis k times as
 * long (or adds one): channel c·k + i is channel i of the field of the image's channel c.
 */
public final class FieldSource implements ImageSource, Evaluated {
    private final ImageMetadata metadata;
    private final int[] chunkShape;
    private final Volumes volumes;
    private final ScaledProcessingPlugin plugin;
    private final List<Field> fields;
    private final int[] steps;
    private final int channelAxis;
    private final int fieldChannels;

    /**
     * @param image whose spatial axes come last
     * @param plugin whose fields they are
     * @param fields one per volume, all with the same number of channels
     * @param steps size of the image's voxels in full-resolution voxels, per spatial axis
     */
    public FieldSource(
            ImageSource image, PixelType type, ScaledProcessingPlugin plugin, List<Field> fields, int[] steps) {
        this.plugin = plugin;
        this.volumes = Volumes.of(image.metadata());
        this.fields = fields;
        this.steps = steps;
        this.fieldChannels = fields.get(0).channels();
        List<Integer> chunk = new ArrayList<>();
        for (int length : image.chunkShape()) {
            chunk.add(length);
        }
        this.metadata = metadata(image.metadata(), type, fieldChannels);
        this.channelAxis = metadata.indexOf(Axis.C);
        if (chunk.size() < metadata.dimensions().size()) {
            chunk.add(channelAxis, 1);
        }
        this.chunkShape = chunk.stream().mapToInt(Integer::intValue).toArray();
    }

    private FieldSource(FieldSource full, int[] factors) {
        this.plugin = full.plugin;
        this.volumes = full.volumes;
        this.fields = full.fields;
        this.fieldChannels = full.fieldChannels;
        this.channelAxis = full.channelAxis;
        this.chunkShape = full.chunkShape;
        this.metadata = full.metadata.downsampled(factors);
        this.steps = full.steps.clone();
        for (int d = 0; d < steps.length; d++) {
            steps[d] *= factors[factors.length - steps.length + d];
        }
    }

    @Override
    public ImageSource at(int[] factors) {
        return new FieldSource(this, factors);
    }

    /**
     * What is known of a field before it is estimated.
     *
     * @param image whose spatial axes come last
     */
    public static ImageMetadata metadata(ImageMetadata image, PixelType type, int fieldChannels) {
        List<Dimension> dimensions = new ArrayList<>(image.dimensions());
        int axis = image.indexOf(Axis.C);
        if (fieldChannels > 1 && axis < 0) {
            dimensions.add(Volumes.of(image).leadingAxes(), Dimension.of(Axis.C, fieldChannels));
        } else if (fieldChannels > 1) {
            Dimension channels = dimensions.get(axis);
            dimensions.set(axis, Dimension.of(Axis.C, channels.length() * fieldChannels));
        }
        ImageMetadata plain = image;
        if (fieldChannels > 1) {
            plain = plain.withChannels(List.of(), Optional.empty());
        } else {
            plain = plain.withChannels(plain.channelNames(), Optional.empty()); // its contrast limits are the image's
        }
        return plain.withDimensions(dimensions).withOtherValues(type).withName(plain.name() + " field");
    }

    @Override
    public ImageMetadata metadata() {
        return metadata;
    }

    @Override
    public int[] chunkShape() {
        return chunkShape.clone();
    }

    /** Where the field's values for a region of an image's volume are: channel after channel when read. */
    public Interval intervalOf(long[] volume, Interval region) {
        Interval interval = volumes.inVolume(volume, region);
        if (fieldChannels == 1) {
            return interval;
        }
        List<Long> min = new ArrayList<>();
        List<Long> max = new ArrayList<>();
        for (int d = 0; d < interval.axes(); d++) {
            min.add(interval.min(d));
            max.add(interval.max(d));
        }
        if (channelAxis == volumes.leadingAxes()) {
            min.add(channelAxis, 0L);
            max.add(channelAxis, (long) fieldChannels);
        } else {
            min.set(channelAxis, volume[channelAxis] * fieldChannels);
            max.set(channelAxis, (volume[channelAxis] + 1) * fieldChannels);
        }
        return Interval.between(
                min.stream().mapToLong(Long::longValue).toArray(),
                max.stream().mapToLong(Long::longValue).toArray());
    }

    @Override
    public void read(Block target) throws IOException {
        try {
            Volumes.of(metadata).fill(target, this::evaluate);
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "field", e);
        }
    }

    private void evaluate(long[] index, Block target) {
        long[] volume = index;
        int channel = 0;
        if (fieldChannels > 1) {
            channel = (int) (index[channelAxis] % fieldChannels);
            if (channelAxis == volumes.leadingAxes()) {
                volume = Arrays.copyOf(index, index.length - 1);
            } else {
                volume = index.clone();
                volume[channelAxis] /= fieldChannels;
            }
        }
        fields.get(volumes.numberOf(volume)).evaluate(channel, steps, target);
    }

    /** A level is the field at coarser positions. */
    @Override
    public boolean levelsAreDownsampled() {
        return false;
    }
}
