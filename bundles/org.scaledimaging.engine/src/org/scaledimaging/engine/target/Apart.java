package org.scaledimaging.engine.target;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.scaledimaging.engine.message.TargetException;

/** Keeps targets apart from the images that are read: neither may lie inside the other. */
final class Apart {
    private Apart() {}

    /** @throws TargetException when the target lies inside one of the sources, or holds one; a file may replace itself */
    static void check(Path target, Collection<Path> sources) throws IOException {
        Path real = realPath(target);
        for (Path source : sources) {
            Path realSource = realPath(source);
            if (real.startsWith(realSource) && !real.equals(realSource)) {
                throw new TargetException(
                        target, "a place inside the image " + source + " that is read", "a place outside it");
            }
            if (realSource.startsWith(real)) {
                throw new TargetException(
                        target, "a place that holds the image " + source + " that is read", "a place apart from it");
            }
        }
    }

    /** The path with links resolved as far as it exists. */
    private static Path realPath(Path path) throws IOException {
        Path absolute = path.toAbsolutePath().normalize();
        for (Path known = absolute; known != null; known = known.getParent()) {
            if (Files.exists(known)) {
                return known.toRealPath().resolve(known.relativize(absolute)).normalize();
            }
        }
        return absolute;
    }
}
