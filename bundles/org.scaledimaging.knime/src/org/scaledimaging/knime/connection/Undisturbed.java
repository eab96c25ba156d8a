package org.scaledimaging.knime.connection;

import java.io.IOException;
import org.knime.core.util.ThreadUtils;
import org.scaledimaging.engine.execute.wait.Waiting;

/** Clearing away after work that failed or was cancelled, on a thread of its own that nobody interrupts. */
final class Undisturbed {
    private Undisturbed() {}

    /** What is done in spite of all. */
    @FunctionalInterface
    interface Task {
        void run() throws IOException;
    }

    /**
     * Returns when it is done, however often this thread is interrupted meanwhile.
     *
     * @param because why it is done; gets what goes wrong
     */
    static void run(Exception because, Task task) {
        Thread thread = ThreadUtils.threadWithContext(
                () -> {
                    try {
                        task.run();
                    } catch (IOException | RuntimeException e) {
                        because.addSuppressed(e);
                    }
                },
                "scaled-imaging-clearing");
        thread.start();
        Waiting.forEndOf(thread, () -> {});
    }
}
