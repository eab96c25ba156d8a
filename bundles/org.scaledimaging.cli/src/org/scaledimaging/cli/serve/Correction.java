package org.scaledimaging.cli.serve;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.scaledimaging.engine.Image;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.operation.ProcessByPlugin;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.plugin.ScaledProcessingPlugin;
import org.scaledimaging.engine.scaled.ScaledProcessing;
import org.scaledimaging.engine.scaled.ScaledProcessingOptions;

/**
 * Plugins, each of which works on the result of the one before, and how their low-resolution steps are carried out.
 *
 * @param steps in order
 */
public record Correction(List<Step> steps) {
    /** A plugin and its options. */
    public record Step(ScaledProcessingPlugin plugin, ScaledProcessingOptions options) {}

    /**
     * What a correction gives.
     *
     * @param image the last plugin's result; closing it closes what it was made from
     * @param before what the first plugin worked on, with its low-resolution image among its levels
     */
    public record Corrected(Image image, Image before) {}

    public Correction {
        steps = List.copyOf(steps);
    }

    /**
     * As the command line has it.
     *
     * @param channels that each plugin works on, as {@link ScaledProcessingOptions#withOnChannels} takes them
     * @param options of all
     */
    public static Correction of(
            List<ScaledProcessingPlugin> chain, List<String> channels, ScaledProcessingOptions options)
            throws ParameterException {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            steps.add(new Step(chain.get(i), options.withOnChannels(channels.get(i))));
        }
        return new Correction(steps);
    }

    /** As a recipe has it; what it has of estimates is left out. */
    public static Correction of(List<ProcessByPlugin> recipe, PluginRegistry plugins) throws ParameterException {
        List<Step> steps = new ArrayList<>();
        for (ProcessByPlugin step : recipe) {
            int[] factors =
                    step.downsampleFactor().stream().mapToInt(Integer::intValue).toArray();
            steps.add(new Step(
                    plugins.create(
                            ScaledProcessingPlugin.class,
                            step.id(),
                            plugins.description(step.id()).asRecipesMean(step.parameters())),
                    ScaledProcessingOptions.defaults()
                            .withDownsampleFactor(factors)
                            .withEstimate(step.from())));
        }
        return new Correction(steps);
    }

    /** The plugins, in order. */
    public List<ScaledProcessingPlugin> chain() {
        return steps.stream().map(Step::plugin).toList();
    }

    /** The same with other plugins, as many. */
    public Correction with(List<ScaledProcessingPlugin> chain) {
        List<Step> others = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            others.add(new Step(chain.get(i), steps.get(i).options()));
        }
        return new Correction(others);
    }

    /**
     * Says now what {@link #apply} would say of the options.
     *
     * @throws ParameterException when one does not fit an image like that
     */
    public void check(ImageMetadata image, Execution execution) throws ParameterException {
        if (!steps.isEmpty()) {
            ScaledProcessing.check(image, chain(), steps.get(0).options(), execution);
            for (Step step : steps) { // before the first estimate, however many come before
                ScaledProcessing.checkChannels(image, step.options());
            }
        }
    }

    /**
     * Runs the low-resolution steps.
     *
     * @param image closed with the result, and where this fails
     * @throws ParameterException when an option does not fit the image, or a plugin cannot work with it
     */
    public Corrected apply(Image image, Execution execution) throws IOException, ParameterException {
        Image newest = image;
        Optional<Image> before = Optional.empty();
        try {
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                Execution part = execution.part((double) i / steps.size(), (i + 1.0) / steps.size());
                ScaledProcessingOptions here =
                        i == 0 ? step.options() : step.options().resolved(newest.metadata());
                try {
                    newest = newest.applyScaledProcessing(step.plugin(), here, part);
                } catch (ParameterException e) {
                    throw e.ofPlugin(step.plugin().description().id());
                }
                before = i == 0 ? newest.before() : before;
            }
            execution.progress().checkCancelled();
            return new Corrected(newest, before.orElse(image));
        } catch (IOException | ParameterException | RuntimeException | Error e) {
            newest.close();
            throw e;
        }
    }
}
