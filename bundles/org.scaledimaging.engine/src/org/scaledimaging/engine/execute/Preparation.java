package org.scaledimaging.engine.execute;

import java.io.IOException;

/**
 * Work that has to be done before the first voxel of an image can be computed, and is put off until then: a pass over
 * the whole of what the image is made from. It is done once, whoever asks first; reading asks by itself.
 */
public interface Preparation {

    /** Whether the work is done, so that {@link #prepare} returns at once. */
    boolean isPrepared();

    /**
     * Does the work now, unless it is done already.
     *
     * @throws IOException when it fails; the next call tries again
     * @throws java.util.concurrent.CancellationException when the progress says so; likewise
     */
    void prepare(Execution execution) throws IOException;
}
