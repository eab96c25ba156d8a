package org.scaledimaging.engine.execute;

import java.util.function.Consumer;
import org.scaledimaging.engine.image.ImageSource;

/** An image of which it may turn out while it is read what a user has to know of its voxels. */
public interface Telling {
    /**
     * Says who is told of what turns out from now on; may be called from several threads at once.
     *
     * @param notices instead of those who were told so far
     */
    void tellTo(Consumer<Notice> notices);

    /** Has an image tell those whom an execution tells. */
    static void listen(ImageSource image, Execution execution) {
        if (image instanceof Telling telling) {
            telling.tellTo(execution::tell);
        }
    }
}
