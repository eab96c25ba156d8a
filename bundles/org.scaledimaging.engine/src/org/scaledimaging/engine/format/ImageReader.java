package org.scaledimaging.engine.format;

import java.io.IOException;
import java.nio.file.Path;
import org.scaledimaging.engine.image.ImageSource;

/** Opens the images of one file format. */
public interface ImageReader {

    /** The format's name for people, as in {@code NIfTI}. */
    String format();

    /**
     * Whether the file or folder looks like this format, going by its content (a magic number, a metadata file), not
     * its name. Reads a few bytes. A file that is of the format and damaged counts as recognised.
     */
    boolean recognises(Path location) throws IOException;

    /**
     * Opens an image: its metadata now, its voxels on demand.
     *
     * @throws org.scaledimaging.engine.message.ImageFormatException when the content is not as the format wants it
     */
    ImageSource open(Path location) throws IOException;
}
