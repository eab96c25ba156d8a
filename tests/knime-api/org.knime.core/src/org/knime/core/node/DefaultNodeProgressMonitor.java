package org.knime.core.node;

/** Progress and cancellation in memory. */
public class DefaultNodeProgressMonitor implements NodeProgressMonitor {
    private volatile boolean cancelled;
    private volatile double progress;
    private volatile String message;

    @Override
    public void checkCanceled() throws CanceledExecutionException {
        if (cancelled) {
            throw new CanceledExecutionException("Execution canceled");
        }
    }

    @Override
    public Double getProgress() {
        return progress;
    }

    @Override
    public void setProgress(double newProgress, String newMessage) {
        progress = newProgress;
        message = newMessage;
    }

    @Override
    public String getMessage() {
        return message;
    }

    @Override
    public void setExecuteCanceled() {
        cancelled = true;
    }
}
