package org.scaledimaging.engine.execute;

import java.io.IOException;
import org.scaledimaging.engine.image.ImageSource;

/**
 * Work that has to be done before the first voxel of an image can be computed, and is put off until then: a pass over
 * the whole of what the image is made from. It is done once, whoever asks first; reading asks by itself.
 */
public interface Preparation {
    /** How much of the time goes into it, where work follows that reads the whole image, too. */
    double PART = 0.3;

    /**
     * Prepares an image, unless it is one that needs none or is prepared, and has it tell those whom the execution tells.
     *
     * @return how to carry out what follows: with what is left of the progress
     */
    static Execution prepared(ImageSource image, Execution execution) throws IOException {
        Telling.listen(image, execution);
        if (!(image instanceof Preparation preparation) || preparation.isPrepared()) {
            return execution;
        }
        preparation.prepare(execution.part(0, PART));
        return execution.part(PART, 1);
    }

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
