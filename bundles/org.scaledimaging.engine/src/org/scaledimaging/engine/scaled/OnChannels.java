package org.scaledimaging.engine.scaled;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.execute.Description;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.Setting;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.lowres.DescribedChannels;
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
        boolean all = image.metadata().indexOf(Axis.C) < 0;
        ImageSource selected = all ? image : new SelectedChannels(image, channels);
        Optional<Description> described =
                all ? description : description.map(known -> DescribedChannels.of(known, channels));
        ScaledProcessing.Result result = ScaledProcessing.apply(selected, described, plugin, inner, opener, execution);
        return all
                ? result
                : new ScaledProcessing.Result(
                        new ReplacedChannels(image, result.image(), channels), result.field(), image, result.told());
    }

    /**
     * The channels that are named.
     *
     * @throws ParameterException when the image does not have one, or one is named twice
     */
    static List<Integer> channels(ScaledProcessingOptions options, ImageMetadata image) throws ParameterException {
        int axis = image.indexOf(Axis.C);
        long count = axis < 0 ? 1 : image.dimensions().get(axis).length();
        List<Integer> channels = new ArrayList<>();
        String text = options.onChannels().orElseThrow();
        for (String part : text.split(",")) {
            if (!part.strip().matches("[0-9]{1,9}")) {
                throw new ParameterException(
                        Setting.ON_CHANNELS, text, "channels counted from 0, with commas between, as in 0,2");
            }
            int channel = Integer.parseInt(part.strip());
            if (channel >= count) {
                throw new ParameterException(Setting.ON_CHANNELS, channel, "0 to " + (count - 1));
            }
            if (channels.contains(channel)) {
                throw new ParameterException(Setting.ON_CHANNELS, text, "each channel once");
            }
            channels.add(channel);
        }
        return channels;
    }
}
