package org.scaledimaging.engine.operation;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.image.ImageSource;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.plugin.Plugin;
import org.scaledimaging.engine.plugin.PluginRegistry;
import org.scaledimaging.engine.scaled.ImageOpener;

/**
 * One step that is done to an image, with its values. Immutable, and equal to another of the same values. An operation is
 * a record that has a constant {@code KIND}, which the list of all operations names; recipes, the command line and tables
 * are made from that.
 */
public interface Operation {

    /** The values of the kind's parameters, by name, as {@link org.scaledimaging.engine.parameter.Parameter#parse} takes them. */
    Map<String, Object> values();

    /**
     * The image with the operation applied; closing it closes the image. Reads metadata alone, but for a low-resolution
     * step.
     *
     * @return also a {@link org.scaledimaging.engine.execute.Preparation} where the whole image has to be seen before the
     *     first voxel
     * @throws ParameterException when the operation does not fit the image, or its plugin is not installed
     */
    ImageSource on(ImageSource image, Run run) throws IOException, ParameterException;

    /**
     * Looks whether the values can be meant, whatever the image; asked of those who give them anew, not of recipes.
     *
     * @throws ParameterException when {@link #on} would refuse every image
     */
    default void check() throws ParameterException {}

    /**
     * As {@link #check()}, of an image.
     *
     * @throws ParameterException when the values do not fit the image, even where recipes of earlier versions may have them
     */
    default void check(ImageMetadata image) throws ParameterException {}

    /** What becomes of voxels' values. */
    default Effect effect() {
        return Effect.SAME;
    }

    /** Whether labels of the image's objects are labels of the result's, once {@link #onLabels} is done to them. */
    default boolean keepsLabels() {
        return effect() != Effect.LABELS;
    }

    /**
     * What has to be done to labels that lie on the image's voxels, so that they lie on those of the result.
     *
     * @param labels of which time points or channels may be missing
     * @return nothing, as by default, where voxels stay where they are
     */
    default Optional<Operation> onLabels(ImageMetadata labels) {
        return Optional.empty();
    }

    /** The plugin that is run, by its id. */
    default Optional<String> plugin() {
        return Optional.empty();
    }

    /** The values that the plugin has for its parameters, by name; none without a plugin. */
    default Map<String, Object> parameters() {
        return Map.of();
    }

    /** What may name images that are read: values by name, images as recipes. */
    default Map<String, Object> images() {
        return parameters();
    }

    /** The scaled processing that this is, or of which it takes the field. */
    default Optional<ProcessByPlugin> process() {
        return Optional.empty();
    }

    /** The same of another scaled processing, for an operation that has one. */
    default Operation withProcess(ProcessByPlugin process) {
        return this;
    }

    /** What becomes of voxels' values, for {@link GreyLevels}. */
    enum Effect {
        /** They stay, or means of them are taken. */
        SAME,
        /** They become those of another pixel type. */
        CONVERTED,
        /** They are computed anew. */
        COMPUTED,
        /** They become labels. */
        LABELS
    }

    /**
     * What operations are carried out with.
     *
     * @param plugins where plugins come from
     * @param execution for what is computed at once
     * @param images looks whether the images that a plugin was given as parameters are what they were
     * @param opener opens images that an operation names
     */
    record Run(PluginRegistry plugins, Execution execution, ImageCheck images, ImageOpener opener) {
        /** For operations that run no plugin. */
        public static Run withoutPlugins() {
            return new Run(PluginRegistry.of(List.of()), Execution.standard(), parameters -> {}, ImageOpener.NONE);
        }

        /** Recipes name plugins: one that was handed over as an instance is found only where it is installed as well. */
        <P extends Plugin> P plugin(Class<P> kind, String id, Map<String, Object> parameters)
                throws ParameterException {
            if (!plugins.has(kind, id)) {
                throw new ParameterException(
                        "Recipe",
                        "the plugin " + id + ", which is not installed",
                        plugins.known(kind) + ", or a PluginProvider for " + id);
            }
            return plugins.create(kind, id, plugins.description(id).asRecipesMean(parameters));
        }
    }

    /** Looks whether images are what they were. */
    @FunctionalInterface
    interface ImageCheck {
        /** @param parameters of a plugin, of which some are images */
        void check(Map<String, Object> parameters) throws IOException;
    }
}
