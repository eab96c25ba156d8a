package org.scaledimaging.engine.io.omezarr;

import org.scaledimaging.engine.image.ImageFormatException;
import org.scaledimaging.engine.io.RelativeNames;

/** Keys come from metadata that others wrote: none may lead out of its store. */
final class Keys {
    private Keys() {}

    /**
     * The key as it is.
     *
     * @param store what to name in the error
     */
    static String checked(Object store, String key) throws ImageFormatException {
        if (!RelativeNames.isInside(key)) {
            throw new ImageFormatException(
                    store,
                    "a reference to \"" + key.replace('\0', '?') + "\"",
                    "names of files and folders inside, with slashes between them");
        }
        return key;
    }
}
