package org.scaledimaging.engine.format.raw;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.scaledimaging.engine.message.ImageFormatException;

/** Files with voxels that a header names. */
public final class DataFiles {
    private DataFiles() {}

    /**
     * The file of that name, in the header's folder or below it.
     *
     * @throws ImageFormatException when there is none, or the name leads elsewhere
     */
    public static Path named(Path header, String name) throws ImageFormatException {
        Path folder = header.toAbsolutePath().getParent();
        Path file;
        try {
            file = folder.resolve(name.replace('\\', '/')).normalize();
        } catch (InvalidPathException e) {
            throw new ImageFormatException(header, "voxels in a file " + name, "the name of a file", e);
        }
        if (!file.startsWith(folder.normalize()) || name.startsWith("/")) {
            throw new ImageFormatException(
                    header, "voxels in a file " + name + " elsewhere", "one in the header's folder or below it");
        }
        if (!Files.isRegularFile(file)) {
            throw new ImageFormatException(header, "a header without voxels", "the file " + name + " beside it");
        }
        return file;
    }
}
