package org.scaledimaging.engine.place;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.StringJoiner;

/**
 * The state of an image's files, to tell later whether one of them was changed.
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
        StringJoiner tags = new StringJoiner(" ");
        for (Path file : files) {
            BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
            size += found.size();
            modified = Math.max(modified, found.lastModifiedTime().toMillis());
            if (found instanceof TaggedAttributes tagged && !tagged.entityTag().isEmpty()) {
                tags.add(tagged.entityTag());
            }
        }
        return new ImageState(size, modified, tags.toString());
    }
}
