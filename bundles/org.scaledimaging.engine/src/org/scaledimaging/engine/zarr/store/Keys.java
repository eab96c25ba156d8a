package org.scaledimaging.engine.zarr.store;

import java.util.List;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.RelativeNames;

/** Keys come from metadata that others wrote: none may lead out of its store. */
public final class Keys {
    /** The files that a Zarr folder of either version has its metadata in. */
    public static final List<String> METADATA_FILES = List.of("zarr.json", ".zattrs", ".zgroup", ".zarray");

    /** Endings, in lower case, of the names of zip files that hold Zarr. */
    public static final List<String> ZIP_ENDINGS = List.of(".zip", ".ozx");

    private Keys() {}

    /**
     * The key as it is.
     *
     * @param store what to name in the error
     */
    public static String checked(Object store, String key) throws ImageFormatException {
        if (!RelativeNames.isInside(key)) {
            throw new ImageFormatException(
                    store,
                    "a reference to \"" + key.replace('\0', '?') + "\"",
                    "names of files and folders inside, with slashes between them");
        }
        return key;
    }

    /** Whether a key names metadata, of the store's root or of anything below. */
    public static boolean isMetadata(String key) {
        return METADATA_FILES.contains(key.substring(key.lastIndexOf('/') + 1));
    }
}
