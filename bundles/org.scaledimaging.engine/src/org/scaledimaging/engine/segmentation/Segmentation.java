package org.scaledimaging.engine.segmentation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.scaledimaging.engine.block.Interval;
import org.scaledimaging.engine.execute.Deferred;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.image.SpatialAxes;
import org.scaledimaging.engine.image.Unchanged;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.ChannelImage;
import org.scaledimaging.engine.plugin.Labelling;
import org.scaledimaging.engine.plugin.PluginFailure;
import org.scaledimaging.engine.plugin.SegmentationPlugin;
import org.scaledimaging.engine.plugin.Thresholds;
import org.scaledimaging.engine.statistics.Histogram;
import org.scaledimaging.engine.statistics.ImageStatistics;
import org.scaledimaging.engine.statistics.Otsu;

/**
 * Makes label images: each voxel gets the number of its class, from 0 for the darkest, as uint8 or, where there are more
 * than 256 classes, uint16. Nothing is read until labels are. The result closes the image it was made from.
 */
public final class Segmentation {
    private static final int MOST_LABELS = 1 << 16;

    private Segmentation() {}

    /**
     * Classes by Otsu's thresholds, each channel by its own (over all its time points). Voxels above a threshold belong
     * to the class above it. Voxels that are not finite have no say in the thresholds; NaN gets label 0.
     *
     * @return without {@code localBlock} also a {@link org.scaledimaging.engine.execute.Preparation}: the thresholds of
     *     all channels
     * @throws ParameterException when options are out of range or do not fit the image
     */
    public static ImageSource otsu(ImageSource image, OtsuOptions options) throws ParameterException {
        check(options);
        if (!options.localBlock().isEmpty()) {
            int[] block = SpatialAxes.lengths(Setting.LOCAL_BLOCK, options.localBlock(), image.metadata());
            return new LocallyLabelledSource(
                    image, options, Arrays.stream(block).asLongStream().toArray());
        }
        return labelled(image, options.classes(), (channel, execution) -> thresholds(channel, options, execution));
    }

    /**
     * Classes by given thresholds, the same for each channel: a voxel's label is the number of values below it.
     *
     * @param values strictly ascending, finite; 1 to 65535
     * @param inclusive whether voxels equal to a value count as above it
     * @throws ParameterException when the values are not like that
     */
    public static ImageSource threshold(ImageSource image, List<Double> values, boolean inclusive)
            throws ParameterException {
        check(values);
        double[] ascending = values.stream().mapToDouble(Double::doubleValue).toArray();
        List<Labelling> perChannel = Collections.nCopies(
                Math.toIntExact(image.metadata().length(Axis.C)), new Thresholds(ascending, inclusive));
        return new LabelledSource(image, values.size() + 1, Deferred.of(perChannel));
    }

    /**
     * Labels by a plugin, which prepares for each channel when a label is first needed.
     *
     * @return also a {@link org.scaledimaging.engine.execute.Preparation}: for all channels
     * @throws ParameterException when the plugin refuses the image
     */
    public static ImageSource segment(ImageSource image, SegmentationPlugin plugin) throws ParameterException {
        return segment(image, plugin, () -> {});
    }

    /** Looks whether something is still what it was. */
    @FunctionalInterface
    public interface Check {
        /** Looks, and throws where something has changed. */
        void run() throws IOException;
    }

    /**
     * As {@link #segment(ImageSource, SegmentationPlugin)}.
     *
     * @param parameters looked at once the plugin has prepared for a channel: whether other images that it reads stayed as
     *     they were
     */
    public static ImageSource segment(ImageSource image, SegmentationPlugin plugin, Check parameters)
            throws ParameterException {
        int labels = labels(plugin);
        if (labels < 1 || labels > MOST_LABELS) {
            throw new IllegalArgumentException(
                    "plugin " + plugin.description().id() + " says that it has " + labels + " labels");
        }
        try {
            plugin.check(image.metadata());
        } catch (RuntimeException | LinkageError e) {
            throw new UncheckedIOException(PluginFailure.in(plugin, "check of the image", e));
        }
        return labelled(image, labels, (channel, execution) -> {
            Labelling labelling = prepare(plugin, channel, execution);
            parameters.run();
            return labelling;
        });
    }

    private static int labels(SegmentationPlugin plugin) {
        try {
            return plugin.labels();
        } catch (RuntimeException | LinkageError e) {
            throw new UncheckedIOException(PluginFailure.in(plugin, "number of labels", e));
        }
    }

