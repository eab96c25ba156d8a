package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.Given;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.lowres.DescribedChannels;
import org.scaledimaging.engine.scaled.share.EstimateFrom;
import org.scaledimaging.engine.scaled.share.Sharing;
import org.scaledimaging.engine.view.ReplacedChannels;
import org.scaledimaging.engine.view.SelectedChannels;

/** Scaled processing of some channels of an image, of which the others are passed on. */
final class OnChannels {
    private OnChannels() {}

    static ScaledProcessing.Result apply(
            ImageSource image,
            Optional<Description> description,
            ScaledProcessingPlugin plugin,
            ScaledProcessingOptions options,
            ImageOpener opener,
            Execution execution)
            throws IOException, ParameterException {
        List<Integer> channels = channels(options, image.metadata());
        ScaledProcessingOptions inner = options.withOnChannels(ScaledProcessingDeclaration.ALL_CHANNELS);
        if (image.metadata().indexOf(Axis.C) < 0) {
            return ScaledProcessing.apply(image, description, plugin, inner, opener, execution);
        }
        List<Integer> read = new ArrayList<>(channels);
        EstimateFrom from = EstimateFrom.parse(options.estimateFrom()).resolved(image.metadata());
        from.check(image.metadata());
        if (from.kind() == EstimateFrom.Kind.CHANNEL) { // which may be none of those that are corrected
            int number = from.numbers().get(0).intValue();
            if (!read.contains(number)) {
                read.add(number);
            }
            inner = inner.withEstimateFrom("channel=" + read.indexOf(number));
        }
        ScaledProcessing.Result result = ScaledProcessing.apply(
                new SelectedChannels(image, read),
                description.map(known -> DescribedChannels.of(known, read)),
                plugin,
                inner,
                opener(opener, options, image.metadata(), read),
                execution);
        int all = read.size();
        ImageSource field = result.field();
        return new ScaledProcessing.Result(
                new ReplacedChannels(image, result.image(), channels),
                all == channels.size() ? field : firstOf(field, channels.size(), all),
                image,
                result.told());
    }

    /** The fields of the first channels, of which each may have several channels. */
    private static ImageSource firstOf(ImageSource field, int channels, int of) {
        long length = field.metadata().length(Axis.C);
        int count = Math.toIntExact(length / of * channels);
        return new SelectedChannels(field, IntStream.range(0, count).boxed().toList());
    }

    /** Of images that are given with a channel for each of the image's, those of the channels that are read. */
    private static ImageOpener opener(
            ImageOpener opener, ScaledProcessingOptions options, ImageMetadata image, List<Integer> read) {
        return (value, execution) -> {
            ImageSource given = opener.open(value, execution);
            boolean whole = value.equals(options.estimateFrom())
                    && (options.share().equals(Sharing.CHANNEL.text())
                            || options.share().equals(Sharing.ALL.text()));
            long count = given.metadata().length(Axis.C);
            return whole || count == 1 || count != image.length(Axis.C) ? given : new SelectedChannels(given, read);
        };
    }

    /**
     * The channels that are named.
     *
     * @throws ParameterException when the image does not have one, or one is named twice
     */
    static List<Integer> channels(ScaledProcessingOptions options, ImageMetadata image) throws ParameterException {
        long count = image.length(Axis.C);
        List<Integer> channels = new ArrayList<>();
        String text = options.onChannels().orElseThrow();
        for (String part : text.split(",")) {
            if (!part.strip().matches("[0-9]{1,9}")) {
                throw new ParameterException(
                        Setting.ON_CHANNELS,
                        Given.shown(text),
                        "channels counted from 0, with commas between, as in 0,2");
            }
            int channel = Integer.parseInt(part.strip());
            if (channel >= count) {
                throw new ParameterException(
                        Setting.ON_CHANNELS,
                        channel,
                        count == 1 ? "0, for the image has no other" : "0 to " + (count - 1));
            }
            if (channels.contains(channel)) {
                throw new ParameterException(Setting.ON_CHANNELS, Given.shown(text), "each channel once");
            }
            channels.add(channel);
        }
        return channels;
    }
}
