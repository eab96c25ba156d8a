package org.scaledimaging.engine.format.omezarr;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.format.OmeZarrWriteOptions;
import org.scaledimaging.engine.place.ImageLocation;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** The place where an OME-Zarr is put together, and from where it appears whole or not at all. */
interface Workplace extends Closeable {

    /**
     * Prepares to write: others are kept from the target until this is closed.
     *
     * @param shared whether other processes write, too
     * @throws org.scaledimaging.engine.message.TargetException when the target cannot be written, is there already,
     *     touches a source or is being written
     */
    static Workplace at(ImageLocation target, OmeZarrWriteOptions options, Collection<Path> sources, boolean shared)
            throws IOException {
        return target instanceof ImageLocation.Remote remote
                ? ObjectWorkplace.create(remote, options.overwrite(), shared)
                : FolderWorkplace.create(target.path().orElseThrow(), options, sources);
    }

    /** What goes into it. */
    ZarrStore store() throws IOException;

    /** A group of it, for tasks that other processes do. */
    StagePlace stage(String path) throws IOException;

    /** The path of a file that is not there yet and is gone when this is closed. */
    Path scratch(String name) throws IOException;

    /** What the names of arrays end with; empty for nothing. */
    String ending();

    /** What was written, as it is read back, before it appears. */
    ZarrStore reread() throws IOException;

    /** Makes it appear. */
    void commit(Progress progress) throws IOException;
}
