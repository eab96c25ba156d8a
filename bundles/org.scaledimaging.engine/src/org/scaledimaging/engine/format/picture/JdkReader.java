package org.scaledimaging.engine.format.picture;

import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/** The JDK's own readers of pictures: others that are installed may round differently. */
public final class JdkReader {
    private JdkReader() {}

    /** A new reader, to be disposed of. */
    public static ImageReader of(String format) {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
                return reader;
            }
            reader.dispose();
        }
        throw new IllegalStateException("a JDK without its reader of " + format);
    }
}
