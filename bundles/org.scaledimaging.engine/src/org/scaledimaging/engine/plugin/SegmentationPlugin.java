package org.scaledimaging.engine.plugin;

import java.io.IOException;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.image.ImageMetadata;
import org.scaledimaging.engine.message.ParameterException;

/**
 * An algorithm that gives each voxel a label. It looks at each channel first, as far as it wants to, and then labels the
 * channel's voxels one by one. Immutable and thread-safe.
 *
 * <p>The engine does the rest: it has a channel looked at once, when a label is first needed, with progress and
 * cancelling; it walks the blocks in parallel, reads and writes, and labels coarser levels of a pyramid likewise. A plugin
 * never sees chunks.
 */
public interface SegmentationPlugin extends Plugin {

    /** How many labels there are, 1 to 65536: they are 0 to one fewer, uint8 for up to 256 of them, else uint16. */
    int labels();

    /**
     * Refuses images that this plugin with these parameters cannot label, as soon as it is applied to one.
     *
     * @param image the whole image's
     * @throws ParameterException when image and parameters do not go together
     */
    default void check(ImageMetadata image) throws ParameterException {}

    /**
     * Finds out what labelling a channel takes, such as thresholds. The same channel gives the same labelling, to the bit,
     * whatever the number of threads.
     *
     * @param channel at all its time points; to be used until this method returns
     * @throws IOException when the channel cannot be read; {@link org.scaledimaging.engine.message.ImageFormatException}
     *     when it holds nothing that labels could be found for
     * @throws java.util.concurrent.CancellationException when {@code execution.progress()} says so; to be asked often
     *     (what a {@link ChannelImage} computes does)
     */
    Labelling prepare(ChannelImage channel, Execution execution) throws IOException;
}
