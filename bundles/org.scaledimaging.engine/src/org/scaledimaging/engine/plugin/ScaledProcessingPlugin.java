package org.scaledimaging.engine.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleBinaryOperator;
import org.scaledimaging.engine.block.Block;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;

/**
 * An algorithm that is estimated on a small, downsampled copy of an image and applied to the image at full resolution.
 * Immutable and thread-safe.
 *
 * <p>The engine does the rest: it downsamples, interpolates the field, walks the blocks in parallel, reads and writes. A
 * plugin never sees chunks. Each channel and time point is a volume of its own, and a plugin that has no need of others
 * to estimate one implements {@link #lowRes} alone.
 */
public interface ScaledProcessingPlugin extends Plugin {

    /**
     * The smallest plugin: two functions, without parameters.
     *
     * <pre>{@code
     * ScaledProcessingPlugin darker = ScaledProcessingPlugin.of(
     *         "darker", (voxels, shape) -> voxels, (voxel, field) -> voxel - 0.5 * field);
     * }</pre>
     *
     * <p>An image processed by it has a recipe that names the id, and a recipe opens only where a plugin of its id is
     * installed: where no {@link PluginProvider} provides this one, opening the recipe says so, and the image is saved
     * rather than its recipe.
     *
     * @param id short, lower case, and no other plugin's
     * @param lowRes the low-resolution step: from one volume's voxels to the field there. Thread-safe, and the same to the
     *     bit for the same voxels
     * @param highRes the full-resolution step: from a voxel and the field there to the result's voxel. Gets NaN where the
     *     image has it
     */
    static ScaledProcessingPlugin of(String id, LowResolutionFunction lowRes, DoubleBinaryOperator highRes) {
        return new FunctionPlugin(id, lowRes, highRes);
    }

    /** How many channels the fields have that {@link #lowRes} gives; with these parameters, for any image. */
    default int fieldChannels() {
        return 1;
    }

    /**
     * How much memory {@link #lowRes} takes at most for one volume, in bytes: all that it holds at once beside the voxels
     * it is given, with the field that it yields. An image that needs more than there is is refused before anything is
     * read, and a downsample factor named that does; one that says too little runs out of memory instead.
     *
     * <p>By default 24 bytes a voxel, as much as three float64 copies.
     *
     * @param volume what {@link LowResolutionImage#metadata} will be
     */
    default long workingMemory(ImageMetadata volume) {
        return 3L * Double.BYTES * volume.voxels();
    }

    /**
     * How often the low-resolution step goes over the voxels it is given, by and large: for telling how long it will take.
     * A few times, unless it iterates.
     */
    default double passes() {
        return 6;
    }

    /**
     * A plugin that estimates roughly the same in a small part of the time, for somebody who tries parameters: its result is
     * shown until this one's is there, and never written. By default there is none.
     *
     * @param volume what {@link LowResolutionImage#metadata} will be
     */
    default Optional<ScaledProcessingPlugin> quicker(ImageMetadata volume) {
        return Optional.empty();
    }

    /**
     * The low-resolution step: estimates the field of one volume. Called for several volumes at once, which then have
     * fewer threads each. The same input gives the same field, to the bit, whatever the number of threads.
     *
     * @param image whose voxels the plugin may change
     * @throws ParameterException when the image and the parameters do not go together
     * @throws IOException when a file that the plugin needs cannot be read
     * @throws java.util.concurrent.CancellationException when {@code execution.progress()} says so; to be asked often
     */
    Field lowRes(LowResolutionImage image, Execution execution) throws ParameterException, IOException;

    /**
     * The low-resolution step of a whole image: estimates the fields of all its volumes. By default each volume is given
     * to {@link #lowRes} on its own; plugins whose fields depend on other channels or time points look at
     * those here. What is asked for is in memory once, as the pipeline needs it anyway.
     *
     * @return as many fields as there are volumes, in their order, each of {@link #fieldChannels} channels
     * @throws ParameterException when the image and the parameters do not go together
     * @throws IOException when the image, or a file that the plugin needs, cannot be read
     * @throws java.util.concurrent.CancellationException when {@code execution.progress()} says so; to be asked often
     */
    default List<Field> lowResOfAll(LowResolutionVolumes volumes, Execution execution)
            throws ParameterException, IOException {
        return volumes.each(this, execution);
    }

    /**
     * Makes a field again of what it was made of. Plugins whose fields are no {@link SampledField} and have coefficients
     * do that themselves.
     *
     * @param image that the field was estimated on; here not to be changed
     * @param coefficients as {@link Field#coefficients} gave them
     * @throws ParameterException when the image and the parameters do not go together
     */
    default Field field(LowResolutionImage image, List<Block> coefficients) throws ParameterException {
        return SampledField.of(image, coefficients.toArray(Block[]::new));
    }

    /**
     * The full-resolution step: computes a block of the result from the same block of the image and the field there.
     * Voxel by voxel: a result may depend on the voxel and field values at its own place only.
     *
     * @param block of the image: float32, or float64 where the image's pixel type needs it; arrays may be longer than
     *     {@code block.size()}
     * @param field evaluated at the block's voxels, of the same type; channel after channel, each {@code block.size()}
     *     values; the array may be longer
     * @param result of the same type and interval, to be filled; its array may be longer
     */
    void highRes(Block block, Object field, Block result);
}
