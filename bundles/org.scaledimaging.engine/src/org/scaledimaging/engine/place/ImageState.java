package org.scaledimaging.engine.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/**
 * What is known of the files of an image, to tell later whether one of them was changed.
 *
 * @param size in bytes, all together
 * @param modified when the last of them was changed, in milliseconds since 1970; 0 where a server does not say
 * @param tags their entity tags on a server; empty where it tells none, and for files
 */
public record ImageState(long size, long modified, String tags) {

    /** Of files as they are now. */
    public static ImageState of(Collection<Path> files) throws IOException {
        long size = 0;
        long modified = 0;
        for (Path file : files) {
            size += Files.size(file);
            modified = Math.max(modified, Files.getLastModifiedTime(file).toMillis());
        }
        return new ImageState(size, modified, "");
    }
}
