package org.scaledimaging.engine.zarr.store;

import org.scaledimaging.engine.place.ImageState;

/** A store of which every look takes time: on a server, or on another file system. */
public interface RemoteStore extends ZarrStore {

    /** All metadata files that were read so far. */
    ImageState metadataFiles();

    /** Whether a metadata file may not be read, so that nobody knows if there is one. */
    default boolean isForbidden() {
        return false;
    }

    @Override
    default boolean isRemote() {
        return true;
    }
}
