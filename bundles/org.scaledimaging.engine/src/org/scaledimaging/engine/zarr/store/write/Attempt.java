package org.scaledimaging.engine.zarr.store.write;

import java.io.IOException;
import java.nio.file.Path;
import org.scaledimaging.engine.zarr.store.ZarrStore;

/** A store for what one attempt at a task writes; several attempts at the same task leave the same as one. */
public interface Attempt extends ZarrStore {

    /** A place for a file of the attempt's own, to be gone before it is published. */
    Path scratch(String name);

    /** Puts all that was written in its place, in place of what other attempts put there. */
    void publish() throws IOException;

    /** From now on nothing more gets its place: called before what is open is closed. */
    default void giveUp() {}

    /** Removes what was written and is not published. */
    void discard() throws IOException;
}
