package org.scaledimaging.engine.image;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.scaledimaging.engine.message.ImageFormatException;

/** Does work that reads an image, and refuses its result where the image was changed meanwhile. */
public final class Unchanged {
    private Unchanged() {}

    /** Reads an image. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        /** Reads, and makes something of what was read. */
        T run() throws IOException, E;
    }

    /**
     * Does the work, then asks the image whether it is still what it was. Where the work fails and the image is not, that is
     * said to be why: what is read of a file that is being rewritten may be anything, and a file that is mapped into memory
     * and was cut short fails with an {@link InternalError}, wherever the thread then is.
     *
     * @throws ImageFormatException when the image's files are gone or were changed
     */
    public static <T, E extends Exception> T during(ImageSource image, Work<T, E> work) throws IOException, E {
        T result;
        try {
            result = work.run();
        } catch (IOException | UncheckedIOException | InternalError e) {
            try {
                image.checkUnchanged();
            } catch (IOException change) {
                change.addSuppressed(e);
                throw change;
            }
            throw e;
        }
        image.checkUnchanged();
        return result;
    }
}
