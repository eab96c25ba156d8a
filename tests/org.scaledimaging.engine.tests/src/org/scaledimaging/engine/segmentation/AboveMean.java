package org.scaledimaging.engine.segmentation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.parameter.Parameter;
import org.scaledimaging.engine.parameter.ParameterValues;
import org.scaledimaging.engine.plugin.ChannelImage;
import org.scaledimaging.engine.plugin.Labelling;
import org.scaledimaging.engine.plugin.PluginDescription;
import org.scaledimaging.engine.plugin.PluginProvider;
import org.scaledimaging.engine.plugin.SegmentationPlugin;

/** A test plugin: 1 for voxels above the channel's mean times a factor. Refuses images without x. */
public final class AboveMean implements SegmentationPlugin {
    static final PluginDescription DESCRIPTION = new PluginDescription(
            "above-mean",
            "Above the mean",
            "For tests.",
            List.of(
                    Parameter.number("times", 1, 0, 10, "", "What to multiply by."),
                    Parameter.image("mask", "none", List.of("none"), "Not used.")));

    public static final PluginProvider PROVIDER = new PluginProvider() {
        @Override
        public PluginDescription description() {
            return DESCRIPTION;
        }

        @Override
        public Class<AboveMean> pluginClass() {
            return AboveMean.class;
        }

        @Override
        public AboveMean create(ParameterValues parameters) {
            return new AboveMean(parameters);
        }
    };

    public final AtomicInteger prepared = new AtomicInteger();
    private final ParameterValues parameters;

    private AboveMean(ParameterValues parameters) {
        this.parameters = parameters;
    }

    public static AboveMean times(double factor) throws ParameterException {
        return new AboveMean(ParameterValues.of(DESCRIPTION, Map.of("times", factor)));
    }

    public static AboveMean within(Path mask) throws ParameterException {
        return new AboveMean(ParameterValues.of(DESCRIPTION, Map.of("mask", mask.toString())));
    }

    @Override
    public PluginDescription description() {
        return DESCRIPTION;
    }

    @Override
    public ParameterValues parameters() {
        return parameters;
    }

    @Override
    public int labels() {
        return 2;
    }

    @Override
    public void check(ImageMetadata image) throws ParameterException {
        if (image.indexOf(Axis.T) >= 0
                && image.dimensions().get(image.indexOf(Axis.T)).length() > 3) {
            throw new ParameterException("Image", "many time points", "at most 3");
        }
    }

    @Override
    public Labelling prepare(ChannelImage channel, Execution execution) throws IOException {
        prepared.incrementAndGet();
        double mean = channel.statistics(List.of(), execution).mean();
        return Labelling.thresholds(List.of(parameters.number("times") * mean), false);
    }
}
