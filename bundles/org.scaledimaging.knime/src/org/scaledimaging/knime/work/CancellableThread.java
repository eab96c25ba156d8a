package org.scaledimaging.knime.work;

import java.io.IOException;
import java.util.concurrent.CancellationException;
import org.knime.core.node.CanceledExecutionException;
import org.knime.core.node.ExecutionMonitor;
import org.knime.core.util.ThreadUtils;
import org.scaledimaging.engine.execute.Execution;
import org.scaledimaging.engine.execute.Progress;
import org.scaledimaging.engine.execute.wait.Rethrow;
import org.scaledimaging.engine.message.ParameterException;
import org.scaledimaging.engine.message.VisibleText;

/**
 * Work in a thread of its own while the node's thread looks, several times a second, whether it is cancelled. Then the work
 * is told so and interrupted, and given a moment to clear away what it wrote.
 */
public final class CancellableThread {
    private static final long LOOK_MILLIS = 100;
    private static final long CLEAR_MILLIS = 700;

    /** What is to be done. */
    @FunctionalInterface
    public interface Task {
        void run(Execution execution) throws ParameterException, IOException;
    }

    private final ExecutionMonitor monitor;
    private final Task task;
    private volatile boolean cancelled;
    private volatile Throwable failure;

    CancellableThread(ExecutionMonitor monitor, Task task) {
        this.monitor = monitor;
        this.task = task;
    }

    /** @throws CancellationException when the node was cancelled */
    public void run() throws ParameterException, IOException {
        // with the node's context, by which KNIME knows what addresses relative to the workflow mean
        Thread thread = ThreadUtils.threadWithContext(this::work, "scaled-imaging-node");
        thread.setDaemon(true);
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        try {
            while (thread.isAlive()) {
                thread.join(LOOK_MILLIS);
                if (!cancelled && isNodeCancelled()) {
                    cancelled = true;
                    thread.interrupt();
                    thread.join(CLEAR_MILLIS);
                    throw new CancellationException("Cancelled.");
                }
            }
        } catch (InterruptedException e) {
            cancelled = true;
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new CancellationException("Cancelled.");
        }
        Rethrow.of(failure, ParameterException.class);
        Rethrow.of(failure, IOException.class);
    }

    private void work() {
        try {
            task.run(Execution.standard()
                    .withProgress(Progress.of(
                            (fraction, message) -> monitor.setProgress(fraction, VisibleText.of(message)),
                            () -> cancelled || isNodeCancelled())));
        } catch (ParameterException | IOException | RuntimeException | Error e) {
            failure = e;
        }
    }

    private boolean isNodeCancelled() {
        try {
            monitor.checkCanceled();
            return false;
        } catch (CanceledExecutionException e) {
            return true;
        }
    }
}
