package org.scaledimaging.engine.execute;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.scaledimaging.engine.execute.wait.JobScope;
import org.scaledimaging.engine.image.ImageSource;

/** An image of which it may turn out while it is read what a user has to know of its voxels. */
public interface Telling {
    /**
     * Says who is told of what turns out from now on; may be called from several threads at once.
     *
     * @param notices instead of those who were told so far
     */
    void tellTo(Consumer<Notice> notices);

    /** Tells what was known before anything was read: once in a job, which may read an image several times. */
    static void once(Notice notice, Consumer<Notice> notices) {
        if (JobScope.current().shared(Told.class, Told::new).notices().add(notice)) {
            notices.accept(notice);
        }
    }

    /** What a job told. */
    record Told(Set<Notice> notices) {
        private Told() {
            this(ConcurrentHashMap.newKeySet());
        }
    }

    /** Has an image tell those whom an execution tells. */
    static void listen(ImageSource image, Execution execution) {
        if (image instanceof Telling telling) {
            telling.tellTo(execution::tell);
        }
    }
}
