package org.scaledimaging.engine.format;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A path where a file may hold several images: {@code file.ome.tif/1} is the second one.
 *
 * @param series of the file's images, counted from 0; nothing where the file itself is named
 */
public record SeriesPlace(Path file, Optional<Integer> series) {
    /** Understands a path; one that is there, or does not lie below a file, names a file. */
    public static SeriesPlace of(Path location) {
        Path parent = location.getParent();
        String last = String.valueOf(location.getFileName());
        boolean inside =
                parent != null && last.matches("[0-9]{1,9}") && !Files.exists(location) && Files.isRegularFile(parent);
        return inside
                ? new SeriesPlace(parent, Optional.of(Integer.valueOf(last)))
                : new SeriesPlace(location, Optional.empty());
    }
}
