package org.scaledimaging.engine.io.omezarr;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.scaledimaging.engine.image.ImageFormatException;

/** Reads files of a folder, unless a link leads out of it. Looks at each folder inside once, not once for each file. */
final class InsideFolder {
    private static final int MOST_KNOWN = 1 << 16;

    private final Path root;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();

    InsideFolder(Path root) {
        this.root = root;
    }

    /** @throws ImageFormatException when a link leads out of the folder */
    FileChannel open(Path file) throws IOException {
        checkFolder(file.getParent());
        try {
            return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) { // of no special kind where it is a link
            if (!Files.isSymbolicLink(file)) {
                throw e;
            }
            return FileChannel.open(checked(file), StandardOpenOption.READ);
        }
    }

    /** The length of a file; −1 for a folder. */
    long size(Path file) throws IOException {
        checkFolder(file.getParent());
        BasicFileAttributes attributes =
                Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (attributes.isSymbolicLink()) {
            attributes = Files.readAttributes(checked(file), BasicFileAttributes.class);
        }
        return attributes.isDirectory() ? -1 : attributes.size();
    }

    private void checkFolder(Path folder) throws IOException {
        if (folder == null || known.contains(folder) || !Files.isDirectory(folder)) {
            return;
        }
        checked(folder);
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.add(folder);
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
