package org.scaledimaging.engine.zarr.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.message.ImageFormatException;
import org.scaledimaging.engine.place.FileState;

/** Finds files of a folder, unless a link leads out of it. Looks at each folder inside once, not once for each file. */
final class InsideFolder {
    private static final int MOST_KNOWN = 1 << 16;

    private final Path root;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    InsideFolder(Path root) {
        this.root = root;
    }

    /**
     * A file that is about to be read.
     *
     * @param path without a link at its end
     */
    record Found(Path path, BasicFileAttributes attributes) {}

    /**
     * Looks for a file.
     *
     * @throws ImageFormatException when a link leads out of the folder, or there is something that is neither a file nor
     *     a folder
     * @throws java.nio.file.NoSuchFileException when there is none
     */
    Found find(Path file) throws IOException {
        checkFolder(file.getParent());
        Found found = new Found(file, Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        if (found.attributes.isSymbolicLink()) {
            Path real = checked(file);
            found = new Found(real, Files.readAttributes(real, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        }
        if (found.attributes.isOther()) {
            throw FileState.special(file);
        }
        return found;
    }

    /** Whether there is such a folder. */
    boolean isInside(Path folder) throws IOException {
        checkFolder(folder);
        return known.contains(folder);
    }

    /** One look at a folder below one that is known: where each row of an image has a folder, that is what reading costs. */
    private void checkFolder(Path folder) throws IOException {
        if (folder == null || known.contains(folder)) {
            return;
        }
        if (!folder.equals(root)) {
            checkFolder(folder.getParent());
            if (!isFolderOfParent(folder)) {
                if (!Files.isDirectory(folder)) {
                    return; // nothing is below it
                }
                checked(folder);
            }
        }
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.add(folder);
    }

    /** Whether there is a folder, and no link to one. */
    private static boolean isFolderOfParent(Path folder) {
        return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
    }

    /** The path without links, inside the folder. */
    private Path checked(Path path) throws IOException {
        Path real = path.toRealPath();
        if (!real.startsWith(root.toRealPath())) {
            throw new ImageFormatException(path, "a link to " + real, "files inside " + root);
        }
        return real;
    }
}
