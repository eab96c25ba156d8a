package org.scaledimaging.engine.format.hdf5;

import java.io.IOException;
import org.scaledimaging.engine.image.ImageSource;

/**
 * An image of a file.
 *
 * @param name for people, and to name the image by behind the file: the path of a dataset, or empty
 */
record Found(String name, Opening opening) {
    /** Opens it. */
    interface Opening {
        /** @param name of the image */
        ImageSource open(String name) throws IOException;
    }
}