    private static Labelling prepare(SegmentationPlugin plugin, ChannelImage channel, Execution execution)
            throws IOException {
        Labelling labelling;
        try {
            labelling = Objects.requireNonNull(plugin.prepare(channel, execution), "no labelling");
        } catch (RuntimeException | Error e) {
            throw PluginFailure.in(plugin, "preparation", e);
        }
        if (labelling instanceof Thresholds) {
            return labelling; // ours
        }
        return (voxels, labels) -> {
            try {
                labelling.label(voxels, labels);
            } catch (RuntimeException | Error e) {
                throw new UncheckedIOException(PluginFailure.in(plugin, "labelling", e));
            }
        };
    }

    /**
     * The thresholds that a label image was made with, of each channel, ascending; computed now, if they are not known yet.
     * Where a channel has fewer different values than its classes take, the last ones are infinite.
     *
     * @param labels as they come from here; empty for others, for those with local blocks, and for plugins that label by
     *     something else than {@link Labelling#thresholds}
     */
    public static List<List<Double>> thresholdsOf(ImageSource labels) throws IOException {
        return labels instanceof LabelledSource source ? asLists(source.labellings()) : List.of();
    }

    private static List<List<Double>> asLists(List<Labelling> channels) {
        List<List<Double>> lists = new ArrayList<>();
        for (Labelling channel : channels) {
            if (!(channel instanceof Thresholds thresholds)) {
                return List.of();
            }
            lists.add(Arrays.stream(thresholds.values()).boxed().toList());
        }
        return lists;
    }

    /** @throws ParameterException when {@link #threshold} refuses these values for any image */
    public static void check(List<Double> values) throws ParameterException {
        if (values.isEmpty() || values.size() >= MOST_LABELS) {
            throw new ParameterException(Setting.THRESHOLDS, values.size() + " values", "1 to " + (MOST_LABELS - 1));
        }
        for (int i = 0; i < values.size(); i++) {
            if (!Double.isFinite(values.get(i)) || i > 0 && values.get(i) <= values.get(i - 1)) {
                throw new ParameterException(Setting.THRESHOLDS, values, "finite numbers, each above the one before");
            }
        }
    }

    /** @throws ParameterException when {@link #otsu} refuses these options for any image */
    public static void check(OtsuOptions options) throws ParameterException {
        if (options.classes() < 2 || options.classes() > OtsuOptions.MOST_CLASSES) {
            throw new ParameterException(Setting.CLASSES, options.classes(), "2 to " + OtsuOptions.MOST_CLASSES);
        }
        int bins = options.bins();
        if (bins != 0 && (bins < options.classes() || bins > ImageStatistics.MOST_BINS)) {
            throw new ParameterException(
                    Setting.BINS,
                    bins,
                    "0 (automatic), or from the number of classes, " + options.classes() + ", to "
                            + ImageStatistics.MOST_BINS);
        }
    }

    /** Finds out how to label a channel. */
    @FunctionalInterface
    private interface Preparing {
        Labelling prepare(ChannelImage channel, Execution execution) throws IOException;
    }

    private static ImageSource labelled(ImageSource image, int labels, Preparing preparing) {
        return new LabelledSource(
                image,
                labels,
                new Deferred<>(execution -> Unchanged.<List<Labelling>, RuntimeException>during(
                        image, () -> perChannel(image, execution, preparing))));
    }

    private static List<Labelling> perChannel(ImageSource image, Execution execution, Preparing preparing)
            throws IOException {
        int count = Math.toIntExact(image.metadata().length(Axis.C));
        List<Labelling> labellings = new ArrayList<>();
        for (int channel = 0; channel < count; channel++) {
            execution.progress().checkCancelled();
            Execution part = execution.part((double) channel / count, (channel + 1.0) / count);
            labellings.add(preparing.prepare(ChannelImage.of(image, channel), part));
        }
        return labellings;
    }

    private static Thresholds thresholds(ChannelImage channel, OtsuOptions options, Execution execution)
            throws IOException {
        return thresholds(channel.source(), channel.metadata().interval(), options, execution);
    }

    /** Otsu's thresholds of a region. */
    static Thresholds thresholds(ImageSource image, Interval region, OtsuOptions options, Execution execution)
            throws IOException {
        try {
            Histogram histogram = ImageStatistics.histogram(image, region, options.bins(), execution);
            return new Thresholds(Otsu.thresholds(histogram, options.classes()), false);
        } catch (ParameterException e) {
            throw new IllegalStateException("options were checked", e);
        }
    }
}
