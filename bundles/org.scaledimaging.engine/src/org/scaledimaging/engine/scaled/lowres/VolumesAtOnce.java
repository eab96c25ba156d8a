package org.scaledimaging.engine.scaled.lowres;

import java.io.IOException;
import java.util.stream.IntStream;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.OrderedTasks;
import org.scaledimaging.engine.execute.SharedProgress;
import org.scaledimaging.engine.message.ParameterException;

/** Does something with each volume of an image, with several of them at once, among which the threads are shared out. */
final class VolumesAtOnce {

    /** What is done with one volume. */
    @FunctionalInterface
    interface Task {
        /** @param execution with the threads and the progress of this volume */
        void run(int number, Execution execution) throws IOException, ParameterException;
    }

    private VolumesAtOnce() {}

    /**
     * Volumes are begun in their order. There are never more at once than threads; those that are left when not every
     * thread can have one more share the threads.
     *
     * @param count how many volumes there are
     * @param most how many may be held at once, at least 1
     */
    static void run(int count, int most, Execution execution, Task task) throws IOException, ParameterException {
        SharedProgress progress = new SharedProgress(execution.progress(), count);
        int from = 0;
        while (from < count) {
            int atOnce = Math.min(Math.min(most, execution.threads()), count - from);
            int to = count - (count - from) % atOnce;
            Execution each = execution.withThreads(execution.threads() / atOnce);
            if (atOnce == 1) {
                for (int number = from; number < to; number++) {
                    execution.progress().checkCancelled();
                    task.run(number, each.withProgress(progress.of(number)));
                }
            } else {
                runAtOnce(from, to, execution.withThreads(atOnce), each, progress, task);
            }
            from = to;
        }
    }

    private static void runAtOnce(
            int from, int to, Execution execution, Execution each, SharedProgress progress, Task task)
            throws IOException, ParameterException {
        Execution untold = execution.withProgress(execution.progress().untold());
        OrderedTasks.runRefusing(
                IntStream.range(from, to).iterator(),
                to - from,
                untold,
                "",
                number -> task.run(number, each.withProgress(progress.of(number))));
    }
}
