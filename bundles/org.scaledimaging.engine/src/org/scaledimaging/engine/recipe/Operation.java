package org.scaledimaging.engine.recipe;

import java.util.List;
import java.util.Map;
import org.scaledimaging.engine.image.Axis;
import org.scaledimaging.engine.image.PixelType;

/** One step of a recipe: what is done, not how it is stored or run. Immutable. */
public sealed interface Operation {

    /** Takes one resolution of the image's pyramid; 0 is the full one. Only as the first step. */
    record Level(int level) implements Operation {}

    /** Takes one channel or time point; the axis stays, with length 1. */
    record Select(Axis axis, long index) implements Operation {}

    /**
     * Downsamples by block means.
     *
     * @param factors one for all spatial axes, or one per spatial axis in the image's order
     */
    record Downsample(List<Integer> factors) implements Operation {
        public Downsample {
            factors = List.copyOf(factors);
        }
    }

    /** Converts to another pixel type: rounded to the nearest and clamped. */
    record Convert(PixelType type) implements Operation {}

    /**
     * Runs a plugin: its low-resolution step on the downsampled image, its full-resolution step on each block.
     *
     * @param plugin id
     * @param parameters by name; empty where defaults are meant
     * @param downsampleFactor as {@link org.scaledimaging.engine.scaled.ScaledProcessingOptions} has it
     */
    record Process(String plugin, Map<String, Object> parameters, List<Integer> downsampleFactor) implements Operation {
        public Process {
            parameters = Map.copyOf(parameters);
            downsampleFactor = List.copyOf(downsampleFactor);
        }
    }
}
